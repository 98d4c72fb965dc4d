package io.serversence.history;

import io.serversence.database.Database;
import io.serversence.database.DatabaseAway;
import io.serversence.database.Duplicate;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Turns rows of samples, some minutes after they were written, into packed samples and roll-ups. A
 * row of a sample is there as long as it is in none of them: rows go in the transaction that folds
 * them, so that a crash at any moment neither loses nor doubles one. The newest sample of each
 * monitor stays a row, because it tells its state. Used by one thread; the figures may be read by
 * any.
 */
public final class Folding {
  private static final System.Logger LOG = System.getLogger(Folding.class.getName());

  /** Younger samples are left alone, since others from before them may be under way. */
  static final Duration LAG = Duration.ofMinutes(3);

  /** A monitor is worth folding once it has a row as old as this. */
  static final Duration AGE = Duration.ofMinutes(15);

  /** Rows of a monitor in one transaction. */
  static final int ROWS = 5_000;

  /** Rows in one transaction, but for those of its last monitor. */
  private static final int BATCH = 2_000;

  private static final int MONITORS = 50;

  /** The time that a round may take, in nanoseconds, but for its last transaction. */
  private static final long WORK = Duration.ofMillis(400).toNanos();

  /** Between the starts of two walks over all monitors. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Database database;
  private final Queue<Integer> walk = new ArrayDeque<>();
  private final AtomicLong folded = new AtomicLong();
  private final LongSupplier nanos;
  private final AtomicLong postponed = new AtomicLong();
  private Instant nextWalk = Instant.MIN;
  private int atOnce = MONITORS;

  /**
   * A folding.
   *
   * @param nanos the monotonic clock, for how long one round may take
   */
  public Folding(Database database, LongSupplier nanos) {
    this.database = database;
    this.nanos = nanos;
  }

  /** Something was written among the rows just folded; they are folded later, with it. */
  private static final class Disturbed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Disturbed() {
      super("samples came in while they were folded", null, false, false);
    }
  }

  /**
   * Does a little of what is to be done; to be called about once a second.
   *
   * @throws DatabaseAway if the database is away; the walk goes on where it was next time
   */
  public void round(Instant now) {
    if (walk.isEmpty()) {
      if (now.isBefore(nextWalk)) {
        return;
      }
      nextWalk = now.plus(PAUSE);
      atOnce = MONITORS;
      walk.addAll(worthwhile(now.minus(AGE)));
    }
    long start = nanos.getAsLong();
    while (!walk.isEmpty() && nanos.getAsLong() - start < WORK) {
      step(now.minus(LAG));
    }
  }

  private List<Integer> worthwhile(Instant old) {
    return database.read(
        em ->
            em.createQuery(
                    "select m.n from MonitorRow m where exists (select s.at from SampleRow s"
                        + " where s.n = m.n and s.at < :old) order by m.n",
                    Integer.class)
                .setParameter("old", old)
                .getResultList());
  }

  /**
   * One transaction over the next few monitors. If it fails, the rest of the walk goes one by one,
   * so that what is wrong with one stops no other.
   */
  private void step(Instant limit) {
    List<Integer> done = new ArrayList<>();
    try {
      folded.addAndGet(database.write(em -> some(em, limit, done)));
      done.forEach(n -> walk.remove());
    } catch (DatabaseAway e) {
      throw e;
    } catch (RuntimeException e) {
      if (atOnce == 1) {
        int n = walk.remove();
        postponed.incrementAndGet();
        if (!(e instanceof Disturbed || e instanceof Duplicate)) {
          LOG.log(System.Logger.Level.ERROR, "cannot fold the samples of monitor number " + n, e);
        }
      }
      atOnce = 1;
    }
  }

  private int some(EntityManager em, Instant limit, List<Integer> done) {
    int rows = 0;
    for (int n : walk) {
      int folding = fold(em, n, limit);
      rows += folding;
      if (folding < ROWS) {
        done.add(n);
      } // else there may be more of it
      if (folding == ROWS || done.size() == atOnce || rows >= BATCH) {
        break;
      }
    }
    return rows;
  }

  /** Folds rows of a monitor, and tells how many. */
  static int fold(EntityManager em, int n, Instant limit) {
    List<Instant> newest =
        em.createQuery(
                "select s.at from SampleRow s where s.n = :n order by s.n desc, s.at desc",
                Instant.class)
            .setParameter("n", n)
            .setMaxResults(1)
            .getResultList();
    if (newest.isEmpty()) {
      return 0;
    }
    Instant end = newest.get(0).isBefore(limit) ? newest.get(0) : limit;
    List<SampleRow> rows =
        em.createQuery(
                "select s from SampleRow s where s.n = :n and s.at < :end order by s.n, s.at",
                SampleRow.class)
            .setParameter("n", n)
            .setParameter("end", end)
            .setMaxResults(ROWS)
            .getResultList();
    if (rows.isEmpty()) {
      return 0;
    }
    em.clear(); // they are not to be watched, but to go
    Instant last = rows.get(rows.size() - 1).at;
    int gone =
        em.createQuery("delete from SampleRow s where s.n = :n and s.at <= :last")
            .setParameter("n", n)
            .setParameter("last", last)
            .executeUpdate();
    if (gone != rows.size()) {
      throw new Disturbed();
    }
    reach(em, n, rows);
    SortedMap<Integer, List<SampleRow>> days = new TreeMap<>();
    for (SampleRow row : rows) {
      int day = Level.DAY.chunk(Level.hour(Availability.micros(row.at)));
      days.computeIfAbsent(day, d -> new ArrayList<>()).add(row);
    }
    days.forEach((day, samples) -> new DayFold(em, n, day).fold(samples));
    em.flush();
    return rows.size();
  }

  /** Samples of an early version were kept without a reach: it is that of their monitor. */
  private static void reach(EntityManager em, int n, List<SampleRow> rows) {
    if (rows.stream().allMatch(row -> row.reach != null)) {
      return;
    }
    MonitorRow monitor = em.find(MonitorRow.class, n);
    if (monitor != null) {
      long usual = Availability.micros(monitor.reach());
      rows.stream().filter(row -> row.reach == null).forEach(row -> row.reach = usual);
    }
  }

  /** Rows of samples folded since the start. */
  public long folded() {
    return folded.get();
  }

  /**
   * How often the samples of a monitor were left for later since the start, with or without an
   * error.
   */
  public long postponed() {
    return postponed.get();
  }
}
