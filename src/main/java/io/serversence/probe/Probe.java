package io.serversence.probe;

import io.netty.util.NetUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.serversence.monitor.Evidence;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Observation;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Sample;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One look at one target, from its start to its result, under one deadline. What each type of
 * target does in between is its subclass's. Used on one event loop; its result completes there.
 */
abstract class Probe implements Observation, Dial.Caller, Connection.Listener {
  private static final long LAG = TimeUnit.MILLISECONDS.toNanos(20);

  /** If the loop stalled for this part of a probe's time, that it got no answer proves nothing. */
  private static final int STALL_SHARE = 3;

  final Lane lane;
  final Monitor monitor;
  final Stopwatch stopwatch = new Stopwatch();

  private final boolean evidenceAlways;
  private final CompletableFuture<ProbeResult> result = new CompletableFuture<>();
  private final List<InetAddress> addresses = new ArrayList<>(2);
  private Instant at = Instant.EPOCH;
  private long began;
  private long ended;
  private Stage stage = Stage.RESOLVING;
  private @Nullable ScheduledFuture<?> timer;
  private @Nullable Dial dial;
  private @Nullable Connection connection;
  private @Nullable InetAddress address;
  private @Nullable X509Certificate certificate;
  private long stalledBefore;
  private boolean grace;
  private boolean connected;
  private boolean over;

  Probe(Lane lane, Monitor monitor, boolean evidenceAlways) {
    this.lane = lane;
    this.monitor = monitor;
    this.evidenceAlways = evidenceAlways;
  }

  CompletionStage<ProbeResult> result() {
    return result;
  }

  /** Begins; called once. */
  void begin() {
    at = Instant.now();
    began = System.nanoTime();
    stalledBefore = lane.stalled();
    timer = lane.loop().schedule(this::late, monitor.timeout().toNanos(), TimeUnit.NANOSECONDS);
    try {
      look();
    } catch (RuntimeException | OutOfMemoryError e) {
      broken(e);
    }
  }

  /** What this type of target does: dial, mostly. */
  abstract void look();

  /** The connection is there. */
  abstract void converse(Connection with);

  /** What was sent and what came back, as far as it went; addresses and certificate are added. */
  abstract Evidence evidence(List<String> addresses, Evidence.@Nullable Certificate certificate);

  /** Lets go of what is held; the connection is taken care of. */
  void release() {}

  /** True if the connection can carry another exchange. */
  boolean reusable() {
    return false;
  }

  /** Opens a connection, of which {@link #converse} hears. */
  final void dial(Endpoint endpoint) {
    connected = false;
    dial = lane.dialer().dial(endpoint, began + monitor.timeout().toNanos(), this);
  }

  /** Takes over a connection. */
  final void use(Connection with) {
    connection = with;
    connected = true;
    address = with.address;
    if (with.certificate() != null) {
      certificate = with.certificate();
    }
    note(with.address);
    with.expect(this);
  }

  /** True if the connection has carried another exchange before. */
  final boolean reused() {
    return connection != null && connection.reused();
  }

  /**
   * Gives the connection back for a later exchange.
   *
   * @param nextUse nanoseconds until there may be one
   */
  final void keep(long nextUse) {
    Connection old = connection;
    connection = null;
    if (old != null) {
      lane.kept().offer(old, System.nanoTime(), nextUse);
    }
  }

  /** Closes the connection. */
  final void leave() {
    Connection old = connection;
    connection = null;
    if (old != null) {
      old.close();
    }
  }

  @Override
  public final void reached(Stage next) {
    stage = next;
    stopwatch.enter(next.phase, System.nanoTime());
  }

  final Stage stage() {
    return stage;
  }

  final boolean over() {
    return over;
  }

  @Override
  public final void tried(InetAddress one) {
    note(one);
    address = one;
  }

  private void note(InetAddress one) {
    if (!addresses.contains(one)) {
      addresses.add(one);
    }
  }

  @Override
  public final void shown(X509Certificate refused) {
    certificate = refused;
  }

  @Override
  public final void connected(Connection with) {
    dial = null;
    use(with);
    try {
      converse(with);
    } catch (RuntimeException | OutOfMemoryError e) {
      broken(e);
    }
  }

  @Override
  public final void failed(Failure failure) {
    dial = null;
    finish(failure);
  }

  /** What is being waited for when the time is up. */
  String waitingFor() {
    return stage.words;
  }

  /**
   * The time is up. If the loop itself comes late to that, what came in time may still be unread,
   * so reading goes first.
   */
  private void late() {
    long lag = System.nanoTime() - began - monitor.timeout().toNanos();
    if (lag > LAG && !grace) {
      grace = true;
      timer = lane.loop().schedule(this::late, LAG, TimeUnit.NANOSECONDS);
      return;
    }
    long stalled = lane.stalled() - stalledBefore + Math.max(0, lag);
    if (stalled > monitor.timeout().toNanos() / STALL_SHARE) {
      finish(Failure.ours("ServerSence itself was too busy to hear an answer in time"));
    } else {
      finish(Words.late(monitor.timeout(), waitingFor()));
    }
  }

  /** ServerSence is stopping. */
  final void abandon() {
    finish(Failure.ours("ServerSence is stopping"));
  }

  /** A defect of ours is no failure of the target. */
  final void broken(Throwable defect) {
    if (!over) {
      System.getLogger(Probe.class.getName())
          .log(System.Logger.Level.ERROR, "the probe of " + monitor.id() + " broke", defect);
      finish(Failure.ours("ServerSence could not run this probe"));
    }
  }

  /** Ends the probe, once. */
  final void finish(@Nullable Failure failure) {
    if (over) {
      return;
    }
    over = true;
    ended = System.nanoTime();
    stopwatch.stop(ended);
    if (timer != null) {
      timer.cancel(false);
    }
    if (dial != null) {
      dial.cancel();
      dial = null;
    }
    ProbeResult found;
    try {
      found = judge(failure);
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      System.getLogger(Probe.class.getName())
          .log(System.Logger.Level.ERROR, "the probe of " + monitor.id() + " broke", e);
      found = new ProbeResult(Judgement.broken(at, latency(), stopwatch.phases()), Evidence.NONE);
    }
    if (reusable() && Judgement.passed(found.sample().outcome())) {
      keep(monitor.interval().toNanos());
    } else {
      leave(); // what follows a failure is looked at afresh, from the name on
    }
    release();
    lane.ended(this);
    result.complete(found);
  }

  private ProbeResult judge(@Nullable Failure failure) {
    Sample sample = Judgement.sample(monitor, this, failure, at, latency(), stopwatch.phases());
    boolean wanted = evidenceAlways || sample.outcome() != Outcome.UP;
    return new ProbeResult(sample, wanted ? evidence() : Evidence.NONE);
  }

  private Evidence evidence() {
    return evidence(
        addresses.stream().map(NetUtil::toAddressString).toList(),
        certificate == null ? null : Certificates.evidence(certificate));
  }

  private long latency() {
    return (ended - began) / 1_000;
  }

  @Override
  public final boolean connected() {
    return connected;
  }

  @Override
  public final Duration responseTime() {
    return Duration.ofNanos(ended - began);
  }

  @Override
  public final @Nullable String ip() {
    return address == null ? null : NetUtil.toAddressString(address);
  }

  @Override
  public final @Nullable Duration certificateExpiration() {
    return certificate == null ? null : Duration.between(at, certificate.getNotAfter().toInstant());
  }

  @Override
  public @Nullable Integer status() {
    return null;
  }

  @Override
  public String body() {
    return "";
  }

  @Override
  public @Nullable String header(String name) {
    return null;
  }
}
