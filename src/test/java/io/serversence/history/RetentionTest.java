package io.serversence.history;

import static io.serversence.history.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.monitor.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class RetentionTest {
  private static final Duration KEPT = Duration.ofDays(14);
  private static final Instant LIMIT = NOW.minus(KEPT);

  @Parameter Backend backend;

  private Database database;
  private SampleStore samples;
  private MonitorStore monitors;
  private Ledger ledger;
  private Retention retention;

  @BeforeEach
  void open() {
    database = backend.cleared();
    samples = new SampleStore(database);
    monitors = new MonitorStore(database);
    ledger = new Ledger(database);
    retention = new Retention(database, KEPT);
  }

  private int watched(String id, int seconds) {
    int n = monitors.insert(Given.monitor(id), false, NOW).n();
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < seconds; i++) {
      facts.add(Given.taken(n, LIMIT.minusSeconds(seconds - i)));
    }
    ledger.write(facts);
    return n;
  }

  private List<Instant> left(int n) {
    return samples.page(n, Instant.EPOCH, NOW.plusSeconds(1), Set.of(), null, 100_000).stream()
        .map(Sample::at)
        .toList();
  }

  @Test
  void what_is_too_old_goes_but_for_the_last_sample_that_may_reach_into_the_kept_time() {
    int n = watched("a", 10);
    ledger.write(List.of(Given.taken(n, LIMIT), Given.taken(n, NOW)));
    retention.round(NOW);
    assertThat(left(n)).containsExactly(NOW, LIMIT, LIMIT.minusSeconds(1));
    assertThat(retention.forgotten()).isEqualTo(9);
  }

  @Test
  void the_last_sample_of_a_monitor_stays_however_old() {
    int n = watched("a", 1);
    retention.round(NOW);
    assertThat(left(n)).hasSize(1);
  }

  @Test
  void one_round_forgets_a_bounded_number_of_rows_and_the_next_goes_on() {
    int a = watched("a", 12_001);
    int b = watched("b", 11);
    retention.round(NOW);
    assertThat(retention.forgotten()).isEqualTo(10_000);
    retention.round(NOW.plusSeconds(1));
    assertThat(retention.forgotten()).isEqualTo(12_010);
    assertThat(left(a)).hasSize(1);
    assertThat(left(b)).hasSize(1);
  }

  @Test
  void monitors_are_walked_over_again_after_a_while_and_not_before() {
    int n = watched("a", 2);
    retention.round(NOW);
    ledger.write(List.of(Given.taken(n, LIMIT)));
    Instant later = NOW.plusSeconds(60);
    retention.round(later);
    assertThat(left(n)).hasSize(2);
    retention.round(NOW.plusSeconds(600));
    assertThat(left(n)).hasSize(1);
  }
}
