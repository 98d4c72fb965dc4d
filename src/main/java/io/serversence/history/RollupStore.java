package io.serversence.history;

import io.serversence.database.Database;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what was folded. Safe for use by many threads; throws as {@link Database} does. */
final class RollupStore {
  /** Rows read at once, so that the heap holds few. */
  private static final int AT_ONCE = 500;

  private final Database database;

  RollupStore(Database database) {
    this.database = database;
  }

  /** Is told buckets. */
  interface Each {
    /** A bucket that begins at this moment, in microseconds; it has to be read to its end. */
    void bucket(long start, PackedReader bucket);
  }

  /**
   * When monitors were observed on the days that share time with these hours, by number.
   *
   * @param from the first hour, since 1970
   * @param to the hour after the last
   */
  Map<Integer, Observed> observed(Collection<Integer> numbers, int from, int to) {
    List<Object[]> rows =
        database.read(
            em ->
                em.createQuery(
                        "select r.n, r.hour, r.observed from RollupRow r where r.n in :numbers"
                            + " and r.step = :day and r.hour >= :from and r.hour < :to"
                            + " order by r.n, r.step, r.hour",
                        Object[].class)
                    .setParameter("numbers", numbers)
                    .setParameter("day", Level.DAY.code())
                    .setParameter("from", Level.DAY.chunk(from))
                    .setParameter("to", to)
                    .getResultList());
    Map<Integer, Observation> found = new HashMap<>();
    for (Object[] row : rows) {
      if (row[2] != null) {
        found
            .computeIfAbsent((Integer) row[0], n -> new Observation())
            .add(Observed.read(new PackedReader((byte[]) row[2]), Level.start((Integer) row[1])));
      }
    }
    return Observation.all(found);
  }

  /**
   * Tells the days of a monitor in these hours, and may tell some around them.
   *
   * @return when it was observed on them, or null without one
   */
  @Nullable Observed days(int n, int from, int to, Each each) {
    List<Object[]> rows =
        database.read(
            em ->
                em.createQuery(
                        "select r.hour, r.content, r.observed from RollupRow r where r.n = :n"
                            + " and r.step = :day and r.hour >= :from and r.hour < :to"
                            + " order by r.n, r.step, r.hour",
                        Object[].class)
                    .setParameter("n", n)
                    .setParameter("day", Level.DAY.code())
                    .setParameter("from", Level.DAY.chunk(from))
                    .setParameter("to", to)
                    .getResultList());
    Observation observation = new Observation();
    for (Object[] row : rows) {
      long start = Level.start((Integer) row[0]);
      each.bucket(start, new PackedReader((byte[]) row[1]));
      if (row[2] != null) {
        observation.add(Observed.read(new PackedReader((byte[]) row[2]), start));
      }
    }
    return observation.observed();
  }

  /** Tells the buckets of a monitor in these hours, and may tell some around them. */
  void buckets(int n, Level level, int from, int to, Each each) {
    database.read(
        em -> {
          for (int at = level.chunk(from); at < to; at = tell(em, n, level, at, to, each)) {
            // some rows at a time
          }
          return true;
        });
  }

  private static int tell(EntityManager em, int n, Level level, int from, int to, Each each) {
    List<Object[]> rows =
        em.createQuery(
                "select r.hour, r.content from RollupRow r where r.n = :n and r.step = :step"
                    + " and r.hour >= :from and r.hour < :to order by r.n, r.step, r.hour",
                Object[].class)
            .setParameter("n", n)
            .setParameter("step", level.code())
            .setParameter("from", from)
            .setParameter("to", to)
            .setMaxResults(AT_ONCE)
            .getResultList();
    int next = to;
    for (Object[] row : rows) {
      int hour = (Integer) row[0];
      tell(level, hour, (byte[]) row[1], each);
      next = hour + 1;
    }
    return rows.size() < AT_ONCE ? to : next;
  }

  private static void tell(Level level, int hour, byte[] content, Each each) {
    long start = Level.start(hour);
    if (level == Level.DAY) {
      each.bucket(start, new PackedReader(content));
      return;
    }
    Chunk.read(content)
        .entries()
        .forEach(
            (i, entry) -> {
              PackedReader reader = new PackedReader(entry);
              if (level == Level.HOUR) {
                Observed unused = Observed.read(reader, start); // stands before the bucket
              }
              each.bucket(start + i * level.bucket(), reader);
            });
  }

  /**
   * Tells the packed samples of a monitor in these hours, oldest first, where no minutes are kept;
   * for some days at the most.
   */
  void samples(int n, int from, int to, SampleStore.Scan scan) {
    Set<Integer> minutes = minutes(n, from, to);
    List<PackedRow> rows =
        database.read(
            em ->
                em.createQuery(
                        "select p from PackedRow p where p.n = :n and p.hour >= :from"
                            + " and p.hour < :to order by p.n, p.hour, p.part",
                        PackedRow.class)
                    .setParameter("n", n)
                    .setParameter("from", from)
                    .setParameter("to", to)
                    .getResultList());
    for (PackedRow row : rows) {
      if (!minutes.contains(row.hour)) {
        PackedSamples.unpack(n, row.hour, row.content)
            .forEach(
                s -> scan.sample(Availability.micros(s.at), s.reaching(), s.known(), s.latency));
      }
    }
  }

  /** The hours of which the minutes are kept. */
  private Set<Integer> minutes(int n, int from, int to) {
    return new HashSet<>(
        database.read(
            em ->
                em.createQuery(
                        "select r.hour from RollupRow r where r.n = :n and r.step = :step"
                            + " and r.hour >= :from and r.hour < :to",
                        Integer.class)
                    .setParameter("n", n)
                    .setParameter("step", Level.MINUTE.code())
                    .setParameter("from", from)
                    .setParameter("to", to)
                    .getResultList()));
  }

  /** True if some of these hours have samples, and their minutes are not kept. */
  boolean anyWithoutMinutes(int n, int from, int to) {
    Set<Integer> hours = new HashSet<>();
    buckets(n, Level.HOUR, from, to, (start, bucket) -> hours.add(Level.hour(start)));
    hours.removeIf(hour -> hour < from || hour >= to);
    return !hours.isEmpty() && !minutes(n, from, to).containsAll(hours);
  }
}
