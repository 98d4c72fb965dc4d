package io.serversence.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.alert.AlertEvent;
import io.serversence.alert.MessageDocument;
import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.history.IncidentFilter;
import io.serversence.history.Notification;
import io.serversence.history.NotificationState;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentDocument;
import io.serversence.incident.IncidentState;
import io.serversence.monitor.Outcome;
import io.serversence.stream.Change;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is told when a channel or the database fails, on each database. */
@ParameterizedClass
@EnumSource(names = {"H2_ECLIPSELINK", "POSTGRESQL_HIBERNATE"})
class AlertingStoreTest {
  private static final Duration STEP = Duration.ofSeconds(5);

  @Parameter Backend backend;
  @TempDir Path folder;

  private Database database;

  @BeforeEach
  void open() {
    database = backend.cleared();
  }

  private static List<Incident> ofChannels(AlertedNode node) {
    return node.incidents.page(IncidentFilter.ANY, null, 100).stream()
        .filter(i -> i.channel() != null)
        .toList();
  }

  /** One of two channels takes nothing, until it has an incident of its own, which is returned. */
  private static Incident channelFails(AlertedNode node) {
    node.channel("dead");
    node.channel("well");
    node.dead.add("dead");
    node.heard(node.monitor("web"), Outcome.DOWN);
    node.await("the incident of the channel", STEP, () -> !ofChannels(node).isEmpty());
    return ofChannels(node).get(0);
  }

  private static long told(AlertedNode node, String channel, AlertEvent event, Incident incident) {
    return node.told.stream()
        .filter(t -> t.channel().equals(channel) && t.tells(event, incident))
        .count();
  }

  private static List<Change.IncidentChanged> published(AlertedNode node) {
    List<Change.IncidentChanged> found = new ArrayList<>();
    for (Change change : node.stream.all()) {
      if (change instanceof Change.IncidentChanged changed && changed.monitor() == null) {
        found.add(changed);
      }
    }
    return found;
  }

  @Test
  void a_channel_that_keeps_failing_has_an_incident_that_the_others_are_told_of() {
    try (AlertedNode node = new AlertedNode(database, folder)) {
      Incident incident = channelFails(node);
      assertThat(incident.channel()).isEqualTo("dead");
      assertThat(incident.cause()).contains("connection refused");
      assertThat(Duration.between(incident.startedAt(), incident.openedAt()))
          .isGreaterThanOrEqualTo(Duration.ofMinutes(5));
      node.await("it is told", STEP, () -> told(node, "well", AlertEvent.OPENED, incident) == 1);

      node.dead.clear();
      node.await(
          "its end is told", STEP, () -> told(node, "well", AlertEvent.RESOLVED, incident) == 1);

      assertThat(ofChannels(node))
          .singleElement()
          .satisfies(i -> assertThat(i.state()).isEqualTo(IncidentState.RESOLVED));
      assertThat(told(node, "well", AlertEvent.OPENED, incident)).isEqualTo(1);
      assertThat(told(node, "dead", AlertEvent.OPENED, incident)).as("of itself").isZero();
      assertThat(published(node))
          .extracting(changed -> changed.entry().type())
          .containsExactly("opened", "resolved");
    }
  }

  @Test
  void it_stays_one_incident_over_a_restart_and_ends_with_a_test_that_was_taken() {
    Incident incident;
    try (AlertedNode node = new AlertedNode(database, folder)) {
      incident = channelFails(node);
      node.await("it is told", STEP, () -> told(node, "well", AlertEvent.OPENED, incident) == 1);
    }
    try (AlertedNode node = new AlertedNode(database, folder)) {
      node.dead.add("dead");
      long until = node.clock.nanos() + Duration.ofMinutes(30).toNanos();
      node.await("half an hour", STEP, () -> node.clock.nanos() - until > 0);
      assertThat(ofChannels(node)).hasSize(1);
      node.worked("dead");
      node.await(
          "its end is told", STEP, () -> told(node, "well", AlertEvent.RESOLVED, incident) == 1);
      assertThat(node.incidents.openOnes()).extracting(Incident::monitor).containsExactly("web");
    }
  }

  @Test
  void it_ends_when_the_channel_is_deleted() {
    try (AlertedNode node = new AlertedNode(database, folder)) {
      channelFails(node);
      node.channels.delete("dead", null);
      node.await("it ends", STEP, () -> ofChannels(node).get(0).state() == IncidentState.RESOLVED);
      assertThat(node.incidents.timeline(ofChannels(node).get(0).id(), null, 10))
          .anySatisfy(e -> assertThat(e.text()).isEqualTo("the channel is gone or switched off"));
    }
  }

