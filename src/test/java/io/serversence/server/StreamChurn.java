package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Readers of the whole stream that are cut off at random by TCP resets and come back at once with
 * the id of their last event, now over this transport and now over the other, while events flow.
 * One reader is never cut off; the others must have got what it has.
 */
@SuppressWarnings("EnumOrdinal") // only to tell transports and clients apart
final class StreamChurn {
  private static final int MONITORS = 5;

  /** Those who cut off; each has its own readers, and waits for each to be there again. */
  private static final int CUTTERS = 8;

  /** On a slow machine the readers, which check all that they get, are behind by the end. */
  private static final Duration LAST = Duration.ofMinutes(2);

  private final Server server;
  private final int readers;
  private final int cutsPerSecond;
  private final int eventsPerSecond;
  private final Duration time;
  private final List<Reader> all = new ArrayList<>();
  private NavigableMap<Long, String> whole = new TreeMap<>();
  private final AtomicInteger cuts = new AtomicInteger();

  /** A reader over all its connections. */
  private static final class Reader {
    private final StreamChecker checker = new StreamChecker();
    private final NavigableMap<Long, String> got = new TreeMap<>();
    private StreamTransport transport;
    private StreamClient client;
    private long first;

    private Reader(StreamTransport transport) {
      this.transport = transport;
    }

    private void open(StreamRequest request) throws IOException {
      client = transport.open(request, checker);
    }

    /** Takes over what the connection at hand has brought. */
    private void collect() {
      for (StreamEvent event : client.events()) {
        if (event.is("snapshot") && first == 0) {
          first = event.seq() + 1;
        } else if (event.is("reset") || event.is("snapshot")) {
          throw new AssertionError("a reader was reset: " + event);
        } else if (event.id() != null && event.data().contains("\"prev\":")) {
          got.put(event.seq(), event.name() + " " + event.data());
        }
      }
    }
  }

  StreamChurn(Server server, int readers, int cutsPerSecond, int eventsPerSecond, Duration time) {
    this.server = server;
    this.readers = readers;
    this.cutsPerSecond = cutsPerSecond;
    this.eventsPerSecond = eventsPerSecond;
    this.time = time;
  }

  /** Lets it happen, and waits until all have what there is. */
  void run() throws IOException {
    List<PlayedMonitor> monitors = new ArrayList<>();
    try {
      for (int i = 0; i < MONITORS; i++) {
        monitors.add(PlayedMonitor.create(server, "churn-" + i));
      }
      run(monitors);
    } finally {
      monitors.forEach(PlayedMonitor::close);
    }
  }

  private void run(List<PlayedMonitor> monitors) throws IOException {
    StreamRequest request =
        StreamRequest.of(server)
            .filter("monitor", String.join(",", monitors.stream().map(PlayedMonitor::id).toList()));
    try (StreamClient steady = StreamTransport.SSE.open(request)) {
      for (int i = 0; i < readers; i++) {
        Reader reader = new Reader(StreamTransport.values()[i % 2]);
        reader.open(request);
        all.add(reader);
      }
      ExecutorService workers = Executors.newFixedThreadPool(MONITORS + CUTTERS);
      long end = System.nanoTime() + time.toNanos();
      List<Future<?>> work = new ArrayList<>();
      for (PlayedMonitor monitor : monitors) {
        work.add(workers.submit(() -> flap(monitor, end)));
      }
      for (int i = 0; i < CUTTERS; i++) {
        int cutter = i;
        work.add(workers.submit(() -> cut(request, cutter, end)));
      }
      workers.shutdown();
      awaitAll(work);
      settle(monitors.get(0), steady);
    } finally {
      for (Reader reader : all) {
        reader.client.quietly();
      }
    }
    awaitFreed(monitors.get(0));
  }

  /** Something goes on, so that who has gone is noticed before the next heartbeats. */
  private void awaitFreed(PlayedMonitor monitor) {
    Await.until(
        "all seats are free again",
        Duration.ofSeconds(30),
        () -> {
          monitor.rename("Still here");
          return Metrics.connections(server) == 0;
        });
  }

  /** Each change of the state makes two events, beside those with the samples. */
  private void flap(PlayedMonitor monitor, long end) {
    long gap = TimeUnit.SECONDS.toNanos(2L * MONITORS) / eventsPerSecond;
    boolean up = false;
    for (long next = System.nanoTime(); System.nanoTime() - end < 0; next += gap) {
      LockSupport.parkNanos(next - System.nanoTime());
      if (up) {
        monitor.succeed();
      } else {
        monitor.fail();
      }
      up = !up;
    }
  }

  private @Nullable Void cut(StreamRequest request, int cutter, long end) throws IOException {
    Random random = new Random(cutter);
    long gap = TimeUnit.SECONDS.toNanos(CUTTERS) / cutsPerSecond;
    for (long next = System.nanoTime(); System.nanoTime() - end < 0; next += gap) {
      LockSupport.parkNanos(next - System.nanoTime());
      Reader reader = all.get(random.nextInt(readers / CUTTERS) * CUTTERS + cutter);
      reader.client.reset();
      reader.collect();
      if (random.nextBoolean()) {
        reader.transport = reader.transport.other();
      }
      reader.open(request.resuming(reader.client.cursor()));
      cuts.incrementAndGet();
    }
    return null;
  }

  private void awaitAll(List<Future<?>> work) {
    for (Future<?> each : work) {
      try {
        each.get(time.toSeconds() + 60, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new AssertionError("the cuts or the events did not go on", e);
      }
    }
  }

  /** Makes one more event, and waits until all have it. */
  private void settle(PlayedMonitor monitor, StreamClient steady) {
    monitor.rename("the last of all");
    Reader stayed = new Reader(StreamTransport.SSE);
    stayed.client = steady;
    long last = awaitLast(stayed);
    whole = stayed.got.headMap(last, true);
    for (Reader reader : all) {
      awaitLast(reader);
    }
  }

  private static long awaitLast(Reader reader) {
    StreamEvent last =
        reader.client.next(
            "last", LAST, e -> e.is("monitor") && e.data().contains("the last of all"));
    reader.collect();
    return last.seq();
  }

  void assertNothingLost() {
    assertThat(cuts.get()).isGreaterThan(cutsPerSecond * (int) time.toSeconds() / 2);
    assertThat(whole.size()).isGreaterThan(eventsPerSecond * (int) time.toSeconds() / 2);
    for (Reader reader : all) {
      assertThat(reader.got.headMap(whole.lastKey(), true))
          .isEqualTo(whole.tailMap(reader.first, true));
    }
  }

  void assertAllFreed() {
    assertThat(Metrics.of(server, "serversence_stream_views")).isZero();
  }
}
