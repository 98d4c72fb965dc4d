package io.serversence.probe;

import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
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
import org.jspecify.annotations.Nullable;

/**
 * One look at one target, from its start to its result, under one deadline. What each type of
 * target does in between is its subclass's. Used on one event loop; its result completes there.
 */
abstract class Probe implements Observation, Dial.Caller, Connection.Listener {
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
  private @Nullable Deadline deadline;
  private @Nullable Dial dial;
  private @Nullable Connection connection;
  private @Nullable InetAddress address;
  private @Nullable X509Certificate certificate;
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
    try {
      deadline = new Deadline(lane, began, monitor.timeout().toNanos(), this::late);
      look();
    } catch (RuntimeException | Error e) {
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

  private long due() {
    return deadline == null ? began : deadline.due();
  }

  /** Opens a connection, of which {@link #converse} hears. */
  final void dial(Endpoint endpoint) {
    connected = false;
    dial = lane.dialer().dial(endpoint, due(), this);
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

  /** A message came, which is released afterwards. */
  abstract void hear(Object message);

  /** The connection is gone. */
  abstract void lost(@Nullable Throwable cause);

  @Override
  public final void heard(Object message) {
    try {
      if (!over) {
        hear(message);
      }
    } catch (RuntimeException | Error e) {
      broken(e);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public final void ended(@Nullable Throwable cause) {
    try {
      if (!over) {
        lost(cause);
      }
    } catch (RuntimeException | Error e) {
      broken(e);
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
    } catch (RuntimeException | Error e) {
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

  private void late(boolean stalled) {
    finish(
        stalled
            ? Failure.ours("ServerSence itself was too busy to hear an answer in time")
            : Words.late(monitor.timeout(), waitingFor()));
  }

  /** ServerSence is stopping; the probe may not have begun. */
  final void abandon() {
    if (began == 0) {
      at = Instant.now();
      began = System.nanoTime();
    }
    finish(Failure.ours("ServerSence is stopping"));
  }

  /** A defect of ours is no failure of the target. */
  final void broken(Throwable defect) {
    if (!over) {
      finish(Failure.ours("ServerSence could not run this probe"));
      Defect.report("the probe of " + monitor.id() + " broke", defect);
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
    if (deadline != null) {
      deadline.cancel();
    }
    if (dial != null) {
      dial.cancel();
      dial = null;
    }
    ProbeResult found;
    try {
      found = judge(failure);
    } catch (RuntimeException | Error e) {
      Defect.report("the probe of " + monitor.id() + " broke", e);
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
