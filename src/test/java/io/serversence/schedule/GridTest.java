package io.serversence.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class GridTest {
  private static final long SECOND = 1_000_000_000L;

  @Property
  void the_next_due_time_is_the_first_on_the_grid_after_a_time(
      @ForAll long origin,
      @ForAll @LongRange(min = SECOND, max = 86_400 * SECOND) long interval,
      @ForAll @LongRange(min = 0, max = 1_000_000 * SECOND) long elapsed) {
    long start = origin / 4; // the monotonic clock may be anything, but does not wrap in an age
    long phase = Grid.phase("shop-front", interval);
    assertThat(phase).isBetween(0L, interval - 1);
    long next = Grid.next(start, phase, interval, start + elapsed);
    assertThat(next).isGreaterThan(start + elapsed).isLessThanOrEqualTo(start + elapsed + interval);
    assertThat(Math.floorMod(next - start - phase, interval)).isZero();
  }

  @Test
  void due_times_that_were_passed_over_are_counted() {
    assertThat(Grid.between(0, 0, SECOND, 0, 0)).isZero();
    assertThat(Grid.between(0, 0, SECOND, SECOND, 4 * SECOND + 1)).isEqualTo(3);
  }

  @Test
  void similar_keys_are_spread_evenly_over_the_interval() {
    int[] tenths = new int[10];
    IntStream.range(0, 10_000)
        .forEach(i -> tenths[(int) (Grid.phase("monitor-" + i, SECOND) * 10 / SECOND)]++);
    for (int n : tenths) {
      assertThat(n).isBetween(850, 1_150);
    }
  }
}
