package io.serversence.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SlowClientTest extends EngineCase {
  @Test
  void aSlowClientGetsAllThatWaitsInOneWrite() {
    begin();
    FakeTransport client = sse();
    client.reads = false;
    publish(1);
    publish(50);
    int before = client.frames.size();
    client.reads = true;
    client.read();
    turn();

    assertThat(seqs(client)).isEqualTo(range(1, 51));
    assertThat(client.frames).hasSize(before + 2);
  }

  @Test
  void aClientThatFallsBehindTheLogIsResetWhenItReadsAgain() {
    settings = settings.withLog(10, 1 << 20, 1 << 20);
    begin();
    FakeTransport client = sse();
    client.reads = false;
    publish(30);
    client.reads = true;
    client.read();
    turn();
    publish(1);

    assertThat(client.names()).contains("reset", "snapshot").endsWith("state");
    assertThat(client.last().data().getInt("seq")).isEqualTo(31);
    assertThat(stream.meters().resets()).isEqualTo(1);
  }

  @Test
  void aClientThatMakesNoProgressIsDroppedAndNoOneElseNotices() {
    begin();
    FakeTransport stalled = sse();
    FakeTransport good = sse();
    stalled.reads = false;
    publish(1);
    wait(Duration.ofSeconds(21));

    assertThat(stalled.closed).isEqualTo(Ending.STALLED);
    assertThat(stalled.closes).isEqualTo(1);
    assertThat(good.closed).isNull();
    assertThat(seqs(good)).containsExactly(1L);
    assertThat(stream.meters().stalled()).isEqualTo(1);
    assertThat(stream.meters().sse()).isEqualTo(1);
  }

  @Test
  void aSlowClientThatMakesProgressStays() {
    begin();
    FakeTransport slow = sse();
    slow.reads = false;
    publish(1);
    for (int i = 0; i < 6; i++) {
      wait(Duration.ofSeconds(15));
      slow.progress();
    }

    assertThat(slow.closed).isNull();
  }

  @Test
  void aWebSocketWithoutPongIsClosed() {
    begin();
    AtomicReference<Client> client = new AtomicReference<>();
    FakeTransport transport = socket(client);
    wait(Duration.ofSeconds(16));
    assertThat(transport.pings).isEqualTo(1);
    transport.pong();
    wait(Duration.ofSeconds(16));
    assertThat(transport.pings).isEqualTo(2);
    wait(Duration.ofSeconds(21));

    assertThat(transport.closed).isEqualTo(Ending.NO_PONG);
  }

  @Test
  void aClientThatLeavesItsAnswersUnreadIsDropped() {
    begin();
    AtomicReference<Client> client = new AtomicReference<>();
    FakeTransport transport = socket(client);
    transport.reads = false;
    for (int i = 0; i < 300; i++) {
      client.get().answer("x".repeat(1_000));
      turn();
    }

    assertThat(transport.closed).isEqualTo(Ending.STALLED);
    assertThat(writer.clients()).isEmpty();
  }
}
