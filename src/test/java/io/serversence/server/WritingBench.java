package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.database.Backend;
import io.serversence.database.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Five thousand samples a second for ten minutes, probed, stored, told and added up by one server,
 * which is killed in the middle. Samples of the minutes before are there at the start, so that as
 * many are folded as are written, as it is after a quarter of an hour. Run by the {@code bench}
 * profile; {@code bench.minutes} and {@code bench.rate} change the length and the rate.
 */
class WritingBench {
  private static final int RATE = Integer.getInteger("bench.rate", 5_000);
  private static final int MINUTES = Integer.getInteger("bench.minutes", 10);
  private static final Duration HALF = Duration.ofSeconds(30L * MINUTES);

  private final Published published = new Published();

  @Test
  void five_thousand_a_second_in_postgresql() throws SQLException {
    try (PostgreSqlServer postgres = new PostgreSqlServer("bench-writing-postgres")) {
      ServerPlan plan = postgres.under(ServerPlan.named("bench-writing-pg"));
      written(
          "PostgreSQL",
          plan,
          new DatabaseSettings(plan.environment().get("SERVERSENCE_DB_URL"), "postgres", "", null));
    }
  }

  @Test
  void five_thousand_a_second_in_h2() throws SQLException {
    ServerPlan plan = ServerPlan.named("bench-writing-h2");
    written("H2", plan, Backend.h2(plan.folder().resolve("data")));
  }

  private void written(String what, ServerPlan plan, DatabaseSettings settings)
      throws SQLException {
    try (TargetFarm farm = new TargetFarm();
        Server server = Writing.prepared(plan, farm, RATE)) {
      server.start();
      Duration unused = server.stop();
      past(settings);
      farm.reset();
      server.start();
      Await.until("all are probed", Duration.ofMinutes(2), () -> farm.askedAtLeast(3) == RATE);
      Instant from = Instant.now().truncatedTo(ChronoUnit.MINUTES);

      double folded = half(what + ", first half", server, farm);
      server.kill();
      server.start();
      Await.until("all are probed", Duration.ofMinutes(2), () -> farm.askedAtLeast(3) == RATE);
      folded += half(what + ", second half", server, farm);

      published.assertKept(server.admin());
      Instant to = Instant.now().minusSeconds(5).truncatedTo(ChronoUnit.MILLIS);
      long kept = Writing.assertOnceAndAddedUp(server, from, to);
      Bench.say(
          "%s: all of %d samples told of %d monitors are kept and added up; %d are kept",
          what, published.samples(), Writing.WATCHED, kept);
      assertThat(folded).isGreaterThan(0.9 * RATE * 60 * MINUTES);
      assertThat(Metrics.of(server, "serversence_facts_dropped_total")).isZero();
    }
  }

  private double half(String what, Server server, TargetFarm farm) {
    double before = Metrics.of(server, "serversence_samples_folded_total");
    farm.reset();
    ProcessCost cost = ProcessCost.of(server.pid());
    long told = published.samples();
    try (EventReader reader = Writing.reader(server, published)) {
      reader.greeted();
      Bench.pass(HALF);
    }
    double seconds = HALF.toMillis() / 1e3;
    ProcessCost after = ProcessCost.of(server.pid());
    double folded = Metrics.of(server, "serversence_samples_folded_total") - before;
    Bench.say(
        "%s: %.0f probes/s, %.0f told/s of %d, %.0f folded/s, %.2f CPUs, RSS %d MiB, spool %.0f"
            + " bytes",
        what,
        farm.requests() / seconds,
        (published.samples() - told) / seconds,
        Writing.WATCHED,
        folded / seconds,
        after.cpu().minus(cost.cpu()).toMillis() / 1e3 / seconds,
        after.rssKib() / 1024,
        Metrics.of(server, "serversence_spool_bytes"));
    return folded;
  }

  /** As many minutes of samples as will be measured, old enough to be folded at once. */
  private static void past(DatabaseSettings settings) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      boolean postgresql = settings.url().startsWith("jdbc:postgresql");
      for (int minute = 0; minute < MINUTES + 2; minute++) {
        statement.execute(
            String.format(
                Locale.ROOT,
                "insert into sample (n, at, outcome, latency, resolve_time, connect_time, tls_time,"
                    + " processing_time, transfer_time, detail, reach) select m.n, current_timestamp"
                    + " - interval '%d' minute + i * interval '1' second + m.n * interval '0.0001'"
                    + " second, 0, 900 + i, 0, 100, 0, 700 + i, 100,"
                    + " '{\"c\":[{\"c\":\"[STATUS] < 400\"}]}', 2000000 from monitor m, %s",
                MINUTES + 18 - minute,
                postgresql
                    ? "generate_series(0, 59) i"
                    : "(select x as i from system_range(0, 59)) as g"));
      }
    }
  }
}
