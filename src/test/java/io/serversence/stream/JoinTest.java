package io.serversence.stream;

import static io.serversence.stream.Boards.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.monitor.MonitorState;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinTest extends EngineCase {
  @Test
  void aFreshClientGetsHelloTheBoardAndWhatComesAfter() {
    begin();
    publish(2);
    FakeTransport client = sse(null, true, Filter.ALL);
    publish(1);

    assertThat(client.names()).containsExactly("hello", "snapshot", "state");
    FakeTransport.Seen hello = client.seen().get(0);
    assertThat(hello.id()).isNull();
    assertThat(hello.data().getString("resumed")).isEqualTo("fresh");
    assertThat(hello.data().getString("user")).isEqualTo("anna");
    assertThat(hello.data().getString("role")).isEqualTo("viewer");
    FakeTransport.Seen snapshot = client.seen().get(1);
    assertThat(snapshot.id()).isEqualTo(id(2));
    assertThat(snapshot.data().getJsonArray("monitors")).hasSize(3);
    assertThat(client.last().data().getInt("prev")).isEqualTo(2);
    assertThat(new String(client.frames.get(0).bytes(), java.nio.charset.StandardCharsets.UTF_8))
        .startsWith("retry: ");
  }

  @Test
  void withoutASnapshotHelloCarriesTheId() {
    begin();
    publish(2);

    FakeTransport client = sse();

    assertThat(client.names()).containsExactly("hello");
    assertThat(client.last().id()).isEqualTo(id(2));
  }

  @Test
  void aResumedClientGetsWhatItMissed() {
    begin();
    publish(5);
    FakeTransport client = sse(id(2), true, Filter.ALL);
    publish(1);

    assertThat(client.seen().get(0).data().getString("resumed")).isEqualTo("ok");
    assertThat(seqs(client)).isEqualTo(range(3, 6));
    assertThat(client.names()).doesNotContain("snapshot");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "aaaaaaaa-1", "-", "aaaaaaaa-99999999999999999999"})
  void aClientWithAnIdThatIsNotOursIsReset(String given) {
    begin();
    publish(1);
    FakeTransport client = sse(given, false, Filter.ALL);

    assertThat(client.names()).containsExactly("hello", "reset", "snapshot");
    assertThat(client.seen().get(1).data().getString("reason")).isIn("unknown", "epoch");
  }

  @Test
  void anIdBeyondTheHeadIsUnknownAndOneBeforeTheTailIsLate() {
    settings = settings.withLog(10, 1 << 20, 1 << 20);
    begin();
    publish(30);

    assertThat(sse(id(31), true, Filter.ALL).seen().get(1).data().getString("reason"))
        .isEqualTo("unknown");
    assertThat(sse(id(19), true, Filter.ALL).seen().get(1).data().getString("reason"))
        .isEqualTo("lag");
    assertThat(seqs(sse(id(20), true, Filter.ALL))).isEqualTo(range(21, 30));
  }

  @Test
  void aClientWithTooManyBytesToMakeUpIsReset() {
    settings = settings.withLog(1_000, 1 << 20, 2_000);
    begin();
    publish(100);

    assertThat(sse(id(1), true, Filter.ALL).names()).contains("reset");
    assertThat(sse(id(97), true, Filter.ALL).names()).doesNotContain("reset");
  }

  @Test
  void samplesAreLeftOutWhereTooManyWereMissedAndNothingElseIs() {
    settings = settings.withLog(1_000, 1 << 20, 4_000);
    begin();
    for (int i = 1; i <= 40; i++) {
      nanos.forward(Duration.ofMillis(300));
      stream.publish(List.of(Boards.sample(1, i), Boards.sample(2, i)));
      if (i % 10 == 0) {
        stream.publish(List.of(state(1, MonitorState.DOWN, i)));
      }
    }
    FakeTransport client = sse(id(1), true, Filter.ALL);
    nanos.forward(Duration.ofMillis(300));
    stream.publish(List.of(Boards.sample(1, 99)));
    turn();

    assertThat(client.names())
        .containsExactly("hello", "state", "state", "state", "state", "heartbeat", "samples");
    assertChain(client, 1);
  }

  @Test
  void aLargeBoardComesInParts() {
    begin(IntStream.rangeClosed(1, 1_201).mapToObj(Boards::entry).toList());
    FakeTransport client = sse(null, true, Filter.ALL);

    List<FakeTransport.Seen> parts = client.seen().subList(1, 4);
    assertThat(parts).extracting(p -> p.data().getInt("part")).containsExactly(1, 2, 3);
    assertThat(parts).extracting(p -> p.data().getInt("parts")).containsOnly(3);
    assertThat(parts).extracting(FakeTransport.Seen::id).containsExactly(null, null, id(0));
    assertThat(parts.stream().mapToInt(p -> p.data().getJsonArray("monitors").size()).sum())
        .isEqualTo(1_201);
  }
}
