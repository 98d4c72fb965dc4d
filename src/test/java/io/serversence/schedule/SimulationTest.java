package io.serversence.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.document.Json;
import io.serversence.document.Refused;
import io.serversence.history.Fact;
import io.serversence.history.Spool;
import io.serversence.incident.VerdictState;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.MonitorDocument;
import io.serversence.monitor.MonitorState;
import io.serversence.monitor.Outcome;
import io.serversence.probe.ProbeDesk;
import io.serversence.probe.ProbeResult;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The clockwork without its container: real schedule, judge and recorder, simulated time and
 * targets.
 */
class SimulationTest {
  @TempDir Path folder;

  private final HandClock clock = new HandClock();
  private final SimulatedTargets targets = new SimulatedTargets(clock);
  private final Pulse pulse = new Pulse(clock.nanos());
  private final List<Fact> facts = new ArrayList<>();
  private final RememberingStream stream = new RememberingStream();
  private final ScheduleMeters meters = new ScheduleMeters();
  private List<URI> witnesses = List.of();
  private Recorder recorder;
  private Scheduler scheduler;
  private int n;

  @BeforeEach
  void assemble() throws Exception {
    recorder = new Recorder(clock, facts::addAll, new Spool(folder), stream, List.of());
    Judge judge = new Judge(clock, pulse, new Witnesses(clock, targets, witnesses), recorder);
    scheduler = new Scheduler(clock, targets, judge, new Admission(1_000, 500), meters);
  }

  @AfterEach
  void nothingIsLeftRunning() {
    assertThat(targets.running).isBetween(0, 1_000);
  }

  private Watch watch(String id, String more) {
    ConfiguredMonitor configured =
        new ConfiguredMonitor(
            ++n,
            MonitorDocument.read(
                Json.parseObject(
                    ("{\"id\":\"" + id + "\",\"name\":\"x\"," + more + "}").getBytes(UTF_8)),
                null),
            1,
            false,
            clock.now(),
            clock.now());
    Watch watch = new Watch(configured, VerdictState.pending(clock.now()), null, clock.nanos());
    scheduler.join(watch);
    return watch;
  }

  private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;

  private Watch tcp(String id, String more) {
    return watch(
        id,
        "\"target\":{\"type\":\"tcp\",\"host\":\"h\",\"port\":1}"
            + (more.isEmpty() ? "" : "," + more));
  }

  private void run(Duration time) {
    long end = clock.nanos() + time.toNanos();
    while (clock.nanos() < end) {
      pulse.beat(clock.nanos());
      scheduler.tick();
      targets.runUntil(clock.nanos() + Duration.ofMillis(100).toNanos());
    }
  }

  /** Everything recorded so far, in order. */
  private List<Fact> recorded() {
    recorder.stop();
    recorder.run();
    return facts;
  }

  @Test
  void a_monitor_is_probed_on_its_grid_without_drift() {
    tcp("steady", "\"interval\":\"1s\"");
    targets.takes("steady", Duration.ofMillis(300));
    run(Duration.ofSeconds(30));
    List<Long> starts = targets.starts.get("steady");
    assertThat(starts).hasSizeBetween(29, 31);
    for (int i = 2; i < starts.size(); i++) {
      assertThat(starts.get(i) - starts.get(i - 1)).isEqualTo(1_000_000_000L);
    }
    assertThat(meters.shed()).isZero();
  }

  @Test
  void a_probe_that_outlasts_its_interval_is_never_doubled_and_the_missed_ones_are_counted() {
    tcp("slow", "\"interval\":\"1s\",\"timeout\":\"1s\"");
    targets.takes("slow", Duration.ofMillis(2_500));
    run(Duration.ofSeconds(30));
    assertThat(targets.mostRunning).isEqualTo(1);
    assertThat(targets.starts.get("slow")).hasSizeBetween(9, 11);
    assertThat(meters.shed()).isBetween(18L, 22L);
  }

  @Test
  void while_a_change_is_being_confirmed_the_retry_interval_counts() {
    tcp("shop", "\"interval\":\"60s\",\"retryInterval\":\"5s\",\"failureThreshold\":3");
    targets.answers("shop", Outcome.DOWN);
    run(Duration.ofSeconds(25));
    List<Long> starts = targets.starts.get("shop");
    assertThat(starts).hasSize(3); // its next place on the grid comes 28 s after the start
    assertThat(starts.get(2) - starts.get(0)).isBetween(10_000_000_000L, 10_100_000_000L);
    assertThat(recorded()).filteredOn(Fact.IncidentOpened.class::isInstance).hasSize(1);
  }

