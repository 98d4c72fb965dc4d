package io.serversence.database;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes and drops the partitions of a PostgreSQL. Each change waits a fifth of a second for its
 * locks, so that it never holds up a writer behind a slow reader, and is left for the next time if
 * it does not get them. Used by one thread; the figures may be read by any.
 */
public final class Partitions {
  private static final System.Logger LOG = System.getLogger(Partitions.class.getName());

  /** Partitions are there so many hours before they are needed. */
  private static final int AHEAD = 7 * 24;

  private static final Pattern BOUNDS =
      Pattern.compile("FROM \\('?(-?\\d+)'?\\) TO \\('?(-?\\d+)'?\\)");

  /** SQL:2023 has no state for it; this is PostgreSQL's. */
  private static final String LOCKED = "55P03";

  private final Database database;
  private final AtomicLong postponed = new AtomicLong();

  public Partitions(Database database) {
    this.database = database;
  }

  /** Hours of a table; the end is not in it. */
  private record Range(String name, int from, int to) {}

  /** True if the database has partitions. */
  public boolean used() {
    return database.postgresql();
  }

  /**
   * Makes the partitions that an hour, the one before it, and the coming week need, unless the
   * default partition holds rows of theirs: those stay there, with what comes to them.
   *
   * @return how many were made
   */
  public int ahead(Partitioned table, int hour) {
    List<Range> known = database.read(em -> ranges(em, table));
    int made = 0;
    for (int at = table.start(hour - table.hours()); at < hour + AHEAD; at += table.hours()) {
      int from = at;
      int to = at + table.hours();
      if (known.stream().noneMatch(range -> range.from() < to && from < range.to())
          && changed("make a partition of " + table.table(), em -> make(em, table, from))) {
        made++;
      }
    }
    return made;
  }

  private static boolean make(EntityManager em, Partitioned table, int from) {
    List<?> strays =
        em.createNativeQuery(
                "select n from "
                    + table.rest()
                    + " where start_hour >= ?1 and start_hour < ?2 limit 1")
            .setParameter(1, from)
            .setParameter(2, from + table.hours())
            .getResultList();
    if (!strays.isEmpty()) {
      return false;
    }
    table.made(from).forEach(sql -> em.createNativeQuery(sql).executeUpdate());
    return true;
  }

  /**
   * Drops the partitions of which all hours are before this one.
   *
   * @return how many rows they had
   */
  public long drop(Partitioned table, int hour) {
    long rows = 0;
    for (Range range : database.read(em -> ranges(em, table))) {
      if (range.to() <= hour) {
        long had = database.read(em -> count(em, range.name()));
        if (changed("drop " + range.name(), em -> drop(em, range.name()))) {
          rows += had;
        }
      }
    }
    return rows;
  }

  private static boolean drop(EntityManager em, String name) {
    em.createNativeQuery("drop table " + name).executeUpdate();
    return true;
  }

  private static long count(EntityManager em, String name) {
    Object rows = em.createNativeQuery("select count(*) from " + name).getSingleResult();
    return ((Number) rows).longValue();
  }

  /** Deletes rows of hours before this one, so many at the most, from the default partition. */
  public int deleteStrays(Partitioned table, int hour, int most) {
    String rest = table.rest();
    return database.write(
        em ->
            em.createNativeQuery(
                    "delete from "
                        + rest
                        + " where ctid = any(array(select ctid from "
                        + rest
                        + " where start_hour < ?1 limit ?2))")
                .setParameter(1, hour)
                .setParameter(2, most)
                .executeUpdate());
  }

  private static List<Range> ranges(EntityManager em, Partitioned table) {
    List<?> rows =
        em.createNativeQuery(
                "select cast(c.relname as varchar), pg_get_expr(c.relpartbound, c.oid)"
                    + " from pg_inherits i join pg_class c on c.oid = i.inhrelid"
                    + " where i.inhparent = to_regclass(?1)")
            .setParameter(1, table.table())
            .getResultList();
    List<Range> ranges = new ArrayList<>();
    for (Object row : rows) {
      Object[] columns = (Object[]) row;
      Matcher bounds = BOUNDS.matcher(String.valueOf(columns[1]));
      if (bounds.find()) {
        ranges.add(
            new Range(
                String.valueOf(columns[0]),
                Integer.parseInt(bounds.group(1)),
                Integer.parseInt(bounds.group(2))));
      }
    }
    return ranges;
  }

  private interface Change {
    boolean made(EntityManager em);
  }

  private boolean changed(String what, Change change) {
    try {
      return database.write(
          em -> {
            em.createNativeQuery("select set_config('lock_timeout', '200ms', true)")
                .getSingleResult();
            return change.made(em);
          });
    } catch (RuntimeException e) {
      if (e instanceof DatabaseAway && !locked(e)) {
        throw e;
      }
      postponed.incrementAndGet();
      LOG.log(
          locked(e) ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
          "cannot " + what + " now: " + Trouble.cause(e));
      return false;
    }
  }

  private static boolean locked(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql && LOCKED.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  /** Changes that were left for later since the start. */
  public long postponed() {
    return postponed.get();
  }
}
