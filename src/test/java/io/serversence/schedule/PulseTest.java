package io.serversence.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PulseTest {
  private static final long SECOND = 1_000_000_000L;
  private final Pulse pulse = new Pulse(0);

  @Test
  void regular_ticks_are_no_gap() {
    for (int i = 1; i < 100; i++) {
      pulse.beat(i * SECOND);
    }
    assertThat(pulse.unwellBetween(0, 99 * SECOND)).isFalse();
    assertThat(pulse.gaps()).isZero();
  }

  @Test
  void what_ran_during_a_stop_is_unwell_even_before_the_first_tick_after_it() {
    pulse.beat(SECOND);
    assertThat(pulse.unwellBetween(SECOND, 21 * SECOND)).isTrue();
    pulse.beat(21 * SECOND);
    assertThat(pulse.unwellBetween(SECOND, 22 * SECOND)).isTrue();
    assertThat(pulse.unwellBetween(20 * SECOND, 22 * SECOND)).isTrue();
    assertThat(pulse.unwellBetween(21 * SECOND, 22 * SECOND)).isFalse();
    assertThat(pulse.endOfLatestGap(7)).isEqualTo(21 * SECOND);
  }
}
