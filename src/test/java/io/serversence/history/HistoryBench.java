package io.serversence.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.monitor.ConfiguredMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What history costs in the database: 77 monitors over 90 days, with plain SQL on the rows beside
 * it. The properties {@code bench.monitors} and {@code bench.samples} say how many monitors there
 * are and how many samples they have, 77 and ten million unless told otherwise; {@code
 * bench.database} narrows it to H2 or POSTGRESQL. Prints what it measured.
 */
@ParameterizedClass
@EnumSource(names = {"POSTGRESQL_HIBERNATE", "H2_HIBERNATE"})
class HistoryBench {
  private static final int MONITORS = Integer.getInteger("bench.monitors", 77);
  private static final int DAYS = 90;
  private static final Instant END = Instant.parse("2026-11-22T00:00:00Z");
  private static final Instant START = END.minus(Duration.ofDays(DAYS));

  /** Rows of one statement; the pool gives up after ten seconds. */
  private static final long ROWS = 100_000;

  @Parameter Backend backend;

  private Database database;
  private HistoryStore history;

  private void say(String format, Object... values) {
    System.out.println("BENCH " + backend + " " + String.format(Locale.ROOT, format, values));
  }

  private int run(String format, Object... values) {
    String text = String.format(Locale.ROOT, format, values);
    String sql = postgresql() ? text.replace("rand()", "random()") : text;
    return database.write(em -> em.createNativeQuery(sql).executeUpdate());
  }

  private long ask(String sql) {
    return database.read(em -> ((Number) em.createNativeQuery(sql).getSingleResult()).longValue());
  }

  private boolean postgresql() {
    return backend == Backend.POSTGRESQL_HIBERNATE;
  }

  /** The middle of some times in milliseconds, once the code is warm. */
  private static double median(Runnable work) {
    for (long end = System.nanoTime() + 3_000_000_000L; System.nanoTime() - end < 0; ) {
      work.run();
    }
    double[] times = new double[51];
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
    Assumptions.assumeTrue(backend.name().startsWith(System.getProperty("bench.database", "")));
    database = backend.cleared();
    history = new HistoryStore(database, RetentionTimes.DEFAULT, List::of);
    long wanted = Long.getLong("bench.samples", 10_000_000);
    MonitorStore store = new MonitorStore(database);
    List<ConfiguredMonitor> monitors = new ArrayList<>();
    for (int i = 0; i < MONITORS; i++) {
      monitors.add(store.insert(Given.monitor("m" + i), false, START));
    }
    run("drop table if exists raw_sample");
    run(
        postgresql()
            ? "create table raw_sample (like sample including all)"
            : "create table raw_sample as select * from sample where 1 = 0");
    if (!postgresql()) {
      run("alter table raw_sample alter column n set not null");
      run("alter table raw_sample alter column at set not null");
      run("alter table raw_sample add primary key (n, at)");
    }
    Folding folding = new Folding(database, () -> 0);
    long written = 0;
    long nanos = 0;
    for (ConfiguredMonitor monitor : monitors) { // one by one, so that few are rows at a time
      written += rows(monitor.n(), wanted / MONITORS);
      long start = System.nanoTime();
      folding.round(END.plus(Duration.ofHours(1L + monitor.n())));
      nanos += System.nanoTime() - start;
    }
    assertThat(folding.folded()).isEqualTo(written - MONITORS);
    say("folded %.0f samples a second", written * 1e9 / nanos);
    if (postgresql()) {
      say(
          "%d samples as rows: %d bytes each",
          written, ask("select pg_total_relation_size('raw_sample')") / written);
    }
    vacuumed();
    alone(
        () -> {
          asked(monitors);
          pages();
        });
  }

  /** As it is a minute later in life: what was folded is no longer in the index of the rows. */
  private void vacuumed() {
    String dead = "select coalesce(max(n_dead_tup), 0) from pg_stat_user_tables where relname";
    for (int second = 0; postgresql() && second < 240; second++) {
      if (ask(dead + " = 'sample'") == 0) {
        return;
      }
      LockSupport.parkNanos(1_000_000_000L);
    }
  }