  @Test
  void an_incident_opens_and_resolves_once_and_says_when() {
    Watch watch = tcp("a", "\"interval\":\"1s\",\"failureThreshold\":2,\"successThreshold\":2");
    run(Duration.ofSeconds(5));
    targets.answers("a", Outcome.DOWN);
    run(Duration.ofSeconds(5));
    targets.answers("a", Outcome.UP);
    run(Duration.ofSeconds(5));
    List<Fact> all = recorded();
    assertThat(all).filteredOn(Fact.IncidentOpened.class::isInstance).hasSize(1);
    assertThat(all).filteredOn(Fact.IncidentResolved.class::isInstance).hasSize(1);
    assertThat(all)
        .filteredOn(Fact.StateChanged.class::isInstance)
        .extracting(f -> ((Fact.StateChanged) f).state())
        .containsExactly(MonitorState.UP, MonitorState.DOWN, MonitorState.UP);
    assertThat(watch.incident).isNull();
    List<Instant> times =
        all.stream()
            .filter(Fact.SampleTaken.class::isInstance)
            .map(f -> ((Fact.SampleTaken) f).sample().at())
            .toList();
    assertThat(times).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void a_stop_of_twenty_seconds_changes_no_state() {
    for (int i = 0; i < 500; i++) {
      tcp("m" + i, "\"interval\":\"1s\",\"failureThreshold\":1");
      targets.takes("m" + i, Duration.ofMillis(400));
    }
    run(Duration.ofSeconds(3));
    for (int i = 0; i < 500; i++) {
      targets.answers("m" + i, Outcome.DOWN); // what probes see that were stopped half-way
    }
    targets.runUntil(clock.nanos() + 1); // hand-overs of before the stop
    clock.move(Duration.ofSeconds(20));
    targets.runUntil(
        clock.nanos() + Duration.ofMillis(300).toNanos()); // loops wake before the tick
    for (int i = 0; i < 500; i++) {
      targets.answers("m" + i, Outcome.UP);
    }
    run(Duration.ofSeconds(5));
    assertThat(recorded())
        .filteredOn(Fact.StateChanged.class::isInstance)
        .extracting(f -> ((Fact.StateChanged) f).state())
        .containsOnly(MonitorState.UP)
        .hasSize(500);
  }

  @Test
  void without_a_network_nothing_is_judged_and_with_one_a_failure_is() throws Exception {
    witnesses = List.of(URI.create("tcp://192.0.2.1:53"));
    assemble();
    tcp("a", "\"interval\":\"1s\",\"failureThreshold\":1");
    run(Duration.ofSeconds(3));
    targets.answers("a", Outcome.DOWN);
    targets.answers("witness", Outcome.DOWN);
    run(Duration.ofSeconds(5));
    assertThat(stateOf()).isEmpty();
    targets.answers("witness", Outcome.UP);
    run(Duration.ofSeconds(3));
    assertThat(recorded())
        .filteredOn(Fact.StateChanged.class::isInstance)
        .extracting(f -> ((Fact.StateChanged) f).state())
        .containsExactly(MonitorState.UP, MonitorState.DOWN);
  }

  private List<Fact> stateOf() {
    return facts.stream()
        .filter(f -> f instanceof Fact.StateChanged c && c.state() == MonitorState.DOWN)
        .toList();
  }

  @Test
  void a_heartbeat_is_down_when_no_beat_came_for_interval_and_grace() {
    Watch watch =
        watch("job", "\"target\":{\"type\":\"heartbeat\",\"grace\":\"10s\"},\"interval\":\"60s\"");
    run(Duration.ofSeconds(30));
    scheduler.beat(watch, ProbeDesk.Beat.DONE, null);
    run(Duration.ofSeconds(69));
    assertThat(watch.verdict.shown()).isEqualTo(MonitorState.UP);
    run(Duration.ofSeconds(2));
    assertThat(watch.verdict.shown()).isEqualTo(MonitorState.DOWN);
    scheduler.beat(watch, ProbeDesk.Beat.DONE, "back");
    assertThat(watch.verdict.shown()).isEqualTo(MonitorState.UP);
    scheduler.beat(watch, ProbeDesk.Beat.FAIL, null);
    assertThat(watch.verdict.shown()).isEqualTo(MonitorState.DOWN);
    assertThat(recorded()).filteredOn(Fact.IncidentOpened.class::isInstance).hasSize(2);
  }

  @Test
  void a_probe_on_demand_joins_the_one_that_runs() {
    Watch watch = tcp("a", "\"interval\":\"60s\"");
    targets.takes("a", Duration.ofMillis(500));
    CompletionStage<ProbeResult> first = scheduler.now(watch);
    CompletionStage<ProbeResult> second = scheduler.now(watch);
    run(Duration.ofSeconds(1));
    assertThat(first.toCompletableFuture()).isCompleted();
    assertThat(second.toCompletableFuture().join()).isEqualTo(first.toCompletableFuture().join());
    assertThat(targets.starts.get("a")).hasSize(1);
  }

  @Test
  void a_paused_monitor_is_not_probed_on_demand() {
    Watch watch = tcp("a", "\"enabled\":false");
    assertThatThrownBy(() -> scheduler.now(watch)).isInstanceOf(Refused.class);
    run(Duration.ofSeconds(70));
    assertThat(targets.starts).isEmpty();
  }
}
