package io.serversence.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.history.Availability.Down;
import io.serversence.history.Spans.Span;
import io.serversence.monitor.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AvailabilityTest {
  private static final long MS = 1_000;

  private static Availability of(Spans observed, List<Span> downs, Spans maintenance) {
    return Availability.of(0, 1_000 * MS, observed, incidents(downs), maintenance);
  }

  private static List<Down> incidents(List<Span> downs) {
    return downs.stream().map(time -> new Down(time, null)).toList();
  }

  private static Spans spans(long fromMs, long toMs) {
    return Spans.of(fromMs * MS, toMs * MS);
  }

  private static Span down(long fromMs, long toMs) {
    return new Span(fromMs * MS, toMs * MS);
  }

  @Test
  void a_window_without_failure_is_wholly_available() {
    assertThat(of(spans(0, 1_000), List.of(), Spans.NONE))
        .isEqualTo(new Availability(1.0, 1.0, 0, 0, 0, 0, null, null, null, null));
  }

  @Test
  void nothing_observed_is_not_available_and_not_down_but_unknown() {
    assertThat(of(Spans.NONE, List.of(down(0, 500)), Spans.NONE))
        .isEqualTo(new Availability(null, null, 0, 0, 1_000, 0, null, null, null, null));
  }

  @Test
  void a_gap_lowers_coverage_and_never_raises_availability() {
    Availability whole = of(spans(0, 1_000), List.of(down(100, 300)), Spans.NONE);
    Availability gap =
        of(
            Spans.union(List.of(down(0, 200), down(300, 1_000))),
            List.of(down(100, 300)),
            Spans.NONE);
    assertThat(whole.availability()).isEqualTo(0.8);
    assertThat(gap.coverage()).isEqualTo(0.9);
    assertThat(gap.unknownMs()).isEqualTo(100);
    assertThat(gap.downtimeMs()).isEqualTo(100);
    assertThat(gap.availability()).isEqualTo(1 - 100 / 900.0);
  }

  @Test
  void maintenance_counts_neither_way() {
    Availability found = of(spans(0, 1_000), List.of(down(100, 300)), spans(200, 600));
    assertThat(found)
        .isEqualTo(new Availability(1 - 100 / 600.0, 1.0, 100, 400, 0, 1, null, 100L, 500L, 100L));
  }

  @Test
  void an_incident_wholly_in_maintenance_is_none() {
    assertThat(of(spans(0, 1_000), List.of(down(250, 300)), spans(200, 600)).incidents()).isZero();
  }

  @Test
  void only_what_lies_in_the_window_counts() {
    Availability found =
        of(
            spans(-5_000, 5_000),
            List.of(
                down(-900, -800),
                down(-300, 100),
                down(500, 501),
                new Span(900 * MS, Long.MAX_VALUE)),
            Spans.NONE);
    assertThat(found)
        .isEqualTo(new Availability(1 - 0.201, 1.0, 201, 0, 0, 3, null, 67L, 266L, 100L));
  }

  @Test
  void the_time_to_acknowledge_is_the_mean_of_the_counted_incidents_that_were() {
    List<Down> incidents =
        List.of(
            new Down(down(100, 110), 20 * MS),
            new Down(down(200, 210), 41 * MS),
            new Down(down(300, 310), null),
            new Down(down(500, 510), 900 * MS), // in maintenance
            new Down(down(-90, -80), 900 * MS));
    Availability found =
        Availability.of(0, 1_000 * MS, spans(0, 1_000), incidents, spans(500, 600));
    assertThat(found.incidents()).isEqualTo(3);
    assertThat(found.mttaMs()).isEqualTo(31);
  }

  @Test
  void an_empty_window_has_no_shares() {
    assertThat(Availability.of(5, 5, Spans.of(0, 10), List.of(), Spans.NONE))
        .isEqualTo(new Availability(null, null, 0, 0, 0, 0, null, null, null, null));
  }

  @Test
  void a_sample_covers_the_time_until_the_next_and_at_most_its_reach() {
    Observation observation = new Observation();
    observation.add(100, 50, Outcome.UP);
    observation.add(130, 50, Outcome.DOWN);
    observation.add(300, 50, Outcome.UP);
    assertThat(observation.until(320).list())
        .containsExactly(new Span(100, 180), new Span(300, 320));
  }

  @Test
  void a_sample_that_could_not_judge_ends_the_observation() {
    Observation observation = new Observation();
    observation.add(100, 50, Outcome.UP);
    observation.add(120, 50, Outcome.UNKNOWN);
    observation.add(140, 50, Outcome.DEGRADED);
    assertThat(observation.until(1_000).list())
        .containsExactly(new Span(100, 120), new Span(140, 190));
  }

  @Test
  void moments_survive_the_way_to_microseconds_and_back() {
    Instant before = Instant.parse("1969-12-31T23:59:59.999999Z");
    assertThat(Availability.instant(Availability.micros(before))).isEqualTo(before);
    assertThat(Availability.instant(Availability.micros(Given.NOW))).isEqualTo(Given.NOW);
    assertThat(Availability.micros(Duration.ofMillis(1_500))).isEqualTo(1_500_000);
  }

  @Test
  void several_monitors_are_added_up_by_their_time_and_their_incidents() {
    Tally one =
        Tally.of(
            0,
            1_000 * MS,
            spans(0, 1_000),
            List.of(new Down(down(0, 100), 10 * MS), new Down(down(500, 800), 30 * MS)),
            Spans.NONE);
    Tally other =
        Tally.of(0, 1_000 * MS, spans(0, 200), List.of(new Down(down(0, 50), null)), Spans.NONE);
    assertThat(Tally.NONE.and(one).and(other).figures())
        .isEqualTo(new Availability(1 - 450 / 1_200.0, 0.6, 450, 0, 800, 3, 20L, 150L, 250L, 300L));
  }
}