  /** The property {@code bench.lock} names a file that is there only while times are taken. */
  private static void alone(Runnable measured) {
    String lock = System.getProperty("bench.lock");
    if (lock == null) {
      measured.run();
      return;
    }
    try {
      while (!Path.of(lock).toFile().createNewFile()) {
        LockSupport.parkNanos(1_000_000_000L);
      }
      try {
        Files.writeString(Path.of(lock), "HistoryBench");
        measured.run();
      } finally {
        Files.delete(Path.of(lock));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long rows(int n, long samples) {
    double apart = DAYS * 86_400e6 / samples;
    for (long i = 0; i < samples; i += ROWS) {
      run(
          "insert into sample select %d, timestamp with time zone '%s' + cast(i * %f + rand() *"
              + " 10000 as bigint) * interval '%s' second, case when rand() < 0.999 then 0 else 2"
              + " end, l, 1000, 2000, 3000, l - 7000, 1000, '{\"c\":[{\"c\":\"[STATUS] < 400\"}]}',"
              + " %d from (select i, cast(20000 * exp(0.3 * (rand() + rand() + rand())) as bigint)"
              + " as l from %s) as s",
          n,
          START,
          apart,
          "0.000001",
          Math.round(apart) + 10_000_000,
          (postgresql()
                  ? "generate_series(%d, %d) i"
                  : "(select x as i from system_range(%d, %d)) as g")
              .formatted(i, Math.min(i + ROWS, samples) - 1));
    }
    run("insert into raw_sample select * from sample where n = %d", n);
    return samples;
  }

  private void asked(List<ConfiguredMonitor> monitors) {
    int[] asked = {0}; // another one each time, lest a database remember its last answer
    Supplier<ConfiguredMonitor> one = () -> monitors.get(asked[0]++ % monitors.size());
    List<Instant> bounds = Step.DAY.bounds(START, END, ZoneOffset.UTC, 2_000);
    say(
        "one monitor, 90 days by day: %.2f ms",
        median(() -> history.points(one.get(), Step.DAY, bounds, END)));
    List<Instant> berlin = Step.DAY.bounds(START, END, ZoneId.of("Europe/Berlin"), 2_000);
    say(
        "the same of a zone that is not UTC: %.2f ms",
        median(() -> history.points(one.get(), Step.DAY, berlin, END)));
    say(
        "one monitor, availability over 90 days: %.2f ms",
        median(() -> history.availability(one.get(), START, END, END)));
    String raw =
        "select date_trunc('day', at), avg(case when outcome = 2 then 0 else 1 end),"
            + " percentile_cont(0.95) within group (order by latency) from raw_sample where n = ?1"
            + " group by date_trunc('day', at)";
    say(
        "one monitor, 90 days by day from rows by SQL: %.1f ms",
        median(
            () ->
                database.read(
                    em ->
                        em.createNativeQuery(raw).setParameter(1, one.get().n()).getResultList())));
    int more = (1_000 + MONITORS - 1) / MONITORS;
    for (int i = 1; i < more; i++) {
      run(
          "insert into rollup select n + %d, step, start_hour, content, observed from rollup where"
              + " step = 3 and n < 1000000",
          1_000_000 * i);
    }
    List<ConfiguredMonitor> many = new ArrayList<>(monitors);
    for (int i = 1; i < more; i++) {
      for (ConfiguredMonitor m : monitors) {
        many.add(
            new ConfiguredMonitor(
                m.n() + 1_000_000 * i, m.monitor(), 1, false, m.createdAt(), m.updatedAt()));
      }
    }
    Instant month = END.minus(Duration.ofDays(30));
    say(
        "report over %d monitors for 30 days: %.0f ms",
        many.size(), median(() -> history.availabilities(many, month, END, END, (m, a) -> {})));
  }

  /** The pages of a hundred thousand incidents. */
  private void pages() {
    Fact opened = Given.opened(Given.incident(1, START));
    new Ledger(database).write(List.of(opened)); // has a detail as they have
    run(
        "insert into incident (id, n, monitor, tags, severity, state, started_at, opened_at,"
            + " resolved_at, ended_at, cause, searched, detail, acknowledged_by) select"
            + " lpad("
            + (postgresql() ? "to_hex(i)" : "trim(to_char(i, 'xxxxxxxx'))")
            + ", 8, '0') || '-0000-7000-8000-000000000000', mod(i, 77), 'm' ||"
            + " mod(i, 77), chr(10) || 't' || mod(i, 50) || chr(10), 'CRITICAL', 'RESOLVED', t, t, t, t, 'none',"
            + " 'none', d.detail, case when mod(i, 5000) = 0 then 'anna' end from (select i,"
            + " timestamp with time zone '2026-11-22 00:00:00+00' + (i - 200000) * interval '1'"
            + " minute as t from "
            + (postgresql()
                ? "generate_series(1, 100000) i"
                : "(select cast(x as integer) as i from system_range(1, 100000)) as g")
            + ") as s, (select detail from incident fetch first 1 row only) as d");
    UUID last = new UUID((100_000L - 999 * 50 + 1) << 32 | 0x7000, 0x8000L << 48);
    say("page 1 of incidents: %.2f ms", median(() -> ids(IncidentFilter.ANY, null, 50)));
    say("page 1,000 of incidents: %.2f ms", median(() -> ids(IncidentFilter.ANY, last, 50)));
    say("page 1 of who acknowledged: %.2f ms", median(() -> ids(by("anna", null), null, 20)));
    int[] asked = {0}; // H2 remembers the answer to a question that it was asked before
    say(
        "page 1 of a text that is nowhere: %.1f ms",
        median(() -> ids(by(null, "zz" + asked[0]++), null, 0)));
    IncidentFilter tagged =
        new IncidentFilter(
            Set.of(), Set.of(), Set.of("t7"), Set.of(), Set.of(), null, null, null, Set.of());
    say("page 1 of a tag of every fiftieth: %.1f ms", median(() -> ids(tagged, null, 50)));
  }

  private static IncidentFilter by(@Nullable String who, @Nullable String text) {
    return new IncidentFilter(
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(),
        null,
        null,
        text,
        who == null ? Set.of() : Set.of(who));
  }

  private void ids(IncidentFilter filter, @Nullable UUID before, int expected) {
    assertThat(new IncidentStore(database).page(filter, before, 50))
        .hasSizeGreaterThanOrEqualTo(expected);
  }
}
