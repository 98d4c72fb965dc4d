package io.serversence.history;

import static io.serversence.history.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.monitor.ConditionResult;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class SampleStoreTest {
  private static final Instant END = NOW.plus(Duration.ofDays(1));

  @Parameter Backend backend;

  private Database database;
  private SampleStore samples;
  private Ledger ledger;

  @BeforeEach
  void open() {
    database = backend.cleared();
    samples = new SampleStore(database);
    ledger = new Ledger(database);
  }

  private void take(int n, Sample... taken) {
    List<Fact> facts = new ArrayList<>();
    for (Sample sample : taken) {
      facts.add(new Fact.SampleTaken(n, "m", sample));
    }
    ledger.write(facts);
  }

  private List<Sample> page(@Nullable Instant before, int limit) {
    return samples.page(1, NOW, END, Set.of(), before, limit);
  }

  @Test
  void a_sample_is_read_back_as_it_was() {
    Sample full =
        new Sample(
            NOW,
            Outcome.DOWN,
            Long.MAX_VALUE,
            new Phases(0, 1, -1, Long.MAX_VALUE, 4),
            Given.NASTY,
            List.of(
                new ConditionResult("[BODY] == x", "[BODY] (" + Given.NASTY + ") == x", false),
                new ConditionResult("[STATUS] == 1", "[STATUS] == 1", true)));
    Sample bare = new Sample(NOW.plusMillis(1), Outcome.UP, 0, Phases.UNREACHED, null, List.of());
    take(1, full, bare);
    assertThat(page(null, 10)).containsExactly(bare, full);
  }

  @Test
  void a_long_text_is_kept_whole() {
    Sample verbose =
        new Sample(NOW, Outcome.DOWN, 1, Phases.UNREACHED, "💥x".repeat(4_000), List.of());
    take(1, verbose);
    assertThat(page(null, 10)).containsExactly(verbose);
  }

  @Test
  void what_no_database_can_store_is_replaced_and_stops_nothing() {
    take(1, new Sample(NOW, Outcome.DOWN, 1, Phases.UNREACHED, "a\0b\uD83Dc\uDE00", List.of()));
    assertThat(ledger.refused()).isZero();
    assertThat(page(null, 1).get(0).message()).matches("a.b.c.").doesNotContain("\uD83D");
  }

  @Test
  void the_window_takes_its_start_and_not_its_end() {
    take(1, Given.sample(NOW.minusNanos(1_000)), Given.sample(NOW), Given.sample(END));
    assertThat(page(null, 10)).extracting(Sample::at).containsExactly(NOW);
  }

  @Test
  void samples_of_other_monitors_stay_out() {
    take(1, Given.sample(NOW));
    take(2, Given.sample(NOW), Given.sample(NOW.plusSeconds(1)));
    assertThat(page(null, 10)).hasSize(1);
  }

  @Test
  void only_the_wanted_outcomes_are_told() {
    for (Outcome outcome : Outcome.values()) {
      take(1, Given.sample(NOW.plusSeconds(outcome.code()), outcome));
    }
    assertThat(samples.page(1, NOW, END, Set.of(Outcome.DOWN, Outcome.UNKNOWN), null, 10))
        .extracting(Sample::outcome)
        .containsExactly(Outcome.UNKNOWN, Outcome.DOWN);
    assertThat(samples.page(1, NOW, END, Set.of(Outcome.DEGRADED), null, 10)).hasSize(1);
  }

  @Test
  void pages_stay_right_while_newer_samples_are_added() {
    List<Sample> old = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      Sample sample = Given.sample(NOW.plusMillis(i));
      old.add(0, sample);
      take(1, sample);
    }
    List<Sample> read = new ArrayList<>();
    Instant before = null;
    for (int i = 0; i < 4; i++) {
      List<Sample> page = page(before, 7);
      read.addAll(page);
      before = page.get(page.size() - 1).at();
      take(1, Given.sample(NOW.plusSeconds(10 + i)));
    }
    assertThat(read).isEqualTo(old);
    assertThat(page(before, 7)).isEmpty();
  }

  @Test
  void samples_a_microsecond_apart_are_two() {
    take(1, Given.sample(NOW), Given.sample(NOW.plusNanos(1_000)));
    assertThat(page(null, 1)).extracting(Sample::at).containsExactly(NOW.plusNanos(1_000));
    assertThat(page(NOW.plusNanos(1_000), 1)).extracting(Sample::at).containsExactly(NOW);
  }

  @Test
  void the_latest_sample_of_each_monitor_is_found() {
    MonitorStore monitors = new MonitorStore(database);
    ConfiguredMonitor a = monitors.insert(Given.monitor("a"), false, NOW);
    ConfiguredMonitor b = monitors.insert(Given.monitor("b"), false, NOW);
    ConfiguredMonitor unprobed = monitors.insert(Given.monitor("c"), false, NOW);
    take(a.n(), Given.sample(NOW.plusSeconds(1)), Given.sample(NOW));
    take(b.n(), Given.sample(NOW));
    assertThat(samples.latest()).doesNotContainKey(unprobed.n()).hasSize(2);
    assertThat(samples.latest().get(a.n()).at()).isEqualTo(NOW.plusSeconds(1));
  }
}
