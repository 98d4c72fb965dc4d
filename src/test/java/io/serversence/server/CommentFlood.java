package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Comments of 4 kB on an incident, as fast as they are taken: large events. */
final class CommentFlood {
  private static final int WRITERS = 4;
  private static final String TEXT = "x".repeat(4_000);

  private final Server server;
  private final String incident;
  private final List<StreamClient> readers;
  private final long gap;
  private final AtomicInteger sent = new AtomicInteger();
  private final Map<String, Long> takenAt = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  /**
   * A flood.
   *
   * @param readers who must see all of it
   */
  CommentFlood(Server server, String incident, List<StreamClient> readers) {
    this(server, incident, readers, 1_000_000);
  }

  /** The same, at most so many a second. */
  CommentFlood(Server server, String incident, List<StreamClient> readers, int perSecond) {
    this.server = server;
    this.gap = TimeUnit.SECONDS.toNanos(WRITERS) / perSecond;
    this.incident = incident;
    this.readers = List.copyOf(readers);
  }

  void start() {
    for (int i = 0; i < WRITERS; i++) {
      Thread thread = new Thread(this::write, "comments");
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  private void write() {
    Api admin = server.admin();
    for (long next = System.nanoTime(); !stopped; next += gap) {
      LockSupport.parkNanos(next - System.nanoTime());
      String name = "comment-" + sent.incrementAndGet() + "-";
      Answer answer =
          admin.post(
              "/api/incidents/" + incident + "/comments",
              Json.createObjectBuilder().add("text", name + TEXT).build());
      if (answer.status() != 201) {
        throw new AssertionError(answer.status() + " " + answer.body());
      }
      takenAt.put(name, System.nanoTime());
    }
  }

  /** Ends it, and waits until the last comment is taken. */
  void stop() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        thread.join(60_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }

  int sent() {
    return sent.get();
  }

  /** What the events hold, roughly. */
  long bytes() {
    return sent() * 4_700L;
  }

  void assertAllSeenBy(StreamClient reader) {
    for (int i = 1; i <= WRITERS; i++) { // those of the last moment may still be on their way
      String late = "\"comment-" + (sent() - i + 1) + "-";
      reader.await(
          late,
          () ->
              reader.events().stream()
                  .filter(e -> e.data().contains(late))
                  .findFirst()
                  .orElse(null));
    }
    assertThat(reader.events().stream().filter(e -> e.data().contains("\"comment-")))
        .hasSize(sent());
  }

  /** From the moment that a comment was taken until each reader had it, in nanoseconds. */
  Distribution delays() {
    Distribution delays = new Distribution();
    for (StreamClient reader : readers) {
      for (StreamEvent event : reader.events()) {
        int start = event.data().indexOf("\"comment-");
        if (start >= 0) {
          String name = event.data().substring(start + 1, event.data().indexOf("-x", start) + 1);
          delays.add(Math.max(0, event.nanos() - takenAt.get(name)));
        }
      }
    }
    return delays;
  }
}
