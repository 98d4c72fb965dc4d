package io.serversence.api;

import io.serversence.document.MeterSource;
import io.serversence.document.MeterWriter;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * All bodies that are awaited, and how much they may be. Where there is no room for another, the
 * one that has been read for longest gives way: whoever sends as usual is done long before, so that
 * no number of unfinished ones keeps others out. Safe for use by many threads.
 */
@ApplicationScoped
public class PendingBodies implements MeterSource {
  static final int MOST = 1_000;

  /** Fewer than any server has threads for requests. */
  static final int MOST_WAITING = 4;

  static final long MOST_BYTES = 16L * 1024 * 1024;

  @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
  @Nullable ScheduledExecutorService clock;

  private @Nullable ScheduledFuture<?> sweeps;

  // guarded by this; nobody is called meanwhile
  private final Set<PendingBody> reading = new LinkedHashSet<>();
  private final Set<PendingBody> dispatched = new HashSet<>();
  private long held;

  private final Semaphore waiting = new Semaphore(MOST_WAITING);

  private final LongAdder late = new LongAdder();
  private final LongAdder crowded = new LongAdder();
  private final LongAdder gone = new LongAdder();
  private final LongAdder lost = new LongAdder();

  @PostConstruct
  void start() {
    sweeps =
        Objects.requireNonNull(clock)
            .scheduleWithFixedDelay(() -> sweep(System.nanoTime()), 1, 1, TimeUnit.SECONDS);
  }

  @PreDestroy
  void stop() {
    if (sweeps != null) {
      sweeps.cancel(false);
    }
  }

  /** Ends those that are late, and answers those whose dispatch the container has lost. */
  void sweep(long now) {
    List<PendingBody> all;
    List<PendingBody> leaving;
    synchronized (this) {
      all = List.copyOf(reading);
      leaving = List.copyOf(dispatched);
    }
    for (PendingBody body : all) {
      if (body.isLate(now)) {
        body.end(PendingBody.End.LATE);
      }
    }
    for (PendingBody body : leaving) {
      if (body.onward().isLost(now)) {
        body.onward().abandon();
      }
    }
  }

  /** Does something after so many milliseconds. */
  void later(int millis, Runnable what) {
    ScheduledFuture<?> unused =
        Objects.requireNonNull(clock).schedule(what, millis, TimeUnit.MILLISECONDS);
  }

  /** True if a thread may wait for a body now; it then says when it has {@link #waited}. */
  boolean mayWait() {
    return waiting.tryAcquire();
  }

  void waited() {
    waiting.release();
  }

  /** A body for which a thread waited did not come as a whole. */
  void broke() {
    gone.increment();
  }

  void begin(PendingBody body) {
    synchronized (this) {
      reading.add(body);
    }
    makeRoom();
  }

  /**
   * Takes memory for a body.
   *
   * @param by in bytes
   * @return false if the body has been ended
   */
  boolean grow(PendingBody body, int by) {
    synchronized (this) {
      if (!reading.contains(body)) {
        return false;
      }
      body.held += by;
      held += by;
    }
    makeRoom();
    return body.end() == null;
  }

  /** Gives the memory of a body back, which may go on. */
  synchronized void shrink(PendingBody body) {
    held -= body.held;
    body.held = 0;
  }

  private void makeRoom() {
    for (PendingBody oldest = tooMuch(); oldest != null; oldest = tooMuch()) {
      oldest.end(PendingBody.End.CROWDED);
    }
  }

  /** The one that must give way, or null; it no longer counts. */
  private synchronized @Nullable PendingBody tooMuch() {
    if (reading.isEmpty() || (reading.size() <= MOST && held <= MOST_BYTES)) {
      return null;
    }
    PendingBody oldest = reading.iterator().next();
    release(oldest);
    return oldest;
  }

  /** A body is not read any more; what was read is still in use. */
  void ended(PendingBody body, PendingBody.End how) {
    synchronized (this) {
      reading.remove(body);
      if (how != PendingBody.End.READ) {
        shrink(body);
      }
    }
    switch (how) {
      case LATE -> late.increment();
      case CROWDED -> crowded.increment();
      case GONE -> gone.increment();
      case READ, CUT -> {}
    }
  }

  /** A request is about to go on; {@link #release} tells that it has. */
  synchronized void dispatched(PendingBody body) {
    dispatched.add(body);
  }

  /** The container did not let it go on. */
  void lost(PendingBody body) {
    lost.increment();
    release(body);
  }

  /** Forgets a body. */
  synchronized void release(PendingBody body) {
    reading.remove(body);
    dispatched.remove(body);
    shrink(body);
  }

  private synchronized int count() {
    return reading.size() + MOST_WAITING - waiting.availablePermits();
  }

  private synchronized long bytes() {
    return held;
  }

  @Override
  public void write(MeterWriter writer) {
    writer.gauge("serversence_request_bodies", "Bodies of requests that are awaited.", count());
    writer.gauge(
        "serversence_request_body_bytes", "Memory that bodies of requests hold.", (double) bytes());
    String help = "Requests given up because their body did not arrive as a whole.";
    String name = "serversence_request_bodies_refused_total";
    writer.counter(name, help, (double) late.sum(), "reason", "late");
    writer.counter(name, help, (double) crowded.sum(), "reason", "crowded");
    writer.counter(name, help, (double) gone.sum(), "reason", "gone");
    writer.counter(name, help, (double) lost.sum(), "reason", "lost");
  }
}
