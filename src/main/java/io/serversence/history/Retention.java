package io.serversence.history;

import io.serversence.database.Database;
import io.serversence.database.DatabaseAway;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Forgets samples of deleted monitors, and those older than they are to be kept, in steps so small that the writer does
 * not notice: one monitor after the other, each by its key, a bounded number of rows in a
 * transaction. The last sample of a monitor stays, however old, because it tells its state. Used by
 * one thread; the figure may be read by any.
 */
public final class Retention {
  /** Rows in one transaction. */
  static final int ROWS = 2_000;

  /** Monitors looked at in one round. */
  static final int MONITORS = 20;

  /** Transactions with as many rows as may be, in one round. */
  private static final int FULL = 5;

  /** Between the starts of two walks over all monitors. */
  private static final Duration PAUSE = Duration.ofMinutes(10);

  private final Database database;
  private final MonitorStore monitors;
  private final Duration samples;
  private final Queue<Integer> walk = new ArrayDeque<>();
  private final AtomicLong forgotten = new AtomicLong();
  private Instant nextWalk = Instant.MIN;

  /**
   * A retention.
   *
   * @param samples how long samples are kept
   */
  public Retention(Database database, Duration samples) {
    this.database = database;
    this.monitors = new MonitorStore(database);
    this.samples = samples;
  }

  /**
   * Does a little of what is to be done; to be called about once a second.
   *
   * @throws DatabaseAway if the database is away; the round goes on where it was next time
   */
  public void round(Instant now) {
    for (int swept = 0; swept < FULL && monitors.sweep(ROWS); swept++) {
      // a deleted monitor's samples
    }
    if (walk.isEmpty()) {
      if (now.isBefore(nextWalk)) {
        return;
      }
      walk.addAll(numbers());
      nextWalk = now.plus(PAUSE);
    }
    Instant limit = now.minus(samples);
    int full = 0;
    for (int looked = 0; looked < MONITORS && full < FULL && !walk.isEmpty(); looked++) {
      int n = walk.element();
      int gone = database.write(em -> forget(em, n, limit));
      forgotten.addAndGet(gone);
      if (gone >= ROWS) {
        full++; // and there may be more
      } else {
        walk.remove();
      }
    }
  }

  private List<Integer> numbers() {
    return database.read(
        em ->
            em.createQuery("select m.n from MonitorRow m order by m.n", Integer.class)
                .getResultList());
  }

  private static int forget(EntityManager em, int n, Instant limit) {
    List<Instant> oldest =
        em.createQuery(
                "select s.at from SampleRow s where s.n = :n and s.at < :limit order by s.n, s.at",
                Instant.class)
            .setParameter("n", n)
            .setParameter("limit", limit)
            .setMaxResults(ROWS + 1)
            .getResultList();
    if (oldest.size() <= 1) {
      return 0;
    }
    // The one after them stays for now: it may be the last one, or reach into the kept time.
    return em.createQuery("delete from SampleRow s where s.n = :n and s.at < :end")
        .setParameter("n", n)
        .setParameter("end", oldest.get(oldest.size() - 1))
        .executeUpdate();
  }

  /** How many samples were forgotten since the start. */
  public long forgotten() {
    return forgotten.get();
  }
}
