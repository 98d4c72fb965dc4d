package io.serversence.access;

import io.serversence.database.DatabaseAway;
import io.serversence.database.LeaseLost;
import io.serversence.document.MeterSource;
import io.serversence.document.MeterWriter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Takes what was done, and writes it afterwards: nothing that anyone does waits for the database.
 * While that is away up to 10,000 entries wait for it; what comes on top is dropped, counted and
 * logged. Entries are kept for a year. {@link #record} is safe for use by many threads; one thread
 * runs it.
 */
@ApplicationScoped
public class AuditLog implements Runnable, MeterSource {
  static final int MOST = 10_000;
  static final Duration KEPT = Duration.ofDays(365);
  private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());
  private static final int BATCH = 200;
  private static final long PAUSE_MS = 1_000;
  private static final Duration TIDY_EVERY = Duration.ofHours(1);

  @Inject AuditStore store;

  Clock clock = Clock.systemUTC();

  private final Deque<AuditEntry> waiting = new ArrayDeque<>();
  private long recorded;
  private long settled;
  private long dropped;
  private boolean stopped;
  private Instant tidied = Instant.EPOCH;

  @SuppressWarnings("NullAway.Init") // CDI sets the store
  public AuditLog() {}

  /** Takes an entry; never waits. */
  public synchronized void record(AuditEntry entry) {
    if (waiting.size() >= MOST) {
      dropped++;
      if (Long.bitCount(dropped) == 1) { // the first, the second, the fourth …
        LOG.log(Level.ERROR, "{0} audit entries were dropped; the database is away", dropped);
      }
      return;
    }
    recorded++;
    waiting.addLast(entry);
    notifyAll();
  }

  /** Waits, but not for long, until what was recorded by now is in the store. */
  public synchronized void settle(Duration patience) {
    long wanted = recorded;
    long end = System.nanoTime() + patience.toNanos();
    long left = patience.toMillis();
    while (settled < wanted && left > 0 && !stopped) {
      if (!await(left)) {
        return;
      }
      left = Duration.ofNanos(end - System.nanoTime()).toMillis();
    }
  }

  @Override
  public void run() {
    while (awaitEntries()) {
      if (!writeBatch() && !pause()) {
        return; // stopped while the database is away; what waits is lost with the process
      }
      tidy();
    }
  }

  /** Ends {@link #run} once what waits is written, if it can be. */
  public synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  private synchronized boolean awaitEntries() {
    while (waiting.isEmpty()) {
      if (stopped || !await(0)) {
        return false;
      }
    }
    return true;
  }

  /** Waits to be notified; false if the container wants its thread back. */
  @SuppressWarnings("WaitNotInLoop") // callers loop, or take being woken early for a try
  private boolean await(long millis) {
    try {
      wait(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized boolean pause() {
    return !stopped && await(PAUSE_MS) && !stopped;
  }

  /**
   * Writes the oldest ones; false if the database is away, or another node's, and they must wait.
   */
  boolean writeBatch() {
    List<AuditEntry> batch;
    synchronized (this) {
      batch = new ArrayList<>(waiting.stream().limit(BATCH).toList());
    }
    try {
      store.add(batch);
    } catch (DatabaseAway | LeaseLost e) {
      return false;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, batch.size() + " audit entries cannot be written", e);
      synchronized (this) {
        dropped += batch.size();
      }
    }
    synchronized (this) {
      batch.forEach(entry -> waiting.removeFirst());
      settled += batch.size();
      notifyAll();
    }
    return true;
  }

  private void tidy() {
    Instant now = clock.instant();
    if (Duration.between(tidied, now).compareTo(TIDY_EVERY) < 0) {
      return;
    }
    tidied = now;
    try {
      store.removeBefore(now.minus(KEPT));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "old audit entries cannot be removed now", e);
    }
  }

  @Override
  public void write(MeterWriter writer) {
    long lost;
    int queue;
    synchronized (this) {
      lost = dropped;
      queue = waiting.size();
    }
    writer.counter(
        "serversence_audit_dropped_total", "Audit entries that could not be kept.", (double) lost);
    writer.gauge("serversence_audit_waiting", "Audit entries that are not written yet.", queue);
  }
}
