package io.serversence.history;

import static io.serversence.history.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.incident.Incident;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import io.serversence.mute.Match;
import io.serversence.mute.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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
class HistoryStoreTest {
  private static final Instant HOUR = Instant.parse("2026-11-22T10:00:00Z");
  private static final Duration REACH = Duration.ofSeconds(70);

  @Parameter Backend backend;

  private Database database;
  private MonitorStore monitors;
  private HistoryStore history;
  private Ledger ledger;
  private ConfiguredMonitor monitor;
  private List<Window> windows = List.of();

  @BeforeEach
  void open() {
    database = backend.cleared();
    monitors = new MonitorStore(database);
    history = new HistoryStore(database, RetentionTimes.DEFAULT, () -> windows);
    ledger = new Ledger(database);
    monitor = monitors.insert(Given.monitor("a"), false, NOW);
  }

  private void take(Instant at, Outcome outcome, long latency, Duration reach) {
    Sample sample = new Sample(at, outcome, latency, Phases.UNREACHED, null, List.of());
    ledger.write(List.of(new Fact.SampleTaken(monitor.n(), "a", sample, reach)));
  }

  /** A sample a minute, of a latency of as many milliseconds as the minute says. */
  private void minutes(int from, int to) {
    List<Fact> facts = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Sample sample =
          new Sample(
              HOUR.plusSeconds(60L * i), Outcome.UP, 1_000L * i, Phases.UNREACHED, null, List.of());
      facts.add(new Fact.SampleTaken(monitor.n(), "a", sample, REACH));
    }
    ledger.write(facts);
  }

  private Availability availability(int fromMinute, int toMinute) {
    return history.availability(
        monitor,
        HOUR.plusSeconds(60L * fromMinute),
        HOUR.plusSeconds(60L * toMinute),
        HOUR.plusSeconds(100_000));
  }

  @Test
  void a_monitor_without_samples_has_points_without_figures() {
    assertThat(history.points(monitor, Step.MINUTE, List.of(HOUR, NOW), NOW))
        .containsExactly(new HistoryPoint(HOUR, 0, 0, 0, 0, 0, null, null, null, null, null, null));
    assertThat(availability(0, 60).availability()).isNull();
    assertThat(history.points(monitor, Step.MINUTE, List.of(), NOW)).isEmpty();
  }

  @Test
  void points_count_outcomes_and_tell_latencies_within_one_per_cent() {
    minutes(0, 60);
    take(HOUR.plusSeconds(3_661), Outcome.DEGRADED, 5_000, REACH);
    take(HOUR.plusSeconds(3_662), Outcome.DOWN, 9_000, REACH);
    take(HOUR.plusSeconds(3_663), Outcome.UNKNOWN, 1, REACH);

    List<HistoryPoint> points =
        history.points(
            monitor,
            Step.HOUR,
            List.of(
                HOUR, HOUR.plusSeconds(3_600), HOUR.plusSeconds(7_200), HOUR.plusSeconds(9_000)),
            HOUR.plusSeconds(100_000));

    assertThat(points).hasSize(3);
    HistoryPoint first = points.get(0);
    assertThat(first.samples()).isEqualTo(60);
    assertThat(first.up()).isEqualTo(60);
    assertThat(first.availability()).isEqualTo(1.0);
    assertThat(first.p50()).isCloseTo(29_000, within(400.0));
    assertThat(first.p99()).isCloseTo(58_000, within(700.0));
    assertThat(first.min()).isZero();
    assertThat(first.max()).isEqualTo(59_000.0);
    HistoryPoint second = points.get(1);
    assertThat(List.of(second.up(), second.degraded(), second.down(), second.unknown()))
        .containsExactly(0L, 1L, 1L, 1L);
    assertThat(second.min()).isEqualTo(5_000.0);
    assertThat(points.get(2).samples()).isZero();
    assertThat(points.get(2).availability()).isNull();
  }

  @Test
  void time_in_maintenance_counts_neither_for_nor_against() {
    minutes(0, 60);
    assertThat(availability(0, 60).maintenanceMs()).isZero();
    Match others = new Match(List.of("no-such-tag"), List.of(), List.of(), List.of());
    Instant start = HOUR.plusSeconds(600);
    Duration ten = Duration.ofMinutes(10);
    Instant later = start.plusSeconds(300);
    windows =
        List.of(
            new Window("a", "a", Match.ALL, start, ten, "FREQ=DAILY", ZoneOffset.UTC),
            new Window("b", "b", Match.ALL, later, ten, null, ZoneOffset.UTC),
            new Window("c", "c", others, HOUR, Duration.ofMinutes(40), null, ZoneOffset.UTC));

    Availability availability = availability(0, 60);

    assertThat(availability.maintenanceMs()).isEqualTo(15 * 60_000);
    assertThat(availability.unknownMs()).isZero();
    assertThat(availability.coverage()).isEqualTo(1.0);
    List<Instant> bounds = List.of(start, start.plus(ten), start.plus(ten).plus(ten));
    assertThat(history.points(monitor, Step.MINUTE, bounds, HOUR.plusSeconds(100_000)))
        .extracting(HistoryPoint::availability)
        .containsExactly(null, 1.0);
  }

  @Test
  void a_sample_before_the_window_reaches_into_it() {
    minutes(0, 1);
    assertThat(availability(1, 2).unknownMs()).isEqualTo(50_000);
    assertThat(availability(2, 3).coverage()).isNull();
  }

  @Test
  void samples_kept_without_a_reach_have_that_of_the_monitor() {
    take(HOUR, Outcome.UP, 1, null);
    assertThat(monitor.monitor().reach()).isEqualTo(REACH);
    assertThat(availability(0, 60).unknownMs()).isEqualTo(3_600_000 - 70_000);
  }

  @Test
  void more_rows_than_are_read_at_once_are_all_counted() {
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < 10_001; i++) {
      facts.add(Given.taken(monitor.n(), HOUR.plusMillis(100L * i)));
    }
    ledger.write(facts);
    assertThat(
            history
                .points(monitor, Step.MINUTE, List.of(HOUR, HOUR.plusSeconds(3_600)), NOW)
                .get(0)
                .samples())
        .isEqualTo(10_001);
  }

  @Test
  void downtime_is_from_the_first_failure_to_the_first_success_of_every_incident() {
    minutes(0, 60);
    Incident first = Given.incident(monitor.n(), HOUR.plusSeconds(600));
    Incident second = Given.incident(monitor.n(), HOUR.plusSeconds(3_000));
    ledger.write(List.of(Given.opened(first), Given.resolved(first.id(), HOUR.plusSeconds(661))));
    ledger.write(List.of(Given.opened(second)));
    Instant taken = second.openedAt().plusSeconds(90);
    new IncidentStore(database)
        .acknowledge(
            second.id(), taken, "ann", null, Given.entry(second.id(), taken, "acknowledged", null));

    Availability found = availability(0, 60);

    assertThat(found)
        .isEqualTo(
            new Availability(
                1 - 660 / 3_600.0, 1.0, 660_000, 0, 0, 2, 90_000L, 330_000L, 1_470_000L, 600_000L));
    assertThat(
            history
                .points(monitor, Step.HOUR, List.of(HOUR, HOUR.plusSeconds(1_200)), NOW)
                .get(0)
                .availability())
        .isCloseTo(1 - 60 / 930.123456, within(1e-9));
  }

  @Test
  void paused_time_is_unobserved() {
    minutes(0, 10);
    Instant off = HOUR.plusSeconds(550);
    ConfiguredMonitor paused = switched(monitor, false, off);
    assertThat(availability(0, 60).unknownMs()).isEqualTo(3_600_000 - 550_000);
    switched(paused, true, off.plusSeconds(30));
    assertThat(availability(0, 60).unknownMs()).isEqualTo(3_600_000 - 550_000 - 30_000);
  }

  private ConfiguredMonitor switched(ConfiguredMonitor old, boolean on, Instant at) {
    ConfiguredMonitor changed =
        new ConfiguredMonitor(
            old.n(), old.monitor().withEnabled(on), old.revision() + 1, false, old.createdAt(), at);
    monitors.update(changed, old.revision(), null);
    return changed;
  }

  @Test
  void a_deleted_monitor_leaves_no_pause_behind() {
    ConfiguredMonitor paused = switched(monitor, false, HOUR);
    monitors.delete(paused.n(), null);
    monitor = paused;
    minutes(0, 60);
    assertThat(availability(0, 60).coverage()).isEqualTo(1.0);
  }

  @Test
  void many_monitors_are_told_in_their_order() {
    ConfiguredMonitor other = monitors.insert(Given.monitor("b"), false, NOW);
    minutes(0, 60);
    List<String> told = new ArrayList<>();
    history.availabilities(
        List.of(other, monitor),
        HOUR,
        HOUR.plusSeconds(3_600),
        NOW.plusSeconds(100_000),
        (m, a) -> told.add(m.id() + " " + a.availability()));
    assertThat(told).containsExactly("b null", "a 1.0");
    history.availabilities(Set.of(), HOUR, NOW, NOW, (m, a) -> told.add("none"));
    assertThat(told).hasSize(2);
  }

  @Test
  void the_work_of_an_answer_is_known_before_it_is_done() {
    Instant end = NOW.plusSeconds(600);
    assertThat(HistoryStore.days(List.of(monitor, monitor), Instant.EPOCH, Instant.MAX, end))
        .isEqualTo(2);
    assertThat(HistoryStore.days(List.of(monitor), end, end, end)).isZero();
    assertThat(HistoryStore.days(List.of(monitor), Instant.EPOCH, NOW, end)).isZero();
  }

  @Test
  void the_end_of_the_last_sample_is_not_known_before_it_has_come() {
    minutes(0, 1);
    assertThat(
            history
                .availability(monitor, HOUR, HOUR.plusSeconds(60), HOUR.plusSeconds(15))
                .coverage())
        .isEqualTo(0.25);
  }
}
