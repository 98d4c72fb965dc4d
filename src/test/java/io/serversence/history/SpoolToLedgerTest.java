package io.serversence.history;

import static io.serversence.history.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.database.DatabaseAway;
import io.serversence.incident.Incident;
import io.serversence.monitor.MonitorState;
import io.serversence.monitor.Sample;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What was recorded while the database was away is in it afterwards. */
@ParameterizedClass
@EnumSource
class SpoolToLedgerTest {
  @Parameter Backend backend;
  @TempDir Path folder;

  @Test
  void what_was_spooled_is_there_once_even_if_the_replay_is_cut_short_and_begun_again() {
    Database database = backend.cleared();
    Ledger ledger = new Ledger(database);
    Incident first = Given.incident(1, NOW);
    Incident second = Given.incident(1, NOW.plusSeconds(50));
    ledger.write(List.of(Given.taken(1, NOW), Given.opened(first)));

    try (Spool spool = new Spool(folder)) {
      spool.append(List.of(Given.taken(1, NOW), Given.opened(first))); // its fate was unknown
      spool.append(List.of(Given.taken(1, NOW.plusSeconds(1))));
      spool.append(
          List.of(
              Given.taken(1, NOW.plusSeconds(2)),
              Given.resolved(first.id(), NOW.plusSeconds(20)),
              new Fact.StateChanged(1, MonitorState.UP, NOW.plusSeconds(20), null)));
      spool.append(
          List.of(
              Given.opened(second),
              new Fact.StateChanged(1, MonitorState.DOWN, NOW.plusSeconds(50), second.id())));
      assertThatThrownBy(
              () ->
                  spool.replay(
                      facts -> {
                        ledger.write(facts);
                        if (facts.size() == 3) {
                          throw new DatabaseAway("after it had taken them");
                        }
                      },
                      100,
                      1))
          .isInstanceOf(DatabaseAway.class);
    }
    try (Spool spool = new Spool(folder)) {
      assertThat(spool.replay(ledger::write, 100, 1_000)).isTrue();
      assertThat(spool.lost()).isZero();
    }

    IncidentStore incidents = new IncidentStore(database);
    assertThat(incidents.openOnes()).extracting(Incident::id).containsExactly(second.id());
    assertThat(incidents.page(IncidentFilter.ANY, null, 10)).hasSize(2);
    assertThat(incidents.timeline(first.id(), null, 10)).hasSize(4);
    assertThat(new StateStore(database).all())
        .containsEntry(1, new StateStore.Known(MonitorState.DOWN, NOW.plusSeconds(50)));
    Instant end = NOW.plusSeconds(100);
    assertThat(new SampleStore(database).page(1, NOW, end, Set.of(), null, 10))
        .extracting(Sample::at)
        .containsExactly(NOW.plusSeconds(2), NOW.plusSeconds(1), NOW);
    assertThat(ledger.refused()).isZero();
  }
}
