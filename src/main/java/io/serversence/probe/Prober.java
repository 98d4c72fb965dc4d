package io.serversence.probe;

import io.netty.channel.EventLoop;
import io.serversence.monitor.Evidence;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import io.serversence.monitor.Target;
import java.net.URI;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at targets, on a few event loops, as many at once as it is asked to: bounding that is the
 * caller's. Safe for use by many threads; nothing but {@link #close} blocks.
 */
public final class Prober implements AutoCloseable {
  private static final long MILLI = 1_000_000;
  private static final long CLOSING_NANOS = TimeUnit.SECONDS.toNanos(4);

  private final List<Lane> lanes;
  private final Counters counters = new Counters();
  private volatile boolean closed;

  /** Starts the event loops on threads of the factory. */
  public Prober(ThreadFactory threads, ProberSettings settings) {
    this(threads, settings, null, null);
  }

  /**
   * A prober that trusts and resolves otherwise than the machine does.
   *
   * @param authorities whose certificates are good; null for the JVM's
   * @param files where names are looked up; null for the machine's
   */
  Prober(
      ThreadFactory threads,
      ProberSettings settings,
      @Nullable KeyStore authorities,
      @Nullable NameFiles files) {
    Tls tls = new Tls(authorities);
    List<Lane> made = new ArrayList<>();
    for (int i = 0; i < settings.eventLoops(); i++) {
      NameFiles own = files == null ? new NameFiles() : files;
      made.add(new Lane(threads, settings, tls, own, counters));
    }
    lanes = List.copyOf(made);
    try {
      lanes.forEach(Lane::start);
    } catch (RuntimeException e) {
      close(); // the factory has no more threads, and those there are must not stay
      throw e;
    }
  }

  /**
   * Runs a task on an event loop at a time of {@link System#nanoTime}, at once if that has passed.
   * The task must not block. After {@link #close} it is dropped.
   *
   * <p>The loop is chosen by the millisecond. What recurs every so many whole seconds so comes to
   * the same loop each time, if they are 1, 2, 4 or 8: a probe that it begins finds its kept
   * connection there, and wakes no other thread.
   */
  public void at(long nanos, Runnable task) {
    if (closed) {
      return; // there is nothing to be on time for
    }
    long milli = Math.floorDiv(nanos, MILLI);
    EventLoop loop = lanes.get((int) Math.floorMod(milli, (long) lanes.size())).loop();
    Runnable guarded = () -> run(task);
    long left = nanos - System.nanoTime();
    try {
      if (left > 0) {
        var unused = loop.schedule(guarded, left, TimeUnit.NANOSECONDS);
      } else {
        loop.execute(guarded);
      }
    } catch (RejectedExecutionException e) {
      // closed meanwhile
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      Defect.report("a task on an event loop failed", e);
    }
  }

  /**
   * Looks at a monitor's target once. Conditions are judged as {@link Judgement} says.
   *
   * @param evidenceAlways gather evidence for a sample that is UP, too
   * @return never fails; completes on an event loop, within the monitor's timeout and 100 ms, and
   *     never before this method returns but after {@link #close}
   * @throws IllegalArgumentException for a heartbeat, which calls us
   */
  public CompletionStage<ProbeResult> probe(Monitor monitor, boolean evidenceAlways) {
    Target target = monitor.target();
    if (target instanceof Target.Heartbeat) {
      throw new IllegalArgumentException("a heartbeat cannot be probed");
    }
    if (closed) {
      return none("ServerSence is stopping");
    }
    try {
      Lane lane = lane(monitor);
      Probe probe = probe(lane, monitor, evidenceAlways);
      lane.loop().execute(() -> lane.begin(probe));
      return probe.result();
    } catch (RejectedExecutionException e) {
      return none("ServerSence is stopping");
    } catch (RuntimeException e) {
      Defect.report("the probe of " + monitor.id() + " cannot begin", e);
      return none("ServerSence could not run this probe");
    }
  }

  private static Probe probe(Lane lane, Monitor monitor, boolean evidenceAlways) {
    Target target = monitor.target();
    if (target instanceof Target.Http http) {
      return new HttpProbe(lane, monitor, http, evidenceAlways);
    } else if (target instanceof Target.Tcp tcp) {
      return new TcpProbe(lane, monitor, tcp, evidenceAlways);
    } else if (target instanceof Target.Tls tls) {
      return new TlsProbe(lane, monitor, tls, evidenceAlways);
    } else if (target instanceof Target.Sse sse) {
      return new SseProbe(lane, monitor, sse, evidenceAlways);
    }
    throw new IllegalArgumentException("no probe for " + target.type());
  }

  /** The caller's own, if it is on an event loop; else always the same one for a monitor. */
  private Lane lane(Monitor monitor) {
    for (Lane lane : lanes) {
      if (lane.loop().inEventLoop()) {
        return lane;
      }
    }
    int hash = monitor.id().hashCode();
    return lanes.get(Math.floorMod(hash ^ hash >>> 16, lanes.size()));
  }

  /**
   * Sends a message out, once: TLS verified, no redirect followed. How many go at once is the
   * caller's to bound.
   *
   * @param headers beside those that every request has
   * @param time over all, from the name to the answer
   * @return never fails; completes on an event loop
   */
  public CompletionStage<Reply> post(
      URI url, Map<String, String> headers, String body, Duration time) {
    return sent(url, "POST", headers, body, time, false);
  }

  /** Gets a document, as {@link DocumentSource} says; completes on an event loop. */
  public CompletionStage<Reply> document(
      URI url, String method, Map<String, String> headers, @Nullable String body, Duration time) {
    return sent(url, method, headers, body, time, true);
  }

  private CompletionStage<Reply> sent(
      URI url,
      String method,
      Map<String, String> headers,
      @Nullable String body,
      Duration time,
      boolean document) {
    try {
      Ask ask = new Ask(HttpUrl.of(url), method, headers, body, null);
      Lane lane = lanes.get(Math.floorMod(url.hashCode(), lanes.size()));
      Post post = new Post(lane, ask, time, document);
      lane.loop().execute(() -> run(() -> lane.begin(post)));
      return post.result();
    } catch (RejectedExecutionException e) {
      return unsent("ServerSence is stopping");
    } catch (IllegalArgumentException e) {
      return unsent("the address cannot be connected to");
    }
  }

  private static CompletionStage<Reply> unsent(String why) {
    return CompletableFuture.completedFuture(new Reply(null, null, why));
  }

  private static CompletionStage<ProbeResult> none(String why) {
    Sample sample = new Sample(Instant.now(), Outcome.UNKNOWN, 0, Phases.UNREACHED, why, List.of());
    return CompletableFuture.completedFuture(new ProbeResult(sample, Evidence.NONE));
  }

  /** What is counted, as of now. */
  public ProberFigures figures() {
    return counters.figures();
  }

  /**
   * Ends every probe, connection and thread within 5 s; probes under way end as UNKNOWN. Does
   * nothing the second time.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    lanes.forEach(Prober::end);
    long end = System.nanoTime() + CLOSING_NANOS;
    try {
      for (Lane lane : lanes) {
        if (!lane.loop().inEventLoop() && !lane.loop().isTerminated()) {
          var unused = lane.loop().awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void end(Lane lane) {
    try {
      lane.loop().execute(lane::close);
    } catch (RejectedExecutionException e) {
      // its thread never started
    }
    var unused = lane.loop().shutdownGracefully(0, 3, TimeUnit.SECONDS);
  }
}
