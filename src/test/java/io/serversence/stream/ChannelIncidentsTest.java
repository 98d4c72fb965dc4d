package io.serversence.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.incident.Ids;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentState;
import io.serversence.incident.TimelineEntry;
import io.serversence.monitor.Evidence;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Severity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The incident of a channel, which is no monitor's, on the stream. */
class ChannelIncidentsTest {
  private static final Filter ONE_MONITOR = Filter.of(Map.of("monitor", List.of("m1")));

  private final EventLog log =
      new EventLog(StreamSettings.DEFAULT, () -> Boards.NOW, () -> 0, "epoch123");

  private static Incident failing(String channel) {
    return new Incident(
        Ids.at(Boards.NOW),
        -1,
        Incident.ofChannel(channel),
        Severity.CRITICAL,
        IncidentState.OPEN,
        Boards.NOW,
        Boards.NOW,
        null,
        null,
        null,
        null,
        null,
        "refused",
        Evidence.NONE,
        Phases.UNREACHED,
        List.of());
  }

  private static Change change(Incident incident) {
    return new Change.IncidentChanged(
        null,
        incident,
        new TimelineEntry(Ids.at(Boards.NOW), incident.id(), Boards.NOW, "x", null, null));
  }

  private String snapshot(Filter filter) {
    byte[] bytes = new Snapshot(log.board(), filter).part(0, Wire.SSE).bytes();
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void it_is_in_the_snapshot_of_who_sees_all_monitors() {
    Incident first = failing("mail");
    log.load(List.of(Boards.entry(1)), List.of(first));
    Incident second = failing("chat");
    log.publish(List.of(change(second)));
    assertThat(snapshot(Filter.ALL))
        .contains(first.id().toString(), second.id().toString())
        .contains("\"monitor\":null,\"channel\":\"mail\"");
    assertThat(snapshot(ONE_MONITOR)).contains("\"m1\"").doesNotContain("channel\":\"mail");

    log.publish(List.of(change(first.resolved(Boards.NOW, Boards.NOW))));

    assertThat(snapshot(Filter.ALL))
        .contains(second.id().toString())
        .doesNotContain(first.id().toString());
  }

  @Test
  void its_changes_are_events_for_who_sees_all_monitors() {
    log.load(List.of(Boards.entry(1)), List.of());
    log.publish(List.of(change(failing("mail"))));
    Event event = log.after(0, 10).events().get(0);
    assertThat(event.matches(Filter.ALL)).isTrue();
    assertThat(event.matches(Filter.of(Map.of("events", List.of("incident"))))).isTrue();
    assertThat(event.matches(ONE_MONITOR)).isFalse();
  }
}
