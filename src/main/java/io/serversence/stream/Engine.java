package io.serversence.stream;

import io.serversence.access.Caller;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Feeds all clients from the log, with one writer per core. What the standard broadcaster holds is
 * the writers, so that no code of the container ever loops over clients. Safe for use by many
 * threads.
 */
final class Engine {
  private static final long CUT_OFF = TimeUnit.SECONDS.toNanos(7);
  private static final long LONGEST_SPREAD = TimeUnit.SECONDS.toNanos(4);
  private static final long SPREAD_PER_CLIENT = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long JOIN_MS = 2_000;

  private final Room room;
  private final LiveBroadcaster broadcaster = new LiveBroadcaster();
  private final AtomicInteger turn = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>(); // guarded by this
  private volatile List<Writer> writers = List.of();
  private volatile boolean open;

  Engine(Room room) {
    this.room = room;
  }

  /** Starts the writers. Must be called once only. */
  synchronized void start(ThreadFactory factory, int count) {
    List<Writer> made = prepare(count);
    for (Writer writer : made) {
      Thread thread = factory.newThread(writer);
      threads.add(thread);
      thread.start();
    }
  }

  /** Makes writers that are moved by hand. */
  synchronized List<Writer> prepare(int count) {
    List<Writer> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Writer writer = new Writer(room, this::bell);
      made.add(writer);
      broadcaster.register(new Bell(writer));
    }
    writers = List.copyOf(made);
    open = true;
    return writers;
  }

  /** There is something new in the log. Does nothing once there is nobody left to tell. */
  void bell() {
    if (!writers.isEmpty()) {
      try {
        broadcaster.broadcast(TextEvent.BELL);
      } catch (IllegalStateException e) {
        // stopped meanwhile; what was recorded last is in the database
      }
    }
  }

  /**
   * Takes a client in.
   *
   * @param subscription what it wants to see from the start, or null
   * @param receiver gets the client before anything is written to it
   * @return null if it is in, else why not; then its transport is as it was
   */
  @Nullable Ending admit(
      Transport transport,
      Caller caller,
      String address,
      @Nullable Subscription subscription,
      Consumer<Client> receiver) {
    Ending refused = seat(transport, caller, address);
    if (refused == null) {
      Client client = new Client(room, transport, caller, address, null);
      if (subscription != null) {
        client.subscribe(subscription);
      }
      receiver.accept(client);
      begin(transport, client);
    }
    return refused;
  }

  /** Takes in a client that reads a topic over Server-Sent Events; else as the other. */
  @Nullable Ending admit(Transport transport, Caller caller, String address, TopicReading reading) {
    Ending refused = seat(transport, caller, address);
    if (refused == null) {
      Client client = new Client(room, transport, caller, address, reading);
      begin(transport, client);
      reading.topic().join(client);
      client.wake(); // an edition may have come before it joined
      if (client.isGone()) { // before it joined
        reading.topic().leave(client);
      }
    }
    return refused;
  }

  private @Nullable Ending seat(Transport transport, Caller caller, String address) {
    if (!open) {
      return Ending.SHUTDOWN;
    }
    if (!room.seats.take(caller, address, transport.sse())) {
      room.refused.increment();
      return Ending.LIMIT;
    }
    room.accepted.increment();
    return null;
  }

  private void begin(Transport transport, Client client) {
    List<Writer> all = writers;
    transport.open(client);
    client.belongsTo(all.get(Math.floorMod(turn.getAndIncrement(), all.size())));
    client.wake();
    if (!open) { // the writers may be gone already
      client.leave(Ending.SHUTDOWN);
    }
  }

  /** Says bye to everyone, spread over some seconds, and returns when all is freed. */
  synchronized void stop() {
    open = false;
    int clients = room.seats.sse() + room.seats.webSocket();
    long spread = Math.min(LONGEST_SPREAD, clients * SPREAD_PER_CLIENT);
    writers.forEach(writer -> writer.stop(spread, CUT_OFF));
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join(TimeUnit.NANOSECONDS.toMillis(CUT_OFF) + JOIN_MS);
      } catch (InterruptedException e) {
        interrupted = true;
        break;
      }
    }
    threads.clear();
    broadcaster.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  Room room() {
    return room;
  }

  StreamMeters meters() {
    return room.meters();
  }

  /** What the broadcaster sees of a writer. */
  private static final class Bell implements SseEventSink {
    private static final CompletionStage<?> RUNG = CompletableFuture.completedStage(null);
    private final Writer writer;

    private Bell(Writer writer) {
      this.writer = writer;
    }

    @Override
    public boolean isClosed() {
      return false;
    }

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
      writer.ring();
      return RUNG;
    }

    @Override
    public void close() {}
  }
}
