package io.serversence.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Availability against a simulator that paints every single moment and so knows the truth. */
class TruthTest {
  @Test
  void availability_agrees_with_the_truth_to_the_millisecond_over_900_histories() {
    int failed = 0;
    for (int seed = 0; seed < 900; seed++) {
      Random random = new Random(seed);
      SimulatedHistory history = new SimulatedHistory(random, 600_000, 1);
      int from = random.nextInt(400_000);
      int to = from + 1 + random.nextInt(600_000 - from);
      Availability found =
          Availability.of(
              history.micros(from),
              history.micros(to),
              history.observation(),
              history.incidents().stream().map(d -> new Availability.Down(d, null)).toList(),
              history.maintenance());
      assertTruth(seed, found, history, from, to);
      failed += found.incidents() > 0 ? 1 : 0;
    }
    assertThat(failed)
        .as("histories with failures, for the test to mean something")
        .isGreaterThan(400);
  }

  private static void assertTruth(
      int seed, Availability found, SimulatedHistory truth, int from, int to) {
    BitSet counted = truth.counted(from, to);
    BitSet down = truth.down(from, to);
    int maintained = truth.maintained(from, to);
    assertThat(found.downtimeMs()).as("down %s", seed).isEqualTo(down.cardinality());
    assertThat(found.maintenanceMs()).as("maintenance %s", seed).isEqualTo(maintained);
    assertThat(found.unknownMs())
        .as("unknown %s", seed)
        .isEqualTo(to - from - maintained - counted.cardinality());
    assertThat(found.incidents()).as("incidents %s", seed).isEqualTo(truth.failures(from, to));
    if (counted.isEmpty()) {
      assertThat(found.availability()).isNull();
    } else {
      assertThat(found.availability())
          .as("availability %s", seed)
          .isCloseTo(1 - down.cardinality() / (double) counted.cardinality(), within(1e-12));
    }
    double coverage = truth.observed(from, to) / (double) (to - from);
    assertThat(found.coverage() == null ? 0 : found.coverage()).isCloseTo(coverage, within(1e-12));
  }

  @Test
  void days_on_which_clocks_change_agree_with_the_truth_over_100_histories() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    for (int seed = 0; seed < 100; seed++) {
      Instant start =
          Instant.parse(seed % 2 == 0 ? "2026-03-27T23:00:00Z" : "2026-10-23T22:00:00Z");
      SimulatedHistory history = new SimulatedHistory(new Random(seed), 300_000, 1_000, start);
      List<Instant> bounds = Step.DAY.bounds(start, start.plus(Duration.ofDays(3)), berlin, 2_000);
      Steps steps = new Steps(bounds);
      history.eachSample(steps::add);
      List<HistoryPoint> points =
          steps.points(
              history.observation().without(history.maintenance()),
              Spans.union(history.incidents()));
      assertThat(points).hasSizeBetween(3, 4);
      for (int i = 0; i < points.size(); i++) {
        int from = (int) Duration.between(start, bounds.get(i)).toSeconds();
        int to = (int) Duration.between(start, bounds.get(i + 1)).toSeconds();
        HistoryPoint point = points.get(i);
        assertThat(point.samples()).as("samples %s", seed).isEqualTo(history.samples(from, to));
        int counted = history.counted(from, to).cardinality();
        if (point.samples() == 0 || counted == 0) {
          assertThat(point.availability()).isNull();
        } else {
          assertThat(point.availability())
              .as("day %s of %s", i, seed)
              .isCloseTo(
                  1 - history.down(from, to).cardinality() / (double) counted, within(1e-12));
        }
      }
    }
  }
}
