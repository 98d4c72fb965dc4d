package io.serversence.history;

import static io.serversence.history.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.monitor.ConfiguredMonitor;
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
  private static final Duration DAY = Duration.ofDays(1);

  @Parameter Backend backend;

  private Database database;
  private ConfiguredMonitor monitor;
  private Retention retention;
  private HistoryStore history;

  @BeforeEach
  void open() {
    database = backend.cleared();
    monitor =
        new MonitorStore(database)
            .insert(
                Given.monitor("a", ",'interval':'10s'"), false, NOW.minus(DAY.multipliedBy(999)));
    retention = new Retention(database, RetentionTimes.DEFAULT);
    history = new HistoryStore(database, RetentionTimes.DEFAULT, List::of);
  }

  /** Seventy samples of a minute, so long ago. */
  private void took(int... days) {
    List<Fact> facts = new ArrayList<>();
    for (int day : days) {
      for (int i = 0; i < 70; i++) {
        facts.add(Given.taken(monitor.n(), NOW.minus(DAY.multipliedBy(day)).plusMillis(500L * i)));
      }
    }
    new Ledger(database).write(facts);
  }

  private List<Instant> left() {
    return new SampleStore(database)
        .page(monitor.n(), Instant.EPOCH, NOW.plus(DAY), Set.of(), null, 100_000).stream()
            .map(Sample::at)
            .toList();
  }

  private long count(Step step, int day) {
    Instant from =
        NOW.minus(DAY.multipliedBy(day))
            .minusSeconds(930)
            .truncatedTo(java.time.temporal.ChronoUnit.DAYS);
    return history
        .points(monitor, step, List.of(from, from.plus(DAY)), NOW.plusSeconds(100))
        .get(0)
        .samples();
  }

  @Test
  void each_resolution_is_forgotten_at_its_age_and_days_never() {
    took(10, 20, 40, 100, 800, 0);
    Given.folded(database, NOW.plus(DAY));
    retention.round(NOW);

    assertThat(left()).hasSize(140);
    assertThat(count(Step.MINUTE, 10)).isEqualTo(70);
    assertThat(count(Step.MINUTE, 20)).isEqualTo(70);
    assertThat(count(Step.MINUTE, 40)).isZero();
    assertThat(count(Step.FIVE_MINUTES, 40)).isEqualTo(70);
    assertThat(count(Step.FIVE_MINUTES, 100)).isZero();
    assertThat(count(Step.HOUR, 100)).isEqualTo(70);
    assertThat(count(Step.HOUR, 800)).isZero();
    assertThat(count(Step.DAY, 800)).isEqualTo(70);
    assertThat(retention.samples()).isEqualTo(4);
    assertThat(retention.minutes()).isEqualTo(3);
    assertThat(retention.fiveMinutes()).isEqualTo(2);
    assertThat(retention.hours()).isEqualTo(1);
  }

  @Test
  void the_finest_step_is_told_by_what_is_kept() {
    took(20, 0);
    assertThat(finest(13)).isEqualTo(Step.MINUTE);
    Given.folded(database, NOW.plus(DAY));
    assertThat(finest(21)).isEqualTo(Step.MINUTE);
    took(19); // one more hour than has minutes
    Given.folded(database, NOW.plus(DAY));
    database.write(
        em -> em.createQuery("delete from RollupRow r where r.step = 0").executeUpdate());
    assertThat(finest(21)).isEqualTo(Step.FIVE_MINUTES);
    assertThat(finest(91)).isEqualTo(Step.HOUR);
    assertThat(finest(731)).isEqualTo(Step.DAY);
  }

  private Step finest(int days) {
    return history.finest(monitor, NOW.minus(DAY.multipliedBy(days)), NOW);
  }

  @Test
  void what_is_not_folded_yet_stays_and_so_does_the_newest_sample_however_old() {
    took(100);
    retention.round(NOW);
    assertThat(left()).hasSize(70);
    Given.folded(database, NOW);
    retention.round(NOW.plus(DAY));
    assertThat(left()).hasSize(1);
  }

  @Test
  void monitors_are_walked_over_again_after_a_while_and_not_before() {
    retention.round(NOW);
    took(100, 0);
    Given.folded(database, NOW.plus(DAY));
    retention.round(NOW.plusSeconds(60));
    assertThat(retention.samples()).isZero();
    retention.round(NOW.plusSeconds(600));
    assertThat(retention.samples()).isEqualTo(1);
  }
}
