package io.serversence.history;

import io.serversence.database.Database;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Sample;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads samples. Safe for use by many threads; throws as {@link Database} does. */
@ApplicationScoped
public class SampleStore {
  /** As the primary key goes; H2 would sort all samples of the monitor for the time alone. */
  private static final String NEWEST = " order by s.n desc, s.at desc";

  private static final int AT_ONCE = 5_000;

  /** Of several monitors. */
  private static final int TOGETHER = 50_000;

  private Database database;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway.Init") // a proxy has no database of its own
  protected SampleStore() {}

  @Inject
  public SampleStore(Database database) {
    this.database = database;
  }

  /**
   * A page of a monitor's samples in {@code [from, to)}, newest first. Any page costs the same.
   *
   * @param n the monitor's number
   * @param outcomes those wanted; empty for all
   * @param before only samples before this moment, where the page before ended; or null
   * @param limit the most there are in the answer
   */
  public List<Sample> page(
      int n,
      Instant from,
      Instant to,
      Collection<Outcome> outcomes,
      @Nullable Instant before,
      int limit) {
    Instant end = before != null && before.isBefore(to) ? before : to;
    // Rows first: what is folded in between is found twice and not never.
    SortedMap<Instant, SampleRow> found = new TreeMap<>(Comparator.reverseOrder());
    rows(n, from, end, outcomes, limit).forEach(row -> found.put(row.at, row));
    new PackedPages(database, n, from, end, outcomes)
        .newest(limit)
        .forEach(row -> found.put(row.at, row));
    return found.values().stream().limit(limit).map(SampleRow::sample).toList();
  }

  private List<SampleRow> rows(
      int n, Instant from, Instant to, Collection<Outcome> outcomes, int limit) {
    return database.read(
        em -> {
          TypedQuery<SampleRow> query =
              em.createQuery(
                  "select s from SampleRow s where s.n = :n and s.at >= :from and s.at < :to"
                      + (outcomes.isEmpty() ? "" : " and s.outcome in :outcomes")
                      + NEWEST,
                  SampleRow.class);
          query.setParameter("n", n).setParameter("from", from).setParameter("to", to);
          if (!outcomes.isEmpty()) {
            query.setParameter("outcomes", outcomes.stream().map(o -> (short) o.code()).toList());
          }
          return query.setMaxResults(limit).getResultList();
        });
  }

  /**
   * Tells the samples of a monitor that are not folded yet, from before a window, as far as they
   * may reach into it, to its end, oldest first. The rows are read a few thousand at a time, so
   * that neither the heap nor a connection is held for long.
   *
   * @param oldest the oldest of all of them
   * @param usual the reach of samples that were kept without one
   */
  void scan(int n, Optional<Instant> oldest, Instant from, Instant to, Duration usual, Scan scan) {
    if (oldest.isEmpty() || !oldest.get().isBefore(to)) {
      return;
    }
    Instant after =
        oldest.get().isBefore(from) ? before(n, from) : oldest.get().minus(1, ChronoUnit.MICROS);
    boolean more = true;
    while (more) {
      List<Object[]> rows = rows(n, after, to);
      for (Object[] row : rows) {
        after = (Instant) row[0];
        scan.sample(
            Availability.micros(after),
            row[3] == null ? Availability.micros(usual) : ((Number) row[3]).longValue(),
            Outcome.of(((Number) row[1]).intValue()),
            ((Number) row[2]).longValue());
      }
      more = rows.size() == AT_ONCE;
    }
  }

  /** Just before the last sample before a moment; there is none that reaches farther. */
  private Instant before(int n, Instant moment) {
    return database.read(
        em ->
            em
                .createQuery(
                    "select s.at from SampleRow s where s.n = :n and s.at < :moment" + NEWEST,
                    Instant.class)
                .setParameter("n", n)
                .setParameter("moment", moment)
                .setMaxResults(1)
                .getResultList()
                .stream()
                .findFirst()
                .orElse(moment)
                .minus(1, ChronoUnit.MICROS));
  }

  private List<Object[]> rows(int n, Instant after, Instant to) {
    return database.read(
        em ->
            em.createQuery(
                    "select s.at, s.outcome, s.latency, s.reach from SampleRow s where s.n = :n"
                        + " and s.at > :after and s.at < :to order by s.n, s.at",
                    Object[].class)
                .setParameter("n", n)
                .setParameter("after", after)
                .setParameter("to", to)
                .setMaxResults(AT_ONCE)
                .getResultList());
  }

  /** The oldest sample that is not folded yet; folding takes it away, whatever else it takes. */
  Optional<Instant> oldest(int n) {
    return database.read(
        em ->
            em
                .createQuery(
                    "select s.at from SampleRow s where s.n = :n order by s.n, s.at", Instant.class)
                .setParameter("n", n)
                .setMaxResults(1)
                .getResultList()
                .stream()
                .findFirst());
  }

  /**
   * When these monitors were observed by samples that are not folded yet, by number; or empty if
   * they are too many to be read at once.
   */
  Optional<Map<Integer, Observed>> observed(
      Map<Integer, Duration> usual, Instant from, Instant to) {
    List<Object[]> rows =
        database.read(
            em ->
                em.createQuery(
                        "select s.n, s.at, s.outcome, s.reach from SampleRow s where s.n in :numbers"
                            + " and s.at >= :from and s.at < :to order by s.n, s.at",
                        Object[].class)
                    .setParameter("numbers", usual.keySet())
                    .setParameter("from", from)
                    .setParameter("to", to)
                    .setMaxResults(TOGETHER)
                    .getResultList());
    if (rows.size() == TOGETHER) {
      return Optional.empty();
    }
    Map<Integer, Observation> observations = new HashMap<>();
    for (Object[] row : rows) {
      int n = (Integer) row[0];
      long reach =
          row[3] == null
              ? Availability.micros(usual.getOrDefault(n, Duration.ZERO))
              : ((Number) row[3]).longValue();
      observations
          .computeIfAbsent(n, any -> new Observation())
          .add(
              Availability.micros((Instant) row[1]),
              reach,
              Outcome.of(((Number) row[2]).intValue()));
    }
    return Optional.of(Observation.all(observations));
  }

  /** Is told samples. */
  interface Scan {
    /** A sample; all times in microseconds. */
    void sample(long at, long reach, Outcome outcome, long latency);
  }

  /** The newest sample of each monitor that has one, by number. */
  public Map<Integer, Sample> latest() {
    return database.read(
        em -> {
          Map<Integer, Sample> latest = new HashMap<>();
          List<Integer> numbers =
              em.createQuery("select m.n from MonitorRow m", Integer.class).getResultList();
          for (Integer n : numbers) {
            em.createQuery("select s from SampleRow s where s.n = :n" + NEWEST, SampleRow.class)
                .setParameter("n", n)
                .setMaxResults(1)
                .getResultList()
                .forEach(row -> latest.put(n, row.sample()));
          }
          return latest;
        });
  }
}
