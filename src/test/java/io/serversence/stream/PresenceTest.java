package io.serversence.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.document.Refused;
import io.serversence.incident.Ids;
import io.serversence.incident.Incident;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PresenceTest {
  private final Boards.FakeNanos nanos = new Boards.FakeNanos();
  private final LiveStream stream =
      new LiveStream(StreamSettings.DEFAULT, new Boards.FakeGate(), () -> Boards.NOW, nanos);
  private final Incident incident = Boards.open(1);
  private final Writer writer;

  PresenceTest() {
    stream.load(List.of(Boards.entry(1), Boards.entry(2)));
    writer = stream.engine().prepare(1).get(0);
    stream.publish(List.of(Boards.incident(1, incident, "opened")));
  }

  /** A WebSocket client and what it sees. */
  private final class Screen {
    private final FakeTransport transport = new FakeTransport(false);
    private final AtomicReference<Client> client = new AtomicReference<>();

    private Screen(Filter filter) {
      stream.engine().admit(transport, Boards.ANNA, "::1", null, client::set);
      client.get().subscribe(new Subscription(filter, null, false, Wire.TEXT, JsonValue.NULL));
      turn();
    }

    private JsonValue view(UUID id) {
      JsonValue answer = client.get().view(id);
      turn();
      return answer;
    }

    private List<Integer> counts() {
      return transport.seen().stream()
          .filter(e -> e.name().equals("presence"))
          .map(e -> e.data().getInt("count"))
          .toList();
    }
  }

  private void turn() {
    for (int i = 0; i < 10; i++) {
      writer.turn();
    }
  }

  private void second() {
    nanos.forward(Duration.ofSeconds(1));
    turn();
  }

  @Test
  void whoLooksIsToldAtOnceAndSoIsThatNobodyDoesAnyMore() {
    Screen anna = new Screen(Filter.ALL);
    Screen other = new Screen(Filter.ALL);
    JsonObject answer = anna.view(incident.id()).asJsonObject();

    assertThat(answer)
        .hasToString("{\"incident\":\"" + incident.id() + "\",\"users\":[\"anna\"],\"count\":1}");
    assertThat(other.transport.last().data()).isEqualTo(answer);
    assertThat(other.transport.last().id()).isNull();
    anna.view(null);
    second();
    assertThat(other.counts()).containsExactly(1, 0);
    assertThat(stream.meters().viewed()).isZero();
  }

  @Test
  void whatChangesWithinASecondIsToldOnce() {
    Screen other = new Screen(Filter.ALL);
    Screen anna = new Screen(Filter.ALL);
    for (int i = 0; i < 10; i++) {
      anna.view(incident.id());
      anna.view(null);
    }
    anna.view(incident.id());
    second();
    second();

    assertThat(other.counts()).containsExactly(1, 1);
  }

  @Test
  void aUserWithTwoScreensCountsOnceAndLeavesWithTheLast() {
    Screen first = new Screen(Filter.ALL);
    Screen second = new Screen(Filter.ALL);
    first.view(incident.id());
    assertThat(second.view(incident.id()).asJsonObject().getInt("count")).isEqualTo(1);
    first.transport.hangUp();
    second();
    assertThat(stream.meters().viewed()).isEqualTo(1);
    second.transport.hangUp();
    second();

    assertThat(stream.meters().viewed()).isZero();
  }

  @Test
  void whoComesLaterIsToldOfThoseWhoLookAndNotOfThoseWhoDid() {
    Incident another = Boards.open(2);
    stream.publish(List.of(Boards.incident(2, another, "opened")));
    Screen anna = new Screen(Filter.ALL);
    anna.view(another.id());
    second();
    anna.view(incident.id());
    second();
    Screen late = new Screen(Filter.ALL);

    assertThat(late.counts()).containsExactly(1);
    assertThat(late.transport.last().data().getString("incident"))
        .isEqualTo(incident.id().toString());
  }

  @Test
  void itIsToldToThoseWhoseFilterWantsIt() {
    Screen states = new Screen(Filter.of(Map.of("events", List.of("state"))));
    Screen second = new Screen(Filter.of(Map.of("monitor", List.of("m2"))));
    Screen first = new Screen(Filter.of(Map.of("monitor", List.of("m1"))));
    first.view(incident.id());

    assertThat(first.counts()).containsExactly(1);
    assertThat(second.counts()).isEmpty();
    assertThat(states.counts()).isEmpty();
  }

  @Test
  void aClientThatWasBusyIsToldTheLatestOnly() {
    Screen slow = new Screen(Filter.ALL);
    Screen anna = new Screen(Filter.ALL);
    slow.transport.reads = false;
    slow.client.get().answer("{\"ref\":1}");
    turn();
    for (int i = 0; i < 5; i++) {
      anna.view(incident.id());
      second();
      anna.view(null);
      second();
    }
    slow.transport.reads = true;
    slow.transport.read();
    turn();

    assertThat(slow.counts()).isEqualTo(List.of(0));
  }

  @Test
  void anIncidentThatIsNotOpenCannotBeLookedAt() {
    Screen anna = new Screen(Filter.ALL);

    assertThatThrownBy(() -> anna.view(Ids.at(Boards.NOW)))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("no such incident");
    stream.publish(
        List.of(Boards.incident(1, incident.resolved(Boards.NOW, Boards.NOW), "resolved")));
    assertThatThrownBy(() -> anna.view(incident.id())).isInstanceOf(Refused.class);
  }

  @Test
  void onlySoManyIncidentsAreLookedAtAtOnce() {
    Presence presence = new Presence(nanos);
    for (int i = 0; i < Presence.MOST_INCIDENTS; i++) {
      presence.view(new Object(), null, Ids.at(Boards.NOW), Boards.monitor(1).monitor());
    }

    assertThatThrownBy(
            () ->
                presence.view(new Object(), null, Ids.at(Boards.NOW), Boards.monitor(1).monitor()))
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.reason()).isEqualTo(Refused.Reason.TOO_MANY));
    assertThat(presence.size()).isEqualTo(Presence.MOST_INCIDENTS);
  }

  @Test
  void whatIsRememberedIsBounded() {
    Presence presence = new Presence(nanos);
    Object connection = new Object();
    for (int i = 0; i < 3 * Presence.MOST_INCIDENTS; i++) {
      presence.view(connection, "anna", Ids.at(Boards.NOW), Boards.monitor(1).monitor());
      nanos.forward(Duration.ofSeconds(1));
      presence.tick();
    }
    assertThat(presence.size()).isEqualTo(1);
    assertThat(presence.looks()).hasSizeLessThan(70);
  }
}
