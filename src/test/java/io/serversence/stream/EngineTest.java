package io.serversence.stream;

import static io.serversence.stream.Boards.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.access.Caller;
import io.serversence.incident.Incident;
import io.serversence.monitor.MonitorState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EngineTest extends EngineCase {
  @Test
  void warmingUpLeavesNoTrace() {
    begin(IntStream.range(0, 1_200).mapToObj(Boards::entry).toList());
    StreamMeters before = stream.meters();
    stream.warmUp();
    assertThat(stream.meters()).isEqualTo(before);
    assertThat(sse(null, true, Filter.ALL).names())
        .containsExactly("hello", "snapshot", "snapshot", "snapshot");
  }

  @Test
  void aQuietConnectionGetsAHeartbeatWithTheId() {
    begin();
    publish(3);
    FakeTransport client = sse();
    wait(Duration.ofSeconds(16));

    assertThat(client.names()).containsExactly("hello", "heartbeat");
    assertThat(client.last().id()).isEqualTo(id(3));
    assertThat(client.last().data().getInt("seq")).isEqualTo(3);
  }

  @Test
  void aBusyConnectionGetsAHeartbeatAMinute() {
    begin();
    FakeTransport client = sse();
    for (int i = 0; i < 140; i++) {
      publish(1);
      wait(Duration.ofMillis(500));
    }

    assertThat(client.names().stream().filter("heartbeat"::equals)).hasSize(1);
  }

  @Test
  void aNarrowFilterSeesNoGapWhenTheLogRollsOn() {
    settings = settings.withLog(10, 1 << 20, 1 << 20);
    begin();
    FakeTransport client = sse(null, false, Filter.of(Map.of("monitor", List.of("m2"))));
    for (int i = 0; i < 10; i++) {
      publish(7);
    }
    stream.publish(List.of(state(2, MonitorState.DOWN, 1)));
    turn();

    assertThat(client.names()).containsExactly("hello", "heartbeat", "state");
    assertChain(client, 0);
  }

  @Test
  void aConnectionEndsAfterItsLifetime() {
    begin();
    FakeTransport client = sse();
    wait(Duration.ofMinutes(7));
    assertThat(client.closed).isNull();
    wait(Duration.ofMinutes(6));

    assertThat(client.last().name()).isEqualTo("bye");
    assertThat(client.last().data().getString("reason")).isEqualTo("lifetime");
    assertThat(client.closed).isEqualTo(Ending.LIFETIME);
    assertThat(writer.clients()).isEmpty();
    assertThat(stream.meters().sse()).isZero();
    assertThat(stream.meters().views()).isZero();
  }

  @Test
  void aCallerWhoseRightsAreGoneIsToldNotToComeBack() {
    begin();
    FakeTransport client = sse();
    gate.valid = false;
    wait(Duration.ofSeconds(5));

    assertThat(client.last().data().getString("reason")).isEqualTo("revoked");
    assertThat(client.last().data().isNull("reconnectMs")).isTrue();
    assertThat(client.closed).isEqualTo(Ending.REVOKED);
  }

  @Test
  void eachLimitOfConnectionsRefuses() {
    settings = settings.withConnections(3, 2, 3);
    begin();
    sse();
    sse();

    assertThat(admit(new FakeTransport(true), Boards.ANNA, null)).isEqualTo(Ending.LIMIT);
    Caller bert = new Caller("bert", Boards.ANNA.role(), false);
    FakeTransport third = new FakeTransport(false);
    assertThat(admit(third, bert, null)).isNull();
    assertThat(admit(new FakeTransport(false), bert, null)).isEqualTo(Ending.LIMIT);
    third.hangUp();
    third.hangUp();
    assertThat(admit(new FakeTransport(false), bert, null)).isNull();
    assertThat(stream.meters().refused()).isEqualTo(2);
  }

  @Test
  void stoppingSaysByeToAll() {
    begin();
    FakeTransport client = sse();
    FakeTransport stalled = sse();
    stalled.reads = false;
    publish(1);
    stream.stop();
    writer.stop(0, Duration.ofSeconds(7).toNanos());
    wait(Duration.ofSeconds(1));
    assertThat(client.last().data().getString("reason")).isEqualTo("shutdown");
    assertThat(client.closed).isEqualTo(Ending.SHUTDOWN);
    wait(Duration.ofSeconds(7));

    assertThat(stalled.closed).isEqualTo(Ending.SHUTDOWN);
    assertThat(writer.clients()).isEmpty();
    assertThat(admit(new FakeTransport(true), Boards.ANNA, null)).isEqualTo(Ending.SHUTDOWN);
  }

  @Test
  void aMonitorThatFailsAndRecoversInOneBatchHasItsIncidentInBetween() {
    begin();
    FakeTransport client = sse();
    Incident incident = Boards.open(1);
    stream.publish(
        List.of(
            Boards.incident(1, incident, "opened"),
            state(1, MonitorState.DOWN, 1),
            Boards.incident(1, incident.resolved(Boards.NOW, Boards.NOW), "resolved"),
            state(1, MonitorState.UP, 2)));
    turn();

    assertThat(client.names()).containsExactly("hello", "incident", "state", "incident", "state");
    assertThat(client.seen().get(2).data().getString("incident"))
        .isEqualTo(incident.id().toString());
    assertThat(client.last().data().isNull("incident")).isTrue();
  }

  @Test
  void clientsWithTheSameFilterShareTheBytes() {
    begin();
    FakeTransport one = sse();
    FakeTransport other = sse();
    publish(1);

    assertThat(one.frames.get(1)).isSameAs(other.frames.get(1));
  }
}
