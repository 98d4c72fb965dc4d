package io.serversence.history;

import static io.serversence.history.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentState;
import io.serversence.incident.TimelineEntry;
import io.serversence.monitor.MonitorState;
import io.serversence.monitor.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class LedgerTest {
  @Parameter Backend backend;

  private Database database;
  private Ledger ledger;
  private IncidentStore incidents;

  @BeforeEach
  void open() {
    database = backend.cleared();
    ledger = new Ledger(database);
    incidents = new IncidentStore(database);
  }

  private List<Sample> samples(int n) {
    return new SampleStore(database)
        .page(n, Instant.EPOCH, NOW.plusSeconds(1_000_000), Set.of(), null, 10_000);
  }

  @Test
  void an_incident_is_read_back_as_it_was() {
    Incident incident = Given.incident(1, NOW);
    ledger.write(List.of(Given.opened(incident)));
    assertThat(incidents.find(incident.id())).contains(incident);
    assertThat(incidents.openOnes()).containsExactly(incident);
    assertThat(incidents.timeline(incident.id(), null, 10))
        .extracting(TimelineEntry::type)
        .containsExactly("opened", "first-failure");
  }

  @Test
  void a_batch_written_again_changes_nothing() {
    Incident incident = Given.incident(1, NOW);
    List<Fact> batch =
        List.of(
            Given.taken(1, NOW),
            Given.taken(1, NOW.plusSeconds(1)),
            new Fact.StateChanged(1, MonitorState.DOWN, NOW, incident.id()),
            Given.opened(incident),
            Given.resolved(incident.id(), NOW.plusSeconds(9)));
    for (int i = 0; i < 3; i++) {
      ledger.write(batch);
    }
    assertThat(samples(1)).hasSize(2);
    assertThat(incidents.page(IncidentFilter.ANY, null, 10)).hasSize(1);
    assertThat(incidents.timeline(incident.id(), null, 10)).hasSize(4);
    assertThat(ledger.refused()).isZero();
  }

  @Test
  void a_batch_of_which_a_part_was_written_is_completed() {
    Incident incident = Given.incident(1, NOW);
    ledger.write(List.of(Given.taken(1, NOW), Given.opened(incident)));
    ledger.write(
        List.of(
            Given.taken(1, NOW),
            Given.taken(1, NOW.plusSeconds(1)),
            Given.opened(incident),
            new Fact.StateChanged(1, MonitorState.DOWN, NOW, incident.id())));
    assertThat(samples(1)).hasSize(2);
    assertThat(new StateStore(database).all().get(1))
        .isEqualTo(new StateStore.Known(MonitorState.DOWN, NOW));
    assertThat(incidents.timeline(incident.id(), null, 10)).hasSize(2);
  }

  @Test
  void a_sample_finer_than_a_microsecond_is_still_the_same_when_written_again() {
    Fact fine = Given.taken(1, Instant.parse("2026-11-22T10:15:30.123456789Z"));
    ledger.write(List.of(fine));
    ledger.write(List.of(fine));
    assertThat(samples(1)).extracting(Sample::at).containsExactly(NOW);
  }

  @Test
  void a_sample_twice_in_one_batch_is_written_once() {
    ledger.write(List.of(Given.taken(1, NOW), Given.taken(1, NOW), Given.taken(2, NOW)));
    assertThat(samples(1)).hasSize(1);
    assertThat(samples(2)).hasSize(1);
  }

  @Test
  void the_last_state_of_a_batch_counts_and_replaces_the_one_before() {
    ledger.write(List.of(new Fact.StateChanged(1, MonitorState.UP, NOW, null)));
    ledger.write(
        List.of(
            new Fact.StateChanged(1, MonitorState.DOWN, NOW.plusSeconds(1), null),
            new Fact.StateChanged(1, MonitorState.DEGRADED, NOW.plusSeconds(2), null)));
    assertThat(new StateStore(database).all())
        .containsEntry(1, new StateStore.Known(MonitorState.DEGRADED, NOW.plusSeconds(2)))
        .hasSize(1);
  }

  @Test
  void an_incident_may_end_and_the_next_begin_in_one_batch() {
    Incident first = Given.incident(1, NOW);
    Incident second = Given.incident(1, NOW.plusSeconds(20));
    Incident third = Given.incident(1, NOW.plusSeconds(40));
    ledger.write(List.of(Given.opened(first)));
    ledger.write(
        List.of(
            Given.resolved(first.id(), NOW.plusSeconds(10)),
            Given.opened(second),
            Given.resolved(second.id(), NOW.plusSeconds(30)),
            Given.opened(third)));
    assertThat(incidents.page(IncidentFilter.ANY, null, 10))
        .extracting(Incident::id)
        .containsExactly(third.id(), second.id(), first.id());
    assertThat(incidents.openOnes()).extracting(Incident::id).containsExactly(third.id());
    assertThat(incidents.timeline(second.id(), null, 10)).hasSize(4);
    assertThat(ledger.refused()).isZero();
  }

  @Test
  void the_same_in_one_batch_again_leaves_the_same() {
    Incident first = Given.incident(1, NOW);
    Incident second = Given.incident(1, NOW.plusSeconds(20));
    List<Fact> batch =
        List.of(
            Given.opened(first),
            Given.resolved(first.id(), NOW.plusSeconds(10)),
            Given.opened(second));
    ledger.write(batch);
    ledger.write(batch);
    assertThat(incidents.openOnes()).extracting(Incident::id).containsExactly(second.id());
    assertThat(incidents.page(IncidentFilter.ANY, null, 10)).hasSize(2);
  }

  @Test
  void a_monitor_has_at_most_one_unresolved_incident() {
    Incident first = Given.incident(1, NOW);
    ledger.write(List.of(Given.opened(first)));
    ledger.write(
        List.of(
            Given.taken(1, NOW),
            Given.opened(Given.incident(1, NOW.plusSeconds(1))),
            Given.opened(Given.incident(2, NOW.plusSeconds(1)))));
    assertThat(incidents.openOnes()).extracting(Incident::n).containsExactlyInAnyOrder(1, 2);
    assertThat(incidents.find(first.id())).isPresent();
    assertThat(samples(1)).hasSize(1);
  }

  @Test
  void a_resolved_incident_is_not_resolved_again() {
    Incident incident = Given.incident(1, NOW);
    ledger.write(List.of(Given.opened(incident)));
    ledger.write(List.of(Given.resolved(incident.id(), NOW.plusSeconds(10))));
    ledger.write(List.of(Given.resolved(incident.id(), NOW.plusSeconds(99))));
    Incident read = incidents.find(incident.id()).orElseThrow();
    assertThat(read.state()).isEqualTo(IncidentState.RESOLVED);
    assertThat(read.resolvedAt()).isEqualTo(NOW.plusSeconds(10));
    assertThat(read.endedAt()).isEqualTo(NOW.plusSeconds(9));
    assertThat(incidents.timeline(incident.id(), null, 10)).hasSize(4);
  }

  @Test
  void the_end_of_an_unknown_incident_is_passed_over() {
    ledger.write(List.of(Given.taken(1, NOW), Given.resolved(UUID.randomUUID(), NOW)));
    assertThat(samples(1)).hasSize(1);
  }

  @Test
  void what_was_acknowledged_stays_so_when_it_is_resolved() {
    Incident incident = Given.incident(1, NOW);
    ledger.write(List.of(Given.opened(incident)));
    incidents.acknowledge(
        incident.id(), NOW, "ann", null, Given.entry(incident.id(), NOW, "acknowledged", null));
    ledger.write(List.of(Given.resolved(incident.id(), NOW.plusSeconds(10))));
    assertThat(incidents.find(incident.id()).orElseThrow().acknowledgedBy()).isEqualTo("ann");
  }

  @Test
  void one_fact_that_the_database_refuses_stops_no_other() {
    List<Fact> batch = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      batch.add(Given.taken(1, NOW.plusSeconds(i)));
    }
    Incident poison = Given.incident(3, NOW);
    batch.add(7, Given.opened(poison, "x".repeat(101)));
    Incident good = Given.incident(4, NOW);
    batch.add(Given.opened(good));
    ledger.write(batch);
    assertThat(samples(1)).hasSize(20);
    assertThat(incidents.openOnes()).extracting(Incident::id).containsExactly(good.id());
    assertThat(ledger.refused()).isEqualTo(1);
  }

  @Test
  void writers_at_the_same_time_open_one_incident_and_lose_no_sample() throws Exception {
    int writers = 4;
    int rounds = 10;
    CyclicBarrier together = new CyclicBarrier(writers);
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        int writer = w;
        done.add(threads.submit(() -> write(writer, rounds, together)));
      }
      for (Future<?> one : done) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(incidents.openOnes()).hasSize(rounds);
    for (int round = 0; round < rounds; round++) {
      assertThat(samples(round)).hasSize(writers);
    }
  }

  private Void write(int writer, int rounds, CyclicBarrier together) throws Exception {
    Ledger own = new Ledger(database);
    for (int round = 0; round < rounds; round++) {
      Incident incident = Given.incident(round, NOW);
      Fact sample = Given.taken(round, NOW.plusSeconds(writer));
      together.await(30, TimeUnit.SECONDS);
      own.write(List.of(sample, Given.opened(incident)));
    }
    assertThat(own.refused()).isZero();
    return null;
  }
}
