package io.serversence.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static List<Instant> bounds(Step step, String from, String to, ZoneId zone) {
    return step.bounds(Instant.parse(from), Instant.parse(to), zone, 2_000);
  }

  @Test
  void steps_are_whole_and_cover_the_window() {
    assertThat(
            bounds(
                Step.FIVE_MINUTES, "2026-11-22T10:14:59Z", "2026-11-22T10:20:01Z", ZoneOffset.UTC))
        .map(Instant::toString)
        .containsExactly(
            "2026-11-22T10:10:00Z",
            "2026-11-22T10:15:00Z",
            "2026-11-22T10:20:00Z",
            "2026-11-22T10:25:00Z");
  }

  @Test
  void a_window_that_ends_where_a_step_begins_does_not_take_that_step() {
    assertThat(bounds(Step.HOUR, "2026-11-22T10:00:00Z", "2026-11-22T11:00:00Z", ZoneOffset.UTC))
        .hasSize(2);
  }

  @Test
  void an_empty_window_has_no_steps() {
    assertThat(bounds(Step.HOUR, "2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z", ZoneOffset.UTC))
        .isEmpty();
  }

  @Test
  void days_begin_at_midnight_of_the_zone_and_differ_in_length_when_clocks_change() {
    List<Instant> spring = bounds(Step.DAY, "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", BERLIN);
    assertThat(spring)
        .map(Instant::toString)
        .containsExactly(
            "2026-03-27T23:00:00Z",
            "2026-03-28T23:00:00Z",
            "2026-03-29T22:00:00Z",
            "2026-03-30T22:00:00Z");
    List<Instant> autumn = bounds(Step.DAY, "2026-10-25T12:00:00Z", "2026-10-25T12:00:01Z", BERLIN);
    assertThat(Duration.between(autumn.get(0), autumn.get(1))).isEqualTo(Duration.ofHours(25));
  }

  @Test
  void a_day_that_a_zone_has_skipped_is_left_out() {
    assertThat(
            bounds(
                Step.DAY,
                "2011-12-29T12:00:00Z",
                "2011-12-31T12:00:00Z",
                ZoneId.of("Pacific/Apia")))
        .isSorted()
        .doesNotHaveDuplicates()
        .hasSize(4);
  }

  @Test
  void one_step_more_than_the_most_is_too_many() {
    Instant from = Instant.parse("2026-11-22T00:00:00Z");
    assertThat(Step.MINUTE.bounds(from, from.plus(Duration.ofMinutes(2_000)), BERLIN, 2_000))
        .hasSize(2_001);
    assertThat(
            Step.MINUTE.bounds(
                from, from.plus(Duration.ofMinutes(2_000)).plusMillis(1), BERLIN, 2_000))
        .isEmpty();
    assertThat(Step.DAY.bounds(Instant.EPOCH, Instant.parse("9999-12-31T00:00:00Z"), BERLIN, 2_000))
        .isEmpty();
  }
}
