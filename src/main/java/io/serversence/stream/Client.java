package io.serversence.stream;

import io.serversence.access.Caller;
import io.serversence.document.Json;
import io.serversence.document.Refused;
import io.serversence.document.Times;
import io.serversence.stream.Outbox.Errand;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One connection: a cursor into the log, a view of it, and at most one write in flight. What is to
 * be written next is asked for by its writer alone ({@link #next}); all else may be called from any
 * thread.
 */
final class Client implements Transport.Listener, Conversation.Partner {
  private final Room room;
  private final Transport transport;
  private final Caller caller;
  private final String address;
  private final @Nullable TopicReading topic;
  private final Outbox outbox = new Outbox();
  private final AtomicBoolean queued = new AtomicBoolean();
  private final AtomicBoolean gone = new AtomicBoolean();
  private final long endsAt;
  private final long lifetimeMs;
  private final Liveness liveness;
  private final HeartbeatClock heartbeats;
  private final LogReading log;
  private volatile boolean busy;
  private volatile @Nullable Ending ending;
  private volatile @Nullable Writer writer;
  private int index = -1;

  // of the writer's thread
  private boolean greeted;
  private boolean saidBye;

  /**
   * A client.
   *
   * @param topic what it reads instead of the log, or null
   */
  Client(
      Room room, Transport transport, Caller caller, String address, @Nullable TopicReading topic) {
    this.room = room;
    this.topic = topic;
    this.transport = transport;
    this.caller = caller;
    this.address = address;
    long now = room.nanos.getAsLong();
    long lifetime = (long) (room.settings.lifetime().toNanos() * (0.8 + 0.4 * room.jitter()));
    this.endsAt = now + lifetime;
    this.lifetimeMs = TimeUnit.NANOSECONDS.toMillis(lifetime);
    this.liveness = new Liveness(now);
    this.heartbeats = new HeartbeatClock(room.settings, now);
    this.log = new LogReading(room, heartbeats, transport.sse() ? Wire.SSE : Wire.TEXT);
  }

  Caller caller() {
    return caller;
  }

  String address() {
    return address;
  }

  Transport transport() {
    return transport;
  }

  // ---- from any thread

  /** Sends a message beside the log. A client that leaves too many of them unread is dropped. */
  @Override
  public void answer(String message) {
    errand(new Errand(Frame.of(message), null, null));
  }

  @Override
  public void subscribe(Subscription subscription) {
    errand(new Errand(null, subscription, null));
  }

  @Override
  public JsonValue view(@Nullable UUID incident) {
    try {
      if (incident == null) {
        room.presence.leave(this, caller.name());
        return JsonValue.NULL;
      }
      BoardEntry entry = room.log.find(incident);
      if (entry == null) {
        throw new Refused(Refused.Reason.NOT_FOUND, "there is no such incident unresolved");
      }
      return room.presence.view(this, caller.name(), incident, entry.monitor().monitor());
    } finally {
      if (isGone()) { // it left meanwhile, and may have missed this
        room.presence.leave(this, caller.name());
      }
      wake(); // the writer tells the others
    }
  }

  /** Ends the connection after what was answered so far. */
  @Override
  public void end(Ending why) {
    errand(new Errand(null, null, why));
  }

  private void errand(Errand errand) {
    if (outbox.add(errand)) {
      wake();
    } else {
      leave(Ending.STALLED);
    }
  }

  /** Asks the writer to look after this client. */
  void wake() {
    Writer mine = writer;
    if (mine != null && queued.compareAndSet(false, true)) {
      mine.ready(this);
    }
  }

  @Override
  public void written() {
    liveness.written(room.nanos.getAsLong());
    busy = false;
    Writer mine = writer;
    // in the stack of the writer itself its loop goes on anyway
    if (mine != null && !mine.isCurrentThread() && waits(mine.walked())) {
      wake();
    }
  }

  private boolean waits(long walked) {
    return ending != null
        || log.waits(walked)
        || (topic != null && topic.waits())
        || !outbox.isEmpty();
  }

  @Override
  public void progressed() {
    liveness.progressed(room.nanos.getAsLong());
  }

  @Override
  public void ponged() {
    liveness.ponged(room.nanos.getAsLong());
  }

  @Override
  public void gone() {
    leave(Ending.LEFT);
  }

  /** Closes the connection and frees its seat, once. */
  void leave(Ending why) {
    if (!gone.compareAndSet(false, true)) {
      return;
    }
    if (why == Ending.STALLED) {
      room.stalled.increment();
    }
    room.seats.leave(caller, address, transport.sse());
    room.presence.leave(this, caller.name());
    if (topic != null) {
      topic.topic().leave(this);
    }
    transport.close(why);
    wake(); // so that the writer forgets it
  }

  boolean isGone() {
    return gone.get();
  }

  boolean isBusy() {
    return busy;
  }

  // ---- of the writer's thread

  /** Called once, before the writer gets it. */
  void belongsTo(Writer mine) {
    this.writer = mine;
  }

  void unqueue() {
    queued.set(false);
  }

  int index() {
    return index;
  }

  void index(int place) {
    this.index = place;
  }

  /** It is known to read what it is given. */
  boolean hasRead() {
    return liveness.hasRead();
  }

  /** Frees what only the writer may free. */
  void forget() {
    log.end();
  }

  /** Hands a frame to the transport. */
  void write(Frame frame, long now) {
    heartbeats.sent(now);
    liveness.started(now, frame.size());
    busy = true;
    room.writes.increment();
    transport.write(frame);
  }

  /** The next frame, or null if there is nothing to write now. */
  @Nullable Frame next(long now) {
    if (!greeted && !transport.sse()) {
      greeted = true;
      return hello(null, null);
    }
    Errand errand = ending == null ? outbox.poll() : null;
    if (errand != null) {
      if (errand.frame() != null) {
        return errand.frame();
      }
      if (errand.subscription() != null) {
        return begin(errand.subscription());
      }
      ending = errand.ending();
    }
    if (ending != null) {
      return farewell(ending);
    }
    return topic == null ? log.next(now) : next(topic, now);
  }

  private @Nullable Frame next(TopicReading reading, long now) {
    if (!greeted) {
      greeted = true;
      return reading.hello(room.clock.get(), room.settings, lifetimeMs, retryMs());
    }
    Frame frame = reading.next();
    if (frame != null) {
      room.deliveries.increment();
      return frame;
    }
    if (!heartbeats.due(now)) {
      return null;
    }
    heartbeats.beat(now);
    return reading.heartbeat(room.clock.get());
  }

  private @Nullable Frame farewell(Ending why) {
    if (!saidBye && why.word() != null) {
      saidBye = true;
      return Notice.bye(log.wire(), why.word(), why.reconnectMs(room.jitter()));
    }
    leave(why);
    return null;
  }

  private Frame begin(Subscription wanted) {
    Start start = log.begin(wanted);
    if (transport.sse()) {
      greeted = true;
      return hello(start, wanted.filter());
    }
    return Frame.of(wanted.answer(start));
  }

  private Frame hello(@Nullable Start start, @Nullable Filter filter) {
    long seq = start == null ? room.log.head() : start.seq();
    JsonObjectBuilder data =
        Json.object()
            .add("epoch", room.log.epoch())
            .add("seq", seq)
            .add("serverTime", Times.format(room.clock.get()))
            .add("heartbeatMs", room.settings.heartbeat().toMillis())
            .add("lifetimeMs", lifetimeMs)
            .add("resumed", Json.string(start == null ? null : start.resumed()))
            .add("user", Json.string(caller.name()))
            .add("role", Json.string(caller.role() == null ? null : caller.role().word()))
            .add("filter", filter == null ? JsonValue.NULL : filter.canonical());
    boolean marks = start != null && start.resumed().equals("fresh") && start.snapshot() == null;
    String id = marks ? new EventId(room.log.epoch(), seq).toString() : null;
    return Notice.withRetry(log.wire(), retryMs(), "hello", id, data.build().toString());
  }

  private long retryMs() {
    return 1_500 + (long) (3_500 * room.jitter());
  }

  /** Ends the connection as soon as nothing is in flight, whatever else waits. */
  void conclude(Ending why) {
    if (ending == null) {
      ending = why;
    }
  }

  /** Looks after the clock of this connection. True if it has something to write. */
  boolean tend(long now, boolean checksCaller) {
    long stall = room.settings.stall().toNanos();
    if (busy) {
      if (liveness.stalledFor(now) >= stall) {
        leave(Ending.STALLED);
      }
    } else if (now - endsAt >= 0) {
      conclude(Ending.LIFETIME);
    }
    if (!transport.sse() && !gone.get()) {
      if (liveness.unansweredFor(now) >= stall) {
        leave(busy ? Ending.STALLED : Ending.NO_PONG);
      } else if (liveness.wantsPing(now)) {
        transport.ping();
      }
    }
    boolean needsRights = topic == null || topic.needsRights();
    if (checksCaller && needsRights && ending == null && !room.gate.stillValid(caller)) {
      conclude(Ending.REVOKED);
    }
    boolean reads = topic != null || log.begun();
    return !busy && !gone.get() && (ending != null || (reads && heartbeats.due(now)));
  }
}
