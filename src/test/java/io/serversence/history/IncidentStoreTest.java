package io.serversence.history;

import static io.serversence.history.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.document.Refused;
import io.serversence.document.Refused.Reason;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentState;
import io.serversence.incident.TimelineEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class IncidentStoreTest {
  @Parameter Backend backend;

  private IncidentStore incidents;
  private Ledger ledger;
  private Incident incident;

  @BeforeEach
  void open() {
    Database database = backend.cleared();
    incidents = new IncidentStore(database);
    ledger = new Ledger(database);
    incident = Given.incident(1, NOW);
    ledger.write(List.of(Given.opened(incident)));
  }

  private static TimelineEntry entry(UUID incident, String type, @Nullable String text) {
    return Given.entry(incident, NOW.plusSeconds(60), type, text);
  }

  private Incident acknowledge(UUID id, String actor, @Nullable Instant until) {
    return incidents.acknowledge(
        id, NOW.plusSeconds(60), actor, until, entry(id, "acknowledged", null));
  }

  private Incident unacknowledge(UUID id) {
    return incidents.unacknowledge(id, entry(id, "unacknowledged", null));
  }

  private static void assertRefused(Reason reason, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void what_is_not_there_is_not_found() {
    assertThat(incidents.find(UUID.randomUUID())).isEmpty();
    assertThat(incidents.timeline(UUID.randomUUID(), null, 10)).isEmpty();
  }

  @Test
  void acknowledging_says_who_when_and_until_when() {
    Instant until = NOW.plusSeconds(3_600);
    Incident answer = acknowledge(incident.id(), "ann 💥", until);
    Incident read = incidents.find(incident.id()).orElseThrow();
    assertThat(read).isEqualTo(answer);
    assertThat(read.state()).isEqualTo(IncidentState.ACKNOWLEDGED);
    assertThat(read.acknowledgedBy()).isEqualTo("ann 💥");
    assertThat(read.acknowledgedAt()).isEqualTo(NOW.plusSeconds(60));
    assertThat(read.acknowledgedUntil()).isEqualTo(until);
    assertThat(incidents.openOnes()).hasSize(1);
  }

  @Test
  void acknowledging_again_replaces_who_and_until_when() {
    acknowledge(incident.id(), "ann", NOW.plusSeconds(3_600));
    acknowledge(incident.id(), "bob", null);
    Incident read = incidents.find(incident.id()).orElseThrow();
    assertThat(read.acknowledgedBy()).isEqualTo("bob");
    assertThat(read.acknowledgedUntil()).isNull();
    assertThat(incidents.timeline(incident.id(), null, 10)).hasSize(4);
  }

  @Test
  void an_acknowledgement_can_be_taken_back_once() {
    acknowledge(incident.id(), "ann", NOW.plusSeconds(3_600));
    unacknowledge(incident.id());
    assertThat(incidents.find(incident.id())).contains(incident);
    assertRefused(Reason.CONFLICT, () -> unacknowledge(incident.id()));
    assertThat(incidents.timeline(incident.id(), null, 10)).hasSize(4);
  }

  @Test
  void a_resolved_incident_takes_comments_and_nothing_else() {
    ledger.write(List.of(Given.resolved(incident.id(), NOW.plusSeconds(9))));
    assertRefused(Reason.CONFLICT, () -> acknowledge(incident.id(), "ann", null));
    assertRefused(Reason.CONFLICT, () -> unacknowledge(incident.id()));
    Incident commented =
        incidents.comment(incident.id(), entry(incident.id(), "comment", "too late"));
    assertThat(commented.state()).isEqualTo(IncidentState.RESOLVED);
    assertThat(incidents.timeline(incident.id(), null, 10)).hasSize(5);
  }

  @Test
  void nothing_can_be_done_to_what_is_not_there() {
    UUID nobodys = UUID.randomUUID();
    assertRefused(Reason.NOT_FOUND, () -> acknowledge(nobodys, "ann", null));
    assertRefused(Reason.NOT_FOUND, () -> unacknowledge(nobodys));
    assertRefused(
        Reason.NOT_FOUND, () -> incidents.comment(nobodys, entry(nobodys, "comment", "x")));
    assertThat(incidents.timeline(nobodys, null, 10)).isEmpty();
  }

  @Test
  void a_comment_keeps_every_character() {
    Instant at = NOW;
    for (String text : List.of(Given.NASTY, "💥".repeat(5_000), "\"".repeat(10_000), " ")) {
      at = at.plusSeconds(10);
      incidents.comment(incident.id(), Given.entry(incident.id(), at, "comment", text));
      assertThat(incidents.timeline(incident.id(), null, 1).get(0).text()).isEqualTo(text);
    }
  }

  @Test
  void a_timeline_is_paged_without_repeat_or_loss_while_it_grows() {
    for (int i = 0; i < 40; i++) {
      comment(i);
    }
    List<String> texts = new ArrayList<>();
    UUID before = null;
    for (int i = 0; i < 6; i++) {
      List<TimelineEntry> page = incidents.timeline(incident.id(), before, 7);
      page.forEach(entry -> texts.add(entry.type() + entry.text()));
      before = page.get(page.size() - 1).id();
      comment(100 + i);
    }
    assertThat(incidents.timeline(incident.id(), before, 7)).isEmpty();
    assertThat(texts).hasSize(42).doesNotHaveDuplicates().startsWith("comment39");
    assertThat(texts.get(41)).startsWith("first-failure");
  }

  private void comment(int i) {
    incidents.comment(
        incident.id(),
        Given.entry(incident.id(), NOW.plusSeconds(60).plusMillis(i), "comment", "" + i));
  }

  @Test
  void incidents_are_counted_by_monitor() {
    ledger.write(
        List.of(
            Given.resolved(incident.id(), NOW.plusSeconds(9)),
            Given.opened(Given.incident(1, NOW.plusSeconds(20))),
            Given.opened(Given.incident(7, NOW))));
    assertThat(incidents.counts()).containsEntry(1, 2L).containsEntry(7, 1L).hasSize(2);
  }

  @Test
  void three_thousand_are_paged_without_repeat_or_loss_while_others_open() {
    List<Fact> facts = new ArrayList<>();
    for (int n = 2; n <= 3_000; n++) {
      facts.add(Given.opened(Given.incident(n, NOW.plusMillis(n / 3)))); // several in one ms
    }
    ledger.write(facts);
    List<UUID> read = new ArrayList<>();
    int newer = 10_000;
    List<Incident> page = incidents.page(IncidentFilter.ANY, null, 113);
    while (!page.isEmpty()) {
      page.forEach(i -> read.add(i.id()));
      ledger.write(List.of(Given.opened(Given.incident(newer++, NOW.plusSeconds(newer)))));
      page = incidents.page(IncidentFilter.ANY, read.get(read.size() - 1), 113);
    }
    assertThat(read).hasSize(3_000).doesNotHaveDuplicates();
    assertThat(read).isSortedAccordingTo((a, b) -> b.toString().compareTo(a.toString()));
  }

  @Test
  void two_at_once_who_acknowledge_and_resolve_leave_both_told() throws Exception {
    for (int i = 2; i < 12; i++) {
      Incident fresh = Given.incident(i, NOW);
      ledger.write(List.of(Given.opened(fresh)));
      Thread other =
          new Thread(() -> ledger.write(List.of(Given.resolved(fresh.id(), NOW.plusSeconds(9)))));
      other.start();
      boolean acknowledged = true;
      try {
        acknowledge(fresh.id(), "ann", null);
      } catch (Refused e) {
        acknowledged = false; // it was resolved before
      }
      other.join();
      Incident read = incidents.find(fresh.id()).orElseThrow();
      assertThat(read.state()).isEqualTo(IncidentState.RESOLVED);
      assertThat(read.acknowledgedBy()).isEqualTo(acknowledged ? "ann" : null);
    }
  }
}
