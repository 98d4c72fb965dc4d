package io.serversence.history;

import io.serversence.database.Database;
import io.serversence.database.DatabaseAway;
import io.serversence.database.Partitioned;
import io.serversence.database.Partitions;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Forgets what deleted monitors have left, and what is older than it is to be kept, in steps so
 * small that the writer does not notice: in PostgreSQL partitions as a whole, which are made here
 * ahead of time, too; in H2 one monitor after the other, each by its key, a bounded number of rows
 * in a transaction. Samples that are not folded yet are left to {@link Folding}, so that none is
 * forgotten before it was added up. Used by one thread; the figures may be read by any.
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

  /** Roll-ups are kept so much longer, because a day of some zone begins before the one of UTC. */
  private static final Duration MARGIN = Duration.ofDays(2);

  private static final List<Level> LEVELS = List.of(Level.MINUTE, Level.FIVE_MINUTES, Level.HOUR);

  private final Database database;
  private final Partitions partitions;
  private final MonitorStore monitors;
  private final RetentionTimes kept;
  private final Queue<Integer> walk = new ArrayDeque<>();
  private final AtomicLongArray forgotten = new AtomicLongArray(1 + LEVELS.size());
  private Instant nextWalk = Instant.MIN;

  /** A retention that forgets what is not to be kept. */
  public Retention(Database database, RetentionTimes kept) {
    this.database = database;
    this.partitions = new Partitions(database);
    this.monitors = new MonitorStore(database);
    this.kept = kept;
  }

  /**
   * Does a little of what is to be done; to be called about once a second.
   *
   * @throws DatabaseAway if the database is away; the round goes on where it was next time
   */
  public void round(Instant now) {
    for (int swept = 0; swept < FULL && monitors.sweep(ROWS); swept++) {
      // a deleted monitor's rows
    }
    if (walk.isEmpty()) {
      if (now.isBefore(nextWalk)) {
        return;
      }
      if (partitions.used()) {
        if (droppedAll(now)) {
          nextWalk = now.plus(PAUSE);
        } // else goes on in the next round
        return;
      }
      walk.addAll(numbers());
      nextWalk = now.plus(PAUSE);
    }
    int full = 0;
    for (int looked = 0; looked < MONITORS && full < FULL && !walk.isEmpty(); looked++) {
      int n = walk.element();
      if (database.write(em -> forget(em, n, now))) {
        walk.remove();
      } else {
        full++; // there may be more
      }
    }
  }

  /** True unless there may be rows outside partitions that are still to be deleted. */
  private boolean droppedAll(Instant now) {
    boolean all = true;
    for (Partitioned table : Partitioned.values()) {
      partitions.ahead(table, Level.hourOf(now));
      int limit = limit(table, now);
      int what = counter(table);
      forgotten.addAndGet(what, partitions.drop(table, limit));
      int full = 0;
      int gone;
      do {
        gone = partitions.deleteStrays(table, limit, ROWS);
        forgotten.addAndGet(what, gone);
      } while (gone == ROWS && ++full < FULL);
      all &= gone < ROWS;
    }
    return all;
  }

  private static int counter(Partitioned table) {
    return switch (table) {
      case SAMPLES -> 0;
      case MINUTES -> 1 + Level.MINUTE.code();
      case FIVE_MINUTES -> 1 + Level.FIVE_MINUTES.code();
      case HOURS -> 1 + Level.HOUR.code();
    };
  }

  /** The first hour that is kept. */
  private int limit(Partitioned table, Instant now) {
    return switch (table) {
      case SAMPLES -> Level.hourOf(now.minus(kept.samples()));
      case MINUTES -> limit(Level.MINUTE, now);
      case FIVE_MINUTES -> limit(Level.FIVE_MINUTES, now);
      case HOURS -> limit(Level.HOUR, now);
    };
  }

  private int limit(Level level, Instant now) {
    return Level.hourOf(kept.since(level, now).minus(MARGIN));
  }

  private List<Integer> numbers() {
    return database.read(
        em ->
            em.createQuery("select m.n from MonitorRow m order by m.n", Integer.class)
                .getResultList());
  }

  /** Forgets some of a monitor; true if nothing is left to forget. */
  private boolean forget(EntityManager em, int n, Instant now) {
    int limit = Level.hourOf(now.minus(kept.samples()));
    int most = forget(em, "PackedRow r where r.n = :n and r.hour < :limit", n, limit, 0);
    for (Level level : LEVELS) {
      most =
          Math.max(
              most,
              forget(
                  em,
                  "RollupRow r where r.n = :n and r.step = "
                      + level.code()
                      + " and r.hour < :limit",
                  n,
                  limit(level, now),
                  1 + level.code()));
    }
    return most < ROWS;
  }

  private int forget(EntityManager em, String which, int n, int limit, int what) {
    List<Integer> hours =
        em.createQuery("select r.hour from " + which + " order by r.hour", Integer.class)
            .setParameter("n", n)
            .setParameter("limit", limit)
            .setMaxResults(ROWS)
            .getResultList();
    if (hours.isEmpty()) {
      return 0;
    }
    int gone =
        em.createQuery("delete from " + which)
            .setParameter("n", n)
            .setParameter("limit", hours.get(hours.size() - 1) + 1)
            .executeUpdate();
    forgotten.addAndGet(what, gone);
    return gone;
  }

  /** Packed rows of samples forgotten since the start; each holds those of an hour at the most. */
  public long samples() {
    return forgotten.get(0);
  }

  /** Rows of minutes forgotten since the start. */
  public long minutes() {
    return forgotten.get(1);
  }

  /** Rows of five minutes forgotten since the start. */
  public long fiveMinutes() {
    return forgotten.get(2);
  }

  /** Rows of hours forgotten since the start. */
  public long hours() {
    return forgotten.get(3);
  }

  /** Changes of partitions that were left for later since the start. */
  public long postponed() {
    return partitions.postponed();
  }
}
