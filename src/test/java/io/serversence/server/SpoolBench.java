package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/**
 * A thousand probes a second while PostgreSQL is away for ten minutes, and once more while the
 * process is killed as well. Run by the {@code bench} profile; {@code bench.minutes} changes how
 * long it is away.
 */
class SpoolBench {
  private static final int RATE = 1_000;
  private static final Duration AWAY = Duration.ofMinutes(Integer.getInteger("bench.minutes", 10));
  private static final Duration BACK = Duration.ofSeconds(60);

  private final Published published = new Published();

  @Test
  void what_comes_while_the_database_is_away_is_in_it_a_minute_after_its_return() {
    try (TargetFarm farm = new TargetFarm();
        PostgreSqlServer postgres = new PostgreSqlServer("bench-spool-postgres");
        Server server =
            Writing.prepared(postgres.under(ServerPlan.named("bench-spool")), farm, RATE)) {
      server.start();
      Await.until("all are probed", Duration.ofMinutes(2), () -> farm.askedAtLeast(3) == RATE);
      Instant from = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      farm.reset();
      long begun = System.nanoTime();
      try (EventReader reader = Writing.reader(server, published)) {
        reader.greeted();
        postgres.stop();
        Bench.pass(AWAY);
        double spooled = Metrics.of(server, "serversence_spool_bytes");
        double rate = farm.requests() / ((System.nanoTime() - begun) / 1e9);
        postgres.start();
        long back = System.nanoTime();
        Await.until(
            "all is written", BACK, () -> Metrics.of(server, "serversence_database_up") == 1);
        Bench.say(
            "%d min away at %.0f probes/s: %.0f MB spooled, all in the database %.1f s after its"
                + " return",
            AWAY.toMinutes(), rate, spooled / 1e6, (System.nanoTime() - back) / 1e9);
        Await.until("it is ready", BACK, () -> server.anyone().answers("/health/ready"));

        postgres.stop();
        Bench.pass(Duration.ofSeconds(30));
        server.kill();
      }
      postgres.start();
      server.start();
      Await.until("all is written", BACK, () -> Metrics.of(server, "serversence_database_up") == 1);
      published.assertKept(server.admin());
      Instant to = Instant.now().minusSeconds(5).truncatedTo(ChronoUnit.MILLIS);
      long kept = Writing.assertOnceAndAddedUp(server, from, to);
      Bench.say(
          "after an outage with kill -9: all of %d samples told of %d monitors are kept, once and"
              + " added up; %d are kept",
          published.samples(), Writing.WATCHED, kept);
      assertThat(Metrics.of(server, "serversence_spool_dropped_total")).isZero();
      assertThat(Metrics.of(server, "serversence_spool_lost_total")).isZero();
    }
  }
}