  @Test
  void its_document_names_the_channel_and_no_monitor_and_is_read_back() {
    try (AlertedNode node = new AlertedNode(database, folder)) {
      node.channel("dead");
      node.channel("well");
      node.dead.add("dead");
      node.heard(node.monitor("web"), Outcome.DOWN);
      node.await(
          "it is told",
          STEP,
          () ->
              node.told.stream()
                  .flatMap(t -> t.message().incidents().stream())
                  .anyMatch(i -> i.channel() != null));
      JsonObject document =
          IncidentDocument.write(ofChannels(node).get(0), node.clock.now()).build();
      assertThat(document.get("monitor")).isEqualTo(JsonValue.NULL);
      assertThat(document.getString("channel")).isEqualTo("dead");
      AlertedNode.Told message =
          node.told.stream()
              .filter(t -> t.message().incidents().stream().anyMatch(i -> i.channel() != null))
              .findFirst()
              .orElseThrow();
      JsonObject body = MessageDocument.write(message.message());
      assertThat(body.getJsonArray("monitors")).isEmpty();
      assertThat(MessageDocument.write(MessageDocument.read(body))).isEqualTo(body);
    }
  }

  @Test
  void while_the_database_is_away_alerts_are_sent_and_none_is_sent_twice() {
    try (AlertedNode node = new AlertedNode(database, folder)) {
      node.channel("well");
      List<Watch> watches = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        watches.add(node.monitor("m" + i));
      }
      node.away(true);
      watches.forEach(watch -> node.heard(watch, Outcome.DOWN));
      node.await("all openings are told", STEP, () -> count(node, AlertEvent.OPENED) == 20);
      watches.subList(0, 10).forEach(watch -> node.heard(watch, Outcome.UP));
      node.await("ten ends are told", STEP, () -> count(node, AlertEvent.RESOLVED) == 10);
      assertThat(node.recorder.away()).isTrue();
      assertThat(node.incidents.openOnes()).as("in the database").isEmpty();

      node.away(false);
      node.await("the database is back", STEP, () -> !node.recorder.away());
      watches.subList(10, 20).forEach(watch -> node.heard(watch, Outcome.UP));
      node.await("all ends are told", STEP, () -> count(node, AlertEvent.RESOLVED) == 20);
      node.await("all is noted as sent", STEP, () -> node.notifications.unfinished(100).isEmpty());
      assertThat(count(node, AlertEvent.OPENED)).isEqualTo(20);
      assertThat(node.incidents.page(IncidentFilter.ANY, null, 100)).hasSize(20);
    }
    try (AlertedNode again = new AlertedNode(database, folder)) {
      again.await("some time", STEP, () -> again.recorder.waiting() == 0);
      assertThat(again.told).as("a restart tells nothing again").isEmpty();
      assertThat(
              again.notifications.page(null, Set.of(), Set.of(NotificationState.SENT), null, 100))
          .isNotEmpty();
    }
  }

  @Test
  void what_was_given_up_after_a_day_is_sent_under_its_key_when_somebody_asks() {
    try (AlertedNode node = new AlertedNode(database, folder)) {
      node.channel("dead");
      node.dead.add("dead");
      node.heard(node.monitor("web"), Outcome.DOWN);
      node.await("it is given up", Duration.ofMinutes(5), () -> !given(node).isEmpty());
      Notification letter = given(node).get(0);
      assertThat(letter.error()).contains("connection refused");
      assertThat(node.told).isEmpty();
      node.dead.clear();
      node.resend(letter.id());
      node.await("it is sent", STEP, () -> count(node, AlertEvent.OPENED) == 1);
      node.await(
          "that is noted",
          STEP,
          () -> node.notifications.find(letter.id()).orElseThrow().sentAt() != null);
      assertThat(node.told)
          .filteredOn(t -> t.message().idempotencyKey().equals(letter.id().toString()))
          .singleElement()
          .satisfies(
              t ->
                  assertThat(MessageDocument.write(t.message()).toString())
                      .isEqualTo(letter.body()));
      assertThat(given(node)).isEmpty();
    }
  }

  private static List<Notification> given(AlertedNode node) {
    return node.notifications.page(null, Set.of("dead"), Set.of(NotificationState.DEAD), null, 100);
  }

  @Test
  void a_silence_that_ends_while_the_monitor_is_down_tells_it_then_over_a_restart() {
    try (AlertedNode node = new AlertedNode(database, folder)) {
      node.channel("well");
      node.muted = true;
      node.heard(node.monitor("web"), Outcome.DOWN);
      node.await("it is recorded", STEP, () -> node.incidents.openOnes().size() == 1);
      long until = node.clock.nanos() + Duration.ofMinutes(10).toNanos();
      node.await("ten minutes", STEP, () -> node.clock.nanos() - until > 0);
      assertThat(node.told).isEmpty();
    }
    try (AlertedNode node = new AlertedNode(database, folder)) {
      node.monitor("web");
      node.await("it is told", STEP, () -> count(node, AlertEvent.OPENED) == 1);
    }
  }

  private static long count(AlertedNode node, AlertEvent event) {
    return node.told.stream()
        .filter(t -> t.message().event() == event)
        .mapToLong(t -> t.message().incidents().size())
        .sum();
  }
}
