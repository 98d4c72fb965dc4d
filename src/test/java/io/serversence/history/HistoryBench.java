package io.serversence.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.monitor.ConfiguredMonitor;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What history costs on PostgreSQL: 77 monitors over 90 days, with plain SQL on the rows beside it.
 * The property {@code bench.samples} says how many samples they have, ten million unless told
 * otherwise. Prints what it measured.
 */
class HistoryBench {
  private static final int MONITORS = 77;
  private static final int DAYS = 90;
  private static final Instant END = Instant.parse("2026-11-22T00:00:00Z");
  private static final Instant START = END.minus(Duration.ofDays(DAYS));

  private final Database database = Backend.POSTGRESQL_HIBERNATE.cleared();
  private final HistoryStore history = new HistoryStore(database, RetentionTimes.DEFAULT, List::of);

  private static void say(String format, Object... values) {
    System.out.println("BENCH " + String.format(Locale.ROOT, format, values));
  }

  private int run(String sql) {
    return database.write(em -> em.createNativeQuery(sql).executeUpdate());
  }

  private long ask(String sql) {
    return database.read(em -> ((Number) em.createNativeQuery(sql).getSingleResult()).longValue());
  }

  /** The middle of some times, in milliseconds. */
  private static double median(Runnable work) {
    double[] times = new double[21];
    for (int i = 0; i < times.length; i++) {
      long start = System.nanoTime();
      work.run();
      times[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(times);
    return times[times.length / 2];
  }

  @Test
  void years_of_history_are_answered_in_milliseconds() {
    long wanted = Long.getLong("bench.samples", 10_000_000);
    List<ConfiguredMonitor> monitors = new ArrayList<>();
    MonitorStore store = new MonitorStore(database);
    for (int i = 0; i < MONITORS; i++) {
      monitors.add(store.insert(Given.monitor("m" + i), false, START));
    }
    double apart = MONITORS * DAYS * 86_400.0 / wanted;
    for (ConfiguredMonitor monitor : monitors) { // one by one: the pool gives up after 10 s
      run(
          String.format(
              Locale.ROOT,
              "insert into sample select %d, timestamptz '%s' + (i * %f + random() * 0.01)"
                  + " * interval '1 second', case when random() < 0.999 then 0 else 2 end, l,"
                  + " 1000, 2000, 3000, l - 7000, 1000,"
                  + " '{\"c\":[{\"c\":\"[STATUS] < 400\"}]}', %d"
                  + " from (select i, (20000 * exp(0.3 * (random() + random() + random())))::bigint"
                  + " as l from generate_series(0, %d) i) as s",
              monitor.n(),
              START,
              apart,
              Math.round(apart * 1e6) + 10_000_000,
              wanted / MONITORS - 1));
    }
    database.write(
        em -> {
          em.createNativeQuery("drop table if exists raw_sample").executeUpdate();
          return em.createNativeQuery("create table raw_sample (like sample including all)")
              .executeUpdate();
        });
    monitors.forEach(m -> run("insert into raw_sample select * from sample where n = " + m.n()));
    long samples = ask("select count(*) from sample");
    say(
        "%d samples as rows: %d bytes each",
        samples, ask("select pg_total_relation_size('raw_sample')") / samples);

    Folding folding = new Folding(database, System::nanoTime);
    long start = System.nanoTime();
    for (int round = 0; folding.folded() < samples - MONITORS && round < 100_000; round++) {
      folding.round(END.plus(Duration.ofMinutes(2L * round + 60)));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(folding.folded()).isEqualTo(samples - MONITORS);
    say("folded %.0f samples a second", samples / seconds);
    say(
        "packed: %.1f bytes a sample; rolled up: %.1f bytes a sample",
        ask("select pg_total_relation_size('packed_sample')") / (double) samples,
        ask("select pg_total_relation_size('rollup')") / (double) samples);
    sayYear();
    asked(monitors);
    pages();
  }

  /**
   * Each resolution by its own size and retention, with the indexes and free space in its share.
   */
  private void sayYear() {
    Map<Level, Duration> kept =
        Map.of(
            Level.FIVE_MINUTES,
            Duration.ofDays(90),
            Level.HOUR,
            Duration.ofDays(365),
            Level.DAY,
            Duration.ofDays(365));
    double each = 500.0 / MONITORS / DAYS;
    double year = ask("select pg_total_relation_size('packed_sample')") * each * 14;
    String values = "select coalesce(sum(length(content) + coalesce(length(observed), 0)), 0)";
    double blown =
        ask("select pg_total_relation_size('rollup')") / (double) ask(values + " from rollup");
    for (Level level : Level.values()) {
      long size = ask(values + " from rollup where step = " + level.code());
      say("%s: %d bytes of values", level, size);
      year += size * blown * each * kept.getOrDefault(level, Duration.ZERO).toDays();
    }
    say("500 monitors for a year with the defaults: %.0f MB (extrapolated)", year / 1e6);
  }

  /** The pages of a hundred thousand incidents. */
  private void pages() {
    Fact opened = Given.opened(Given.incident(1, START));
    new Ledger(database).write(List.of(opened)); // has a detail as they have
    run(
        "insert into incident (id, n, monitor, tags, severity, state, started_at, opened_at,"
            + " resolved_at, ended_at, cause, searched, detail) select lpad(to_hex(i), 8, '0')"
            + " || '-0000-7000-8000-000000000000', i % 77, 'm' || i % 77, '', 'CRITICAL',"
            + " 'RESOLVED', t, t, t, t, 'none', 'none', d.detail from (select i, now() - (200000 - i)"
            + " * interval '1 minute' as t from generate_series(1, 100000) i) as s,"
            + " (select detail from incident limit 1) as d");
    IncidentStore incidents = new IncidentStore(database);
    UUID last = new UUID((100_000L - 999 * 50 + 1) << 32 | 0x7000, 0x8000L << 48);
    assertThat(incidents.page(IncidentFilter.ANY, last, 50)).hasSize(50);
    say("page 1 of incidents: %.2f ms", median(() -> ids(incidents, null)));
    say("page 1,000 of incidents: %.2f ms", median(() -> ids(incidents, last)));
  }

  private static void ids(IncidentStore incidents, @Nullable UUID before) {
    assertThat(incidents.page(IncidentFilter.ANY, before, 50)).hasSize(50);
  }

  private void asked(List<ConfiguredMonitor> monitors) {
    ConfiguredMonitor one = monitors.get(40);
    List<Instant> bounds = Step.DAY.bounds(START, END, ZoneOffset.UTC, 2_000);
    say(
        "one monitor, 90 days by day: %.1f ms",
        median(() -> history.points(one, Step.DAY, bounds, END)));
    say(
        "the same from rows by SQL: %.1f ms",
        median(
            () ->
                database.read(
                    em ->
                        em.createNativeQuery(
                                "select date_trunc('day', at), avg(case when outcome = 2 then 0"
                                    + " else 1 end), percentile_cont(0.95) within group (order by"
                                    + " latency) from raw_sample where n = "
                                    + one.n()
                                    + " group by 1")
                            .getResultList())));
    List<Instant> berlin = Step.DAY.bounds(START, END, java.time.ZoneId.of("Europe/Berlin"), 2_000);
    say(
        "the same of a zone that is not UTC: %.1f ms",
        median(() -> history.points(one, Step.DAY, berlin, END)));
    say(
        "one monitor, availability over 90 days: %.1f ms",
        median(() -> history.availability(one, START, END, END)));
    for (int i = 1; i < 13; i++) {
      run(
          "insert into rollup select n + "
              + 1_000_000 * i
              + ", step, start_hour, content, observed from rollup where step = 3 and n < 1000000");
    }
    List<ConfiguredMonitor> many = new ArrayList<>(monitors);
    for (int i = 1; i < 13; i++) {
      for (ConfiguredMonitor m : monitors) {
        many.add(
            new ConfiguredMonitor(
                m.n() + 1_000_000 * i, m.monitor(), 1, false, m.createdAt(), m.updatedAt()));
      }
    }
    say(
        "report over %d monitors for 30 days: %.0f ms",
        many.size(),
        median(
            () ->
                history.availabilities(
                    many, END.minus(Duration.ofDays(30)), END, END, (m, a) -> {})));
  }
}
