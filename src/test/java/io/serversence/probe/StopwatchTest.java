package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.monitor.Phases;
import org.junit.jupiter.api.Test;

class StopwatchTest {
  private final Stopwatch watch = new Stopwatch();

  @Test
  void what_was_not_reached_is_none() {
    assertThat(watch.phases()).isEqualTo(Phases.UNREACHED);
    watch.enter(Stopwatch.RESOLVE, 1_000);
    watch.stop(3_999);
    assertThat(watch.phases())
        .isEqualTo(new Phases(2, Phases.NONE, Phases.NONE, Phases.NONE, Phases.NONE));
  }

  @Test
  void hops_add_up() {
    long now = Long.MAX_VALUE - 5_000; // the clock may run over
    for (int hop = 0; hop < 2; hop++) {
      watch.enter(Stopwatch.RESOLVE, now);
      watch.enter(Stopwatch.CONNECT, now + 1_000);
      watch.enter(Stopwatch.CONNECT, now + 2_000); // the next address
      watch.enter(Stopwatch.PROCESSING, now + 4_000);
      watch.enter(Stopwatch.TRANSFER, now + 8_000);
      watch.enter(Stopwatch.TRANSFER, now + 9_000);
      now += 16_000;
    }
    watch.stop(now);
    watch.stop(now + 99_000);
    assertThat(watch.phases()).isEqualTo(new Phases(2, 6, Phases.NONE, 8, 16));
  }
}
