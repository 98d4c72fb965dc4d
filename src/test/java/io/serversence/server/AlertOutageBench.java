package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Alerts while the channel or the database is away for a minute, on a real server. Run by the
 * {@code bench} profile.
 */
class AlertOutageBench {
  private static final int MONITORS = 20;

  /** So many that none of them takes the changes for a storm. */
  private static final int CHANNELS = 10;

  private static final Duration AWAY = Duration.ofSeconds(60);

  /** Long enough for a monitor not to flap. */
  private static final Duration PHASE = Duration.ofSeconds(7);

  /** A message that failed is tried again within five minutes. */
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private int flips;

  /** All fail, or all are well again, which the board shows. */
  private static void all(TargetFarm farm, Monitors monitors, boolean fail) {
    for (int i = 0; i < MONITORS; i++) {
      if (fail) {
        farm.fail("/t/" + i);
      } else {
        farm.mend("/t/" + i);
      }
    }
    for (int i = 0; i < MONITORS; i++) {
      monitors.awaitState("t-" + i, fail ? "DOWN" : "UP");
    }
  }

  private void flip(TargetFarm farm, Monitors monitors) {
    all(farm, monitors, true);
    Await.elapsed(PHASE);
    all(farm, monitors, false);
    Await.elapsed(PHASE);
    flips++;
  }

  private void flipForAMinute(TargetFarm farm, Monitors monitors) {
    long end = System.nanoTime() + AWAY.toNanos();
    while (System.nanoTime() - end < 0) {
      flip(farm, monitors);
    }
  }

  private void assertAllTold(Webhooks webhooks, int events) {
    Await.until(
        "all is told",
        PATIENCE,
        () -> webhooks.told("opened") == events && webhooks.told("resolved") == events);
    webhooks.assertOnceAndInOrder();
    System.out.println(
        String.format(
            Locale.ROOT,
            "BENCH %d incidents of %d monitors told by %d messages, once and in order",
            events,
            MONITORS,
            webhooks.received().size()));
  }

  @Test
  void a_channel_that_was_down_for_a_minute_gets_all_in_order_and_once() throws IOException {
    try (TargetFarm farm = new TargetFarm();
        Webhooks webhooks = new Webhooks();
        Server server =
            AlertSetting.started(
                ServerPlan.named("bench-channel-down"), farm, webhooks, MONITORS, CHANNELS)) {
      Monitors monitors = new Monitors(server.admin());
      all(farm, monitors, false);
      webhooks.down();
      flipForAMinute(farm, monitors);
      assertThat(webhooks.received()).isEmpty();
      webhooks.up();
      assertAllTold(webhooks, flips * MONITORS);
      assertThat(monitors.items("/api/notifications?state=pending,failed,dead")).isEmpty();
    }
  }

  @Test
  void while_the_database_is_away_for_a_minute_all_is_told_and_nothing_twice() throws IOException {
    try (TargetFarm farm = new TargetFarm();
        Webhooks webhooks = new Webhooks();
        PostgreSqlServer postgres = new PostgreSqlServer("bench-alerts-postgres");
        Server server =
            AlertSetting.started(
                postgres.under(ServerPlan.named("bench-alerts-away")),
                farm,
                webhooks,
                MONITORS,
                CHANNELS)) {
      Monitors monitors = new Monitors(server.admin());
      all(farm, monitors, false);
      postgres.stop();
      flipForAMinute(farm, monitors);
      assertThat(server.anyone().get("/health/ready").status()).as("still away").isEqualTo(503);
      assertAllTold(webhooks, flips * MONITORS);
      postgres.start();
      Await.until("it is back", PATIENCE, () -> server.anyone().answers("/health/ready"));
      flip(farm, monitors);
      assertAllTold(webhooks, flips * MONITORS);
      Await.until(
          "all is noted as sent",
          PATIENCE,
          () -> monitors.items("/api/notifications?state=pending,failed,dead").isEmpty());
    }
  }
}
