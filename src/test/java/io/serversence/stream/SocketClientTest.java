package io.serversence.stream;

import static io.serversence.stream.Boards.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.monitor.MonitorState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SocketClientTest extends EngineCase {
  @Test
  void aWebSocketGetsOnlyHelloUntilItSubscribes() {
    begin();
    AtomicReference<Client> client = new AtomicReference<>();
    FakeTransport transport = socket(client);
    publish(2);
    wait(Duration.ofSeconds(10));
    assertThat(transport.names()).containsExactly("hello");
    assertThat(transport.last().data().isNull("resumed")).isTrue();
    subscribe(client, Filter.ALL, Wire.TEXT);
    publish(2);

    assertThat(transport.names()).containsExactly("hello", "snapshot", "state", "state");
    assertThat(transport.frames.get(1).text())
        .isEqualTo(
            "{\"ref\":7,\"ok\":true,\"result\":{\"seq\":2,\"resumed\":\"fresh\",\"filter\":{}}}");
  }

  @Test
  void aSecondSubscriptionReplacesTheFirst() {
    begin();
    AtomicReference<Client> client = new AtomicReference<>();
    FakeTransport transport = socket(client);
    subscribe(client, Filter.ALL, Wire.TEXT);
    subscribe(client, Filter.of(Map.of("monitor", List.of("m2"))), Wire.BATCH);
    publish(2);

    assertThat(transport.names()).containsExactly("hello", "snapshot", "reset", "snapshot");
    assertThat(transport.last().data().getJsonArray("monitors")).hasSize(1);
    assertThat(stream.meters().views()).isEqualTo(1);
  }

  @Test
  void aBatchIsOneFrame() {
    begin();
    AtomicReference<Client> client = new AtomicReference<>();
    FakeTransport transport = socket(client);
    subscribe(client, Filter.ALL, Wire.BATCH);
    int before = transport.frames.size();
    publish(20);

    assertThat(transport.frames).hasSize(before + 1);
    assertThat(seqs(transport)).isEqualTo(range(1, 20));
  }

  @Test
  void samplesComeAsBinaryWhereWanted() {
    begin();
    AtomicReference<Client> client = new AtomicReference<>();
    FakeTransport transport = socket(client);
    subscribe(client, Filter.ALL, Wire.BATCH_BINARY);
    stream.publish(List.of(Boards.sample(2, 1_500), state(1, MonitorState.DOWN, 1)));
    turn();

    Frame binary = transport.frames.get(3);
    assertThat(binary.text()).isNull();
    var buffer = binary.buffer();
    assertThat(buffer.remaining()).isEqualTo(20 + 17);
    assertThat(buffer.get()).isEqualTo((byte) 1);
    assertThat(buffer.get()).isEqualTo((byte) 1);
    assertThat(buffer.getShort()).isEqualTo((short) 1);
    assertThat(buffer.getLong()).isEqualTo(1);
    assertThat(buffer.getLong()).isZero();
    assertThat(buffer.getInt()).isEqualTo(2);
    assertThat(buffer.getLong()).isEqualTo(Boards.NOW.toEpochMilli());
    assertThat(buffer.get()).isZero();
    assertThat(buffer.getInt()).isEqualTo(1_500);
    assertThat(transport.last().data().getInt("prev")).isEqualTo(1);
  }
}
