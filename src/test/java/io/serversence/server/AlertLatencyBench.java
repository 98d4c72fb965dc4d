package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How soon people are told, on a real server with 1,000 monitors at 1 s. Run by the {@code bench}
 * profile on a quiet machine; it prints what it measured and asserts only what must hold on any.
 */
class AlertLatencyBench {
  private static final int MONITORS = 1_000;
  private static final int CHANGES = 300;
  private static final int CHANNELS = 20;
  private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warm.up", 60));
  private static final Duration GAP = Duration.ofMillis(150);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

  private static void say(String format, Object... values) {
    System.out.println("BENCH " + String.format(Locale.ROOT, format, values));
  }

  private static void allAreUp(TargetFarm farm) {
    Await.until("all are watched", PATIENCE, () -> farm.askedAtLeast(2) == MONITORS);
    Await.elapsed(WARM_UP);
  }

  @Test
  void a_confirmed_change_is_at_the_webhook_soon() throws IOException {
    try (TargetFarm farm = new TargetFarm();
        Webhooks webhooks = new Webhooks();
        Server server =
            AlertSetting.started(
                ServerPlan.named("bench-alerts"), farm, webhooks, MONITORS, CHANNELS)) {
      allAreUp(farm);
      for (int i = 0; i < CHANGES; i++) {
        farm.fail("/t/" + i);
        Await.elapsed(GAP);
      }
      Await.until("all openings are told", PATIENCE, () -> told(webhooks, "opened") >= CHANGES);
      for (int i = 0; i < CHANGES; i++) {
        farm.mend("/t/" + i);
        Await.elapsed(GAP);
      }
      Await.until("all ends are told", PATIENCE, () -> told(webhooks, "resolved") >= CHANGES);
      say("confirmed failure to webhook: %s", delays(webhooks, "opened", "openedAt").shown());
      say("confirmed recovery to webhook: %s", delays(webhooks, "resolved", "resolvedAt").shown());
      assertThat(server.anyone().answers("/health/live")).isTrue();
    }
  }

  private static int told(Webhooks webhooks, String event) {
    Set<String> monitors = new HashSet<>();
    webhooks
        .received(event)
        .forEach(r -> r.incidents().forEach(i -> monitors.add(i.getString("monitor"))));
    return monitors.size();
  }

  private static Distribution delays(Webhooks webhooks, String event, String time) {
    Distribution delays = new Distribution();
    webhooks.received(event).forEach(r -> delays.add(r.since(time).toNanos()));
    return delays;
  }

  @Test
  void a_thousand_failures_at_once_make_few_messages_and_so_does_their_end() throws IOException {
    try (TargetFarm farm = new TargetFarm();
        Webhooks webhooks = new Webhooks();
        Server server =
            AlertSetting.started(ServerPlan.named("bench-storm"), farm, webhooks, MONITORS, 0)) {
      allAreUp(farm);
      IntStream.range(0, MONITORS).forEach(i -> farm.fail("/t/" + i));
      storm(webhooks, "opened");
      IntStream.range(0, MONITORS).forEach(i -> farm.mend("/t/" + i));
      storm(webhooks, "resolved");
      webhooks.assertOnceAndInOrder();
      assertThat(server.anyone().answers("/health/live")).isTrue();
    }
  }

  private static void storm(Webhooks webhooks, String event) {
    Instant begin = Instant.now();
    Await.until("the first message", PATIENCE, () -> webhooks.told(event, begin) > 0);
    Await.elapsed(TWO_MINUTES);
    List<Webhooks.Received> soon =
        webhooks.received(event).stream()
            .filter(r -> !r.at().isBefore(begin)) // a cold server may have failed before
            .filter(r -> r.at().isBefore(begin.plus(TWO_MINUTES)))
            .toList();
    Duration first = Duration.between(begin, soon.get(0).at());
    Await.until("all are told", PATIENCE, () -> webhooks.told(event, begin) >= MONITORS);
    say(
        "1,000 %s at once: first message after %d ms, %d messages in two minutes, of %s",
        event,
        first.toMillis(),
        soon.size(),
        webhooks.received(event).stream().map(r -> r.incidents().size()).toList());
    assertThat(first).isLessThan(Duration.ofSeconds(5));
    assertThat(soon).hasSizeLessThanOrEqualTo(5);
  }
}
