package io.serversence.stream;

import io.serversence.access.Caller;
import io.serversence.access.Gate;
import io.serversence.access.Vouched;
import io.serversence.document.Refused;
import io.serversence.incident.Incident;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The event stream of this server: the log, and the engine that feeds its readers. */
@ApplicationScoped
public class LiveStream implements EventStream {
  private static final Logger LOG = System.getLogger(LiveStream.class.getName());
  private static final int WARM_UPS = 5;

  private final StreamSettings settings;
  private final Gate gate;
  private final Supplier<Instant> clock;
  private final LongSupplier nanos;
  private final List<Consumer<List<Change>>> followers = new CopyOnWriteArrayList<>();
  private volatile EventLog log;
  private volatile Engine engine;
  private volatile boolean loaded;

  /** For the container's proxy alone. */
  protected LiveStream() {
    this(StreamSettings.DEFAULT.withLog(1, 1, 1), new NoGate());
  }

  @Inject
  public LiveStream(StreamSettings settings, Gate gate) {
    this(settings, gate, Instant::now, System::nanoTime);
  }

  LiveStream(StreamSettings settings, Gate gate, Supplier<Instant> clock, LongSupplier nanos) {
    this.settings = settings;
    this.gate = gate;
    this.clock = clock;
    this.nanos = nanos;
    this.log = new EventLog(settings.withLog(1, 1, 1), clock, nanos, EventId.newEpoch());
    this.engine = new Engine(new Room(log, settings, gate, clock, nanos));
  }

  /** Starts to feed readers, on one thread per core. Called once after each {@link #load}. */
  public void start(ThreadFactory threads) {
    engine.start(threads, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Writes the board some times for nobody, so that the first reader after a start does not wait
   * for code that never ran. Takes about 70 ms for 2,000 monitors. Never throws.
   */
  public void warmUp() {
    try {
      for (int i = 0; i < WARM_UPS; i++) {
        Snapshot board = new Snapshot(log.board(), Filter.ALL);
        for (int part = 0; part < board.parts(); part++) {
          board.part(part, Wire.SSE);
          board.part(part, Wire.TEXT);
        }
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the board cannot be written", e);
    }
  }

  /** Says bye to all readers and frees everything, within 10 s. */
  public void stop() {
    loaded = false;
    engine.stop();
  }

  /** Begins a log of a new epoch, whose readers {@link #start} lets in. */
  @Override
  public void load(List<BoardEntry> entries, List<Incident> ofChannels) {
    EventLog fresh = new EventLog(settings, clock, nanos, EventId.newEpoch());
    fresh.load(entries, ofChannels);
    engine = new Engine(new Room(fresh, settings, gate, clock, nanos));
    log = fresh;
    loaded = true;
  }

  @Override
  public void publish(List<Change> changes) {
    if (log.publish(changes)) {
      engine.bell();
    }
    followers.forEach(follower -> follower.accept(changes));
  }

  /** Hands all that is published to a follower too, which must not wait for anything. */
  public void follow(Consumer<List<Change>> follower) {
    followers.add(follower);
  }

  /**
   * Answers with the stream of a topic, to which the limits of connections apply.
   *
   * @param caller nobody where the topic is public; else the stream ends with the caller's rights
   * @param cursor the id of the last event that the reader has, or null
   * @throws IOException if the reader is gone already
   */
  public void read(
      HttpServletRequest request,
      Topic topic,
      Caller caller,
      String address,
      @Nullable String cursor)
      throws IOException {
    SseAnswer.open(
        request,
        engine,
        (open, transport) -> open.admit(transport, caller, address, topic.reading(caller, cursor)));
  }

  @Override
  public Board board() {
    return loadedLog().board();
  }

  @Override
  public Optional<BoardEntry> find(String id) {
    return Optional.ofNullable(loadedLog().find(id));
  }

  private EventLog loadedLog() {
    if (!loaded) {
      throw new Refused(Refused.Reason.UNAVAILABLE, "this node is not the active one yet");
    }
    return log;
  }

  public StreamMeters meters() {
    return engine.meters();
  }

  /** The engine itself, no proxy of it. Public because a proxy passes on public calls only. */
  public Engine engine() {
    return engine;
  }

  private static final class NoGate implements Gate {
    @Override
    public Caller identify(
        @Nullable String authorization,
        @Nullable String cookies,
        String address,
        @Nullable Vouched vouched) {
      return new Caller(null, null, false);
    }

    @Override
    public boolean stillValid(Caller caller) {
      return false;
    }
  }
}
