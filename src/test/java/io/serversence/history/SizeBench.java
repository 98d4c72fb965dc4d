package io.serversence.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.database.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How much room a year of 500 monitors at a minute takes with the retention that is usual. A year
 * of a few and one of some more are written week by week, folded and forgotten as in life; what
 * each monitor adds is the difference, since nothing is shared between monitors. Prints what it
 * measured.
 */
class SizeBench {
  private static final Instant START = Instant.parse("2025-11-24T00:00:00Z");
  private static final int WEEKS = 52;
  private static final int A_WEEK = 7 * 24 * 60;
  private static final int KEPT = 14 * 24 * 60;

  /** Without the rows that wait to be folded: a week of them here, twenty minutes in life. */
  private static final String SIZE =
      "select pg_database_size(current_database()) - pg_total_relation_size('sample')";

  private static void say(Backend backend, String format, Object... values) {
    System.out.println("BENCH " + backend + " " + String.format(Locale.ROOT, format, values));
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL_HIBERNATE", "H2_HIBERNATE"})
  void a_year_of_500_monitors_takes_less_than_a_gigabyte(Backend backend)
      throws IOException, SQLException {
    int few = Integer.getInteger("bench.few", 1);
    int some = Integer.getInteger("bench.some", 5);
    Sizes small = year(backend, few);
    Sizes large = year(backend, some);
    double each = (large.all - small.all) / (double) (some - few);
    double all = small.all + (500 - few) * each;
    say(
        backend,
        "a year of 500 monitors at 60 s: %.0f MB; each adds %.0f kB (%d and %d monitors: %.1f and"
            + " %.1f MB)",
        all / 1e6,
        each / 1e3,
        few,
        some,
        small.all / 1e6,
        large.all / 1e6);
    say(
        backend,
        "%.1f bytes per stored sample, %.2f bytes per sample ever taken, all resolutions together",
        (large.packed - small.packed) / (double) (some - few) / KEPT,
        each / (WEEKS * (double) A_WEEK));
    assertThat(all).isLessThan(1e9);
  }

  private record Sizes(long all, long packed) {}

  private static Sizes year(Backend backend, int monitors) throws IOException, SQLException {
    DatabaseSettings settings = backend.empty();
    boolean postgresql = backend.name().startsWith("POSTGRESQL");
    long packed = lived(backend, settings, monitors);
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      if (postgresql) {
        try (ResultSet size = statement.executeQuery(SIZE)) {
          assertThat(size.next()).isTrue();
          return new Sizes(size.getLong(1), packed);
        }
      }
      statement.execute("shutdown compact");
    }
    String file = settings.url().replaceAll("^jdbc:h2:file:|;.*", "") + ".mv.db";
    return new Sizes(Files.size(Path.of(file)), packed);
  }

  /** A year; answers the bytes of packed samples. */
  private static long lived(Backend backend, DatabaseSettings settings, int monitors)
      throws SQLException {
    boolean postgresql = backend.name().startsWith("POSTGRESQL");
    try (Database database = backend.create(settings)) {
      database.open(Backend.threads());
      MonitorStore store = new MonitorStore(database);
      for (int i = 0; i < monitors; i++) {
        store.insert(Given.monitor("m" + i), false, START);
      }
      Folding folding = new Folding(database, () -> 0);
      Retention retention = new Retention(database, RetentionTimes.DEFAULT);
      for (int week = 0; week < WEEKS; week++) {
        Instant begin = START.plus(Duration.ofDays(7L * week));
        retention.round(begin);
        run(database, samples(begin, postgresql));
        folding.round(begin.plus(Duration.ofDays(7).plusHours(1)));
        if (postgresql) {
          vacuum(settings);
        }
      }
      Instant end = START.plus(Duration.ofDays(7L * WEEKS));
      for (int round = 0; round < 200; round++) {
        retention.round(end.plusSeconds(600 + round));
      }
      assertThat(folding.folded()).isEqualTo((long) WEEKS * A_WEEK * monitors - monitors);
      return ask(
          database,
          postgresql
              ? "select sum(pg_total_relation_size(inhrelid)) from pg_inherits where inhparent ="
                  + " to_regclass('packed_sample')"
              : "select sum(length(content) + 20) from packed_sample");
    }
  }

  /** As it is done once a minute in life. */
  private static void vacuum(DatabaseSettings settings) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      statement.execute("vacuum");
    }
  }

  /** A week of all monitors, with latencies of all phases, and a failure now and then. */
  private static String samples(Instant begin, boolean postgresql) {
    String sql =
        "insert into sample (n, at, outcome, latency, resolve_time, connect_time, tls_time,"
            + " processing_time, transfer_time, detail, reach) select n, timestamp with time zone '"
            + begin
            + "' + (cast(i as bigint) * 60000000 + cast(rand() * 3000 as bigint)) * interval"
            + " '0.000001' second, case when d = 0 then 2 else 0 end, a + b + c + e + 40, 40, a, b,"
            + " c, e, case when d = 0 then '{\"m\":\"HTTP status 503\",\"c\":[{\"c\":\"[STATUS] <"
            + " 400\",\"s\":\"[STATUS] (503) < 400\",\"ok\":false}]}' else '{\"c\":[{\"c\":\"[STATUS]"
            + " < 400\"}]}' end, 70000000 from (select m.n, i, cast(9000 + rand() * 2000 as bigint)"
            + " as a, cast(19000 + rand() * 4000 as bigint) as b, cast(20000 * exp(0.5 * (rand() +"
            + " rand() + rand())) as bigint) as c, cast(rand() * 900 as bigint) as e, cast(rand() *"
            + " 500 as integer) as d from monitor m, "
            + (postgresql
                ? "generate_series(0, " + (A_WEEK - 1) + ") i"
                : "(select x as i from system_range(0, " + (A_WEEK - 1) + ")) as g")
            + ") as s";
    return postgresql ? sql.replace("rand()", "random()") : sql;
  }

  private static void run(Database database, String sql) {
    Integer unused = database.write(em -> em.createNativeQuery(sql).executeUpdate());
  }

  private static long ask(Database database, String sql) {
    return database.read(
        em -> Long.parseLong(String.valueOf(em.createNativeQuery(sql).getSingleResult())));
  }
}
