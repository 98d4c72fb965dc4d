package io.serversence.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The pure rules: flapping, quiet hours, backoff. */
class AlertRulesTest {
  private static Flapping after(String checks) {
    Flapping flapping = Flapping.NONE;
    for (int i = 0; i < checks.length(); i++) {
      flapping = flapping.next(checks.charAt(i) == 'D', FlappingLimits.DEFAULT);
    }
    return flapping;
  }

  @Test
  void a_change_at_each_check_is_a_hundred_percent() {
    assertThat(after("UDUDUDUDUDUDUDUDUDUDU").share()).isBetween(99.999, 100.001);
  }

  @Test
  void a_newer_change_weighs_more() {
    assertThat(after("UUUUUUUUUUUUUUUUUUUUD").share()).isBetween(5.99, 6.01);
    assertThat(after("UDDDDDDDDDDDDDDDDDDDD").share()).isBetween(3.99, 4.01);
  }

  @Test
  void an_outage_is_no_flapping_and_a_steady_monitor_stops_flapping() {
    assertThat(after("UUUUDDDDDUUUUU").on()).isFalse();
    assertThat(after("DDDDD").share()).isZero();
    Flapping flaps = after("UDUDUDUDUDUDUDU");
    assertThat(flaps.on()).isTrue();
    for (int i = 0; i < Flapping.CHECKS; i++) {
      flaps = flaps.next(false, FlappingLimits.DEFAULT);
    }
    assertThat(flaps.on()).isFalse();
  }

  @Test
  void the_limits_say_when_it_begins_and_ends() {
    FlappingLimits early = new FlappingLimits(10, 20);
    FlappingLimits never = new FlappingLimits(99, 100);
    Flapping flaps = Flapping.NONE;
    Flapping calm = Flapping.NONE;
    for (int i = 0; i < 6; i++) {
      flaps = flaps.next(i % 2 == 1, early);
      calm = calm.next(i % 2 == 1, never);
    }
    assertThat(flaps.on()).isTrue();
    assertThat(calm.share()).isEqualTo(flaps.share());
    assertThat(calm.on()).isFalse();
    while (flaps.share() > 10) {
      assertThat(flaps.on()).isTrue();
      flaps = flaps.next(true, early);
    }
    assertThat(flaps.on()).isFalse();
  }

  @Property
  void the_share_of_changes_is_a_percentage(@ForAll @IntRange(min = 0, max = 0x1FFFFF) int bits) {
    assertThat(new Flapping(bits, 21, false).share()).isBetween(0.0, 100.001);
  }

  @Test
  void quiet_hours_over_midnight_belong_to_the_day_on_which_they_begin() {
    QuietHours friday =
        new QuietHours(
            ZoneId.of("Europe/Berlin"),
            LocalTime.of(22, 0),
            LocalTime.of(6, 0),
            Set.of(DayOfWeek.FRIDAY));
    assertThat(friday.cover(Instant.parse("2026-11-20T21:00:00Z"))).isTrue(); // Friday 22:00
    assertThat(friday.cover(Instant.parse("2026-11-20T20:59:59Z"))).isFalse();
    assertThat(friday.cover(Instant.parse("2026-11-21T04:59:59Z"))).isTrue();
    assertThat(friday.cover(Instant.parse("2026-11-21T05:00:00Z"))).isFalse();
    assertThat(friday.cover(Instant.parse("2026-11-21T21:30:00Z"))).isFalse();
  }

  @Property
  void a_retry_comes_within_its_bound_and_never_sooner_than_asked_for(
      @ForAll @IntRange(min = 1, max = 10_000) int attempts,
      @ForAll @LongRange(min = 0, max = 10_000) long asked,
      @ForAll long seed) {
    Duration plain = Backoff.after(attempts, null, new Random(seed));
    assertThat(plain).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(5).plusMillis(1));
    assertThat(Backoff.after(attempts, Duration.ofSeconds(asked), new Random(seed)))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(Math.min(asked, 3_600)))
        .isLessThanOrEqualTo(Duration.ofHours(1).plusMillis(1));
  }
}
