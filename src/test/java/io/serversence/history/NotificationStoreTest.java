package io.serversence.history;

import static io.serversence.history.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.incident.Ids;
import io.serversence.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class NotificationStoreTest {
  @Parameter Backend backend;

  private NotificationStore store;
  private IncidentStore incidents;
  private Ledger ledger;
  private Incident incident;
  private Due due;

  @BeforeEach
  void open() {
    Database database = backend.cleared();
    store = new NotificationStore(database);
    incidents = new IncidentStore(database);
    ledger = new Ledger(database);
    incident = Given.incident(1, NOW);
    due = due(incident.id(), "opened", "mail");
    ledger.write(List.of(Given.opened(incident), new Fact.NotificationsDue(List.of(due))));
  }

  private static Due due(UUID incident, String transition, String channel) {
    return new Due(
        Ids.at(NOW),
        incident,
        transition,
        transition,
        channel,
        "/group=💥 it's",
        Duration.ZERO,
        Duration.ofSeconds(10),
        NOW);
  }

  private static Fact.MessageTried tried(UUID id, NotificationState state, int attempts) {
    return new Fact.MessageTried(
        id,
        state,
        attempts,
        null,
        state == NotificationState.SENT ? NOW : null,
        state == NotificationState.SENT ? null : Given.NASTY,
        List.of());
  }

  @Test
  void what_is_due_waits_until_it_is_sent() {
    assertThat(store.unfinished(10))
        .singleElement()
        .satisfies(
            n -> {
              assertThat(n.state()).isEqualTo(NotificationState.PENDING);
              assertThat(n.due()).containsExactly(due);
              assertThat(n.body()).isNull();
            });
    ledger.write(
        List.of(
            new Fact.MessageClaimed(due.id(), List.of(due.id()), "{}"),
            tried(due.id(), NotificationState.FAILED, 1)));
    assertThat(store.unfinished(10).get(0).body()).isEqualTo("{}");
    ledger.write(List.of(tried(due.id(), NotificationState.SENT, 2)));
    assertThat(store.unfinished(10)).isEmpty();
    assertThat(store.find(due.id()).orElseThrow().sentAt()).isEqualTo(NOW);
  }

  @Test
  void writing_all_again_changes_nothing() {
    List<Fact> all =
        List.of(
            Given.opened(incident),
            new Fact.NotificationsDue(List.of(due, due(incident.id(), "opened", "chat"))),
            new Fact.MessageClaimed(due.id(), List.of(due.id()), "{}"),
            tried(due.id(), NotificationState.SENT, 1));
    ledger.write(all);
    List<Notification> before = store.page(null, Set.of(), Set.of(), null, 10);
    ledger.write(all);
    ledger.write(
        List.of(
            new Fact.NotificationsDue(List.of(due(incident.id(), "opened", "mail"))),
            new Fact.MessageClaimed(due.id(), List.of(due.id()), "{\"other\":1}"),
            tried(due.id(), NotificationState.FAILED, 1)));
    assertThat(store.page(null, Set.of(), Set.of(), null, 10)).isEqualTo(before).hasSize(2);
    assertThat(ledger.refused()).isZero();
  }

  @Test
  void a_message_lists_its_incidents_and_is_found_by_each() {
    Incident other = Given.incident(2, NOW);
    Due second = due(other.id(), "opened", "mail");
    ledger.write(
        List.of(
            Given.opened(other),
            new Fact.NotificationsDue(List.of(second)),
            new Fact.MessageClaimed(due.id(), List.of(due.id(), second.id()), "{}")));
    for (Incident each : List.of(incident, other)) {
      assertThat(store.page(each.id(), Set.of("mail"), Set.of(NotificationState.PENDING), null, 9))
          .singleElement()
          .satisfies(n -> assertThat(n.incidents()).containsExactly(incident.id(), other.id()));
    }
    assertThat(store.find(second.id())).isEmpty();
    assertThat(store.page(incident.id(), Set.of("chat"), Set.of(), null, 9)).isEmpty();
    assertThat(store.page(null, Set.of(), Set.of(), due.id(), 9)).isEmpty();
  }

  @Test
  void an_end_that_a_crash_kept_from_becoming_due_is_found() {
    assertThat(store.unended()).isEmpty();
    ledger.write(List.of(Given.resolved(incident.id(), NOW.plusSeconds(9))));
    List<Due> missing = store.unended();
    assertThat(missing).hasSize(1);
    assertThat(missing.get(0).channel()).isEqualTo("mail");
    ledger.write(List.of(new Fact.NotificationsDue(missing)));
    assertThat(store.unended()).isEmpty();
  }

  @Test
  void what_an_incident_explains_is_added_to_it() {
    ledger.write(
        List.of(
            new Fact.ChildrenSuppressed(
                incident.id(),
                List.of("child-2", "child-3"),
                Given.entry(incident.id(), NOW, "suppressed", "child-3"))));
    assertThat(incidents.find(incident.id()).orElseThrow().suppressed())
        .containsExactly("child-1", "child-2", "child-3");
  }

  @Test
  void what_is_sent_again_has_its_time_anew() {
    ledger.write(
        List.of(
            new Fact.MessageClaimed(due.id(), List.of(due.id()), "{}"),
            tried(due.id(), NotificationState.DEAD, 9)));
    Instant later = NOW.plus(Duration.ofDays(3));
    assertThat(store.reset(due.id(), later).createdAt()).isEqualTo(later);
    ledger.write(List.of(tried(due.id(), NotificationState.FAILED, 10)));
    assertThat(store.unfinished(10)) // as after a restart
        .singleElement()
        .satisfies(
            n -> {
              assertThat(n.createdAt()).isEqualTo(later);
              assertThat(n.due().get(0).at()).isEqualTo(NOW);
            });
  }

  @Test
  void old_messages_of_resolved_incidents_are_removed_in_small_steps_and_no_others() {
    Incident open = Given.incident(2, NOW);
    Due second = due(incident.id(), "resolved", "mail");
    Due ofOpen = due(open.id(), "opened", "mail");
    Due unsent = due(incident.id(), "opened", "chat");
    ledger.write(
        List.of(
            Given.opened(open),
            new Fact.NotificationsDue(List.of(second, ofOpen, unsent)),
            new Fact.MessageClaimed(due.id(), List.of(due.id(), ofOpen.id()), "{}"),
            new Fact.MessageClaimed(second.id(), List.of(second.id()), "{}"),
            tried(due.id(), NotificationState.SENT, 1),
            tried(second.id(), NotificationState.DEAD, 1)));
    Instant after = NOW.plusSeconds(1);
    assertThat(store.sweep(after, 10)).as("of an unresolved incident").isZero();
    ledger.write(List.of(Given.resolved(incident.id(), NOW.plusSeconds(9))));
    assertThat(store.sweep(NOW, 10)).as("not old enough").isZero();

    assertThat(store.sweep(after, 1)).isEqualTo(1);
    assertThat(store.sweep(after, 10)).isEqualTo(1);
    assertThat(store.sweep(after, 10)).isZero();

    assertThat(store.of(List.of(incident.id(), open.id())))
        .containsExactlyInAnyOrder(unsent, ofOpen);
    assertThat(store.unfinished(10))
        .singleElement()
        .satisfies(n -> assertThat(n.id()).isEqualTo(unsent.id()));
    ledger.write(List.of(tried(unsent.id(), NotificationState.SENT, 1)));
    ledger.write(List.of(Given.resolved(open.id(), NOW.plusSeconds(9))));
    assertThat(store.sweep(after, 10)).isEqualTo(2);
  }
}
