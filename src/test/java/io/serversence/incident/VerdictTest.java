package io.serversence.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.monitor.MonitorState;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import io.serversence.monitor.Thresholds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Thresholds THREE_TWO = new Thresholds(3, 2);

  private VerdictState state = VerdictState.pending(START);
  private final List<Transition> transitions = new ArrayList<>();
  private int second;

  private void take(Thresholds thresholds, Outcome... outcomes) {
    for (Outcome outcome : outcomes) {
      Instant at = at(second++);
      Verdict.Result result = Verdict.step(state, sample(at, outcome), thresholds, at);
      state = result.state();
      if (result.transition() != null) {
        transitions.add(result.transition());
      }
    }
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  private static Sample sample(Instant at, Outcome outcome) {
    return new Sample(at, outcome, 1_000, Phases.UNREACHED, null, List.of());
  }

  @Test
  void the_first_success_of_a_pending_monitor_is_believed_at_once() {
    take(THREE_TWO, Outcome.UP);
    assertThat(transitions)
        .containsExactly(new Transition(MonitorState.PENDING, MonitorState.UP, at(0), null));
  }

  @Test
  void down_takes_as_many_failures_in_a_row_as_the_threshold_says_and_begins_with_the_first() {
    take(THREE_TWO, Outcome.UP, Outcome.DOWN, Outcome.DOWN);
    assertThat(state.shown()).isEqualTo(MonitorState.UP);
    assertThat(state.confirming(THREE_TWO)).isEqualTo(new Confirming(Outcome.DOWN, 2, 3));
    take(THREE_TWO, Outcome.DOWN);
    assertThat(state.confirming(THREE_TWO)).isNull();
    assertThat(transitions)
        .endsWith(
            new Transition(MonitorState.UP, MonitorState.DOWN, at(1), Transition.Effect.OPENS));
    assertThat(Verdict.firstFailure(state)).isEqualTo(at(1));
  }

  @Test
  void a_success_between_failures_starts_the_count_again() {
    take(THREE_TWO, Outcome.UP, Outcome.DOWN, Outcome.DOWN, Outcome.UP, Outcome.DOWN, Outcome.DOWN);
    assertThat(state.shown()).isEqualTo(MonitorState.UP);
  }

  @Test
  void recovery_takes_as_many_successes_as_the_threshold_says_and_ends_with_the_first() {
    take(THREE_TWO, Outcome.DOWN, Outcome.DOWN, Outcome.DOWN, Outcome.UP);
    assertThat(state.shown()).isEqualTo(MonitorState.DOWN);
    assertThat(state.confirming(THREE_TWO)).isEqualTo(new Confirming(Outcome.UP, 1, 2));
    take(THREE_TWO, Outcome.UP);
    assertThat(transitions)
        .endsWith(
            new Transition(MonitorState.DOWN, MonitorState.UP, at(3), Transition.Effect.RESOLVES));
    assertThat(Verdict.firstSuccess(state)).isEqualTo(at(3));
  }

  @Test
  void failing_and_degraded_samples_together_make_degraded() {
    take(THREE_TWO, Outcome.UP, Outcome.DEGRADED, Outcome.DOWN, Outcome.DEGRADED);
    assertThat(transitions)
        .endsWith(new Transition(MonitorState.UP, MonitorState.DEGRADED, at(1), null));
  }

  @Test
  void leaving_down_for_degraded_resolves_the_incident() {
    take(THREE_TWO, Outcome.DOWN, Outcome.DOWN, Outcome.DOWN, Outcome.DEGRADED, Outcome.DEGRADED);
    assertThat(transitions)
        .endsWith(
            new Transition(
                MonitorState.DOWN, MonitorState.DEGRADED, at(3), Transition.Effect.RESOLVES));
    take(THREE_TWO, Outcome.UP, Outcome.UP);
    assertThat(transitions)
        .endsWith(new Transition(MonitorState.DEGRADED, MonitorState.UP, at(5), null));
  }

  @Test
  void an_unknown_sample_neither_counts_nor_breaks_a_row() {
    take(THREE_TWO, Outcome.UP, Outcome.DOWN, Outcome.UNKNOWN, Outcome.DOWN, Outcome.UNKNOWN);
    assertThat(state.shown()).isEqualTo(MonitorState.UP);
    take(THREE_TWO, Outcome.DOWN);
    assertThat(state.shown()).isEqualTo(MonitorState.DOWN);
  }

  @Test
  void a_minute_without_a_judgement_is_unknown_until_the_next_judgement() {
    take(THREE_TWO, Outcome.UP);
    for (int i = 0; i <= 60; i++) {
      take(THREE_TWO, Outcome.UNKNOWN);
    }
    assertThat(transitions)
        .endsWith(new Transition(MonitorState.UP, MonitorState.UNKNOWN, at(1), null));
    assertThat(state.unjudgedSince()).isEqualTo(at(1));
    take(THREE_TWO, Outcome.DOWN);
    assertThat(transitions)
        .endsWith(new Transition(MonitorState.UNKNOWN, MonitorState.UP, at(62), null));
  }

  @Test
  void an_incident_stays_open_through_a_time_of_unknown() {
    take(new Thresholds(1, 1), Outcome.DOWN);
    for (int i = 0; i <= 60; i++) {
      take(THREE_TWO, Outcome.UNKNOWN);
    }
    take(new Thresholds(1, 1), Outcome.DOWN);
    assertThat(transitions).filteredOn(t -> t.incident() != null).hasSize(1);
    assertThat(state.shown()).isEqualTo(MonitorState.DOWN);
  }

  @Property(tries = 500)
  void openings_and_resolutions_alternate_and_every_transition_is_a_change(
      @ForAll @Size(max = 200) List<Outcome> outcomes,
      @ForAll @IntRange(min = 1, max = 5) int failure,
      @ForAll @IntRange(min = 1, max = 5) int success) {
    Thresholds thresholds = new Thresholds(failure, success);
    VerdictState s = VerdictState.pending(START);
    boolean open = false;
    int failing = 0;
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome outcome = outcomes.get(i);
      failing = outcome == Outcome.DOWN ? failing + 1 : outcome == Outcome.UNKNOWN ? failing : 0;
      Verdict.Result result = Verdict.step(s, sample(at(i), outcome), thresholds, at(i));
      Transition t = result.transition();
      if (t != null) {
        assertThat(t.from()).isEqualTo(s.shown()).isNotEqualTo(t.to());
        assertThat(t.to()).isEqualTo(result.state().shown());
        if (t.incident() != null) {
          assertThat(t.incident() == Transition.Effect.OPENS).isEqualTo(!open);
          open = !open;
        }
      } else {
        assertThat(result.state().shown()).isEqualTo(s.shown());
      }
      s = result.state();
      if (failing >= failure) {
        assertThat(s.settled()).isEqualTo(MonitorState.DOWN);
      }
      assertThat(open).isEqualTo(s.settled() == MonitorState.DOWN);
      Confirming confirming = s.confirming(thresholds);
      if (confirming != null) {
        assertThat(confirming.seen()).isBetween(1, confirming.of());
      }
    }
  }
}
