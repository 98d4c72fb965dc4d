package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.monitor.Monitor;
import io.serversence.monitor.Observation;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JudgementTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
  private static final String HOLDS = "[CONNECTED] == true";

  /** What a probe saw that could connect, or could not. */
  private record Seen(boolean connected) implements Observation {
    @Override
    public Integer status() {
      return null;
    }

    @Override
    public Duration responseTime() {
      return Duration.ofMillis(5);
    }

    @Override
    public String ip() {
      return null;
    }

    @Override
    public String body() {
      return "";
    }

    @Override
    public Duration certificateExpiration() {
      return null;
    }

    @Override
    public String header(String name) {
      return null;
    }
  }

  private static Sample judge(Monitors with, boolean connected, Failure failure) {
    Monitor monitor = with.tcp("localhost", 1, null, null);
    return Judgement.sample(monitor, new Seen(connected), failure, AT, 5_000, Phases.UNREACHED);
  }

  @Test
  void all_conditions_hold_is_up() {
    Sample sample = judge(Monitors.with().condition(HOLDS).condition(HOLDS), true, null);
    assertThat(sample.outcome()).isEqualTo(Outcome.UP);
    assertThat(sample.message()).isNull();
    assertThat(sample.at()).isEqualTo(AT);
    assertThat(sample.latency()).isEqualTo(5_000);
    assertThat(sample.conditions()).hasSize(2).allMatch(c -> c.ok());
  }

  @Test
  void an_unmet_condition_is_down_and_named() {
    Sample sample = judge(Monitors.with().condition(HOLDS), false, null);
    assertThat(sample.outcome()).isEqualTo(Outcome.DOWN);
    assertThat(sample.message()).startsWith("[CONNECTED]").endsWith(" does not hold");
    assertThat(sample.conditions()).singleElement().matches(c -> !c.ok());
  }

  @Test
  void of_many_unmet_conditions_the_first_are_named() {
    Monitors five = Monitors.with();
    for (int i = 0; i < 5; i++) {
      five.condition(HOLDS);
    }
    Sample sample = judge(five, false, null);
    assertThat(sample.message()).endsWith(" and 2 more do not hold");
    assertThat(sample.message().split(", ")).hasSize(3);
  }

  @Test
  void any_degrading_condition_degrades_what_is_up() {
    Monitors with = Monitors.with().condition(HOLDS).degradedWhen(HOLDS);
    Sample sample = judge(with, true, null);
    assertThat(sample.outcome()).isEqualTo(Outcome.DEGRADED);
    assertThat(sample.message()).startsWith("degraded: [CONNECTED]");
    assertThat(sample.conditions()).hasSize(1);
    assertThat(judge(with, false, null).outcome()).isEqualTo(Outcome.DOWN);
  }

  @Test
  void a_failure_goes_before_the_conditions() {
    Sample down = judge(Monitors.with(), true, Failure.of("broken"));
    assertThat(down.outcome()).isEqualTo(Outcome.DOWN);
    assertThat(down.message()).isEqualTo("broken");
    assertThat(down.conditions()).hasSize(1);
    Sample unknown = judge(Monitors.with(), false, Failure.ours("ours"));
    assertThat(unknown.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(unknown.message()).isEqualTo("ours");
  }
}
