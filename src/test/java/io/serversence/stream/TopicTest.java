package io.serversence.stream;

import static io.serversence.stream.Boards.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.access.Caller;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A topic tells each reader what it does not have yet, and nothing else. */
class TopicTest {
  private static final Caller NOBODY = new Caller(null, null, false);

  private final Boards.FakeNanos nanos = new Boards.FakeNanos();
  private final Boards.FakeGate gate = new Boards.FakeGate();
  private final Topic topic = new Topic();
  private StreamSettings settings = StreamSettings.DEFAULT;
  private LiveStream stream;
  private Writer writer;

  @BeforeEach
  void begin() {
    stream = new LiveStream(settings, gate, () -> Boards.NOW, nanos);
    stream.load(List.of(entry(1)));
    writer = stream.engine().prepare(1).get(0);
  }

  private void turn() {
    for (int i = 0; i < 20; i++) {
      writer.turn();
    }
  }

  private void wait(Duration time) {
    for (long ms = 0; ms < time.toMillis(); ms += 500) {
      nanos.forward(Duration.ofMillis(500));
      turn();
    }
  }

  private FakeTransport reader(Caller caller, String cursor) {
    FakeTransport transport = new FakeTransport(true);
    Ending refused = stream.engine().admit(transport, caller, "::1", topic.reading(caller, cursor));
    assertThat(refused).isNull();
    turn();
    return transport;
  }

  /** Rows as "a=1", each of which is a monitor; the field is what they add up to. */
  private void tell(String field, String... rows) {
    Map<String, String> json = new LinkedHashMap<>();
    for (String row : rows) {
      json.put(row.substring(0, 1), "\"" + row + "\"");
    }
    Map<String, String> fields = Map.of("state", "\"" + field + "\"");
    Edition last = topic.edition();
    topic.tell(
        last == null
            ? Edition.first(Boards.NOW, fields, json)
            : last.next(Boards.NOW, fields, json));
    turn();
  }

  private static String rows(JsonObject data) {
    return data.getJsonArray("monitors").toString();
  }

  @Test
  void aReaderIsToldAllAndThenWhatChanges() {
    tell("good", "a=1", "b=1");
    FakeTransport reader = reader(NOBODY, null);
    tell("bad", "a=2", "b=1");
    tell("bad", "a=2", "b=2");

    assertThat(reader.names()).containsExactly("hello", "page", "change", "change");
    FakeTransport.Seen first = reader.seen().get(2);
    assertThat(first.id()).isEqualTo(topic.epoch() + "-2");
    assertThat(first.data().getInt("prev")).isEqualTo(1);
    assertThat(first.data().getString("state")).isEqualTo("bad");
    assertThat(rows(first.data())).isEqualTo("[\"a=2\"]");
    assertThat(rows(reader.last().data())).isEqualTo("[\"b=2\"]");
    assertThat(reader.last().data()).doesNotContainKey("state");
  }

  @Test
  void theGreetingSaysNothingOfWhoReads() {
    FakeTransport reader = reader(Boards.ANNA, null);

    assertThat(reader.names()).containsExactly("hello");
    assertThat(reader.last().data())
        .containsOnlyKeys("epoch", "version", "serverTime", "heartbeatMs", "lifetimeMs", "resumed");
  }

  @Test
  void whatIsTheSameIsNotToldAgain() {
    tell("good", "a=1");
    FakeTransport reader = reader(NOBODY, null);
    tell("good", "a=1");

    assertThat(reader.names()).containsExactly("hello", "page");
  }

  @Test
  void otherRowsOrAnotherOrderAreToldAsAWhole() {
    tell("good", "a=1", "b=1");
    FakeTransport reader = reader(NOBODY, null);
    tell("good", "b=1", "a=1");
    assertThat(rows(reader.last().data())).isEqualTo("[\"b=1\",\"a=1\"]");
    tell("good", "b=1");

    assertThat(reader.names()).containsExactly("hello", "page", "page", "page");
    assertThat(rows(reader.last().data())).isEqualTo("[\"b=1\"]");
    assertThat(reader.last().data()).containsKey("state");
  }

  @Test
  void aReaderThatComesBackIsToldWhatItMissed() {
    tell("good", "a=1", "b=1");
    for (int i = 2; i <= 100; i++) {
      tell("good", "a=" + i, "b=1");
    }
    FakeTransport reader = reader(NOBODY, topic.epoch() + "-40");

    assertThat(reader.names()).containsExactly("hello", "change");
    assertThat(reader.seen().get(0).data().getString("resumed")).isEqualTo("ok");
    assertThat(reader.last().data().getInt("prev")).isEqualTo(40);
    assertThat(rows(reader.last().data())).isEqualTo("[\"a=100\"]");
    assertThat(reader(NOBODY, topic.epoch() + "-100").names()).containsExactly("hello");
  }

  @Test
  void aCursorThatIsNotOfThisTopicIsToldAll() {
    tell("good", "a=1");
    for (String cursor : List.of("nonsense", "aaaaaaaa-1", topic.epoch() + "-2")) {
      FakeTransport reader = reader(NOBODY, cursor);
      assertThat(reader.names()).containsExactly("hello", "page");
      assertThat(reader.seen().get(0).data().getString("resumed")).isEqualTo("reset");
    }
  }

  @Test
  void aSlowReaderIsToldTheNewestAloneAndNobodyWaitsForIt() {
    tell("good", "a=1");
    FakeTransport slow = reader(NOBODY, null);
    FakeTransport good = reader(NOBODY, null);
    slow.reads = false;
    for (int i = 2; i <= 50; i++) {
      tell("good", "a=" + i);
    }
    assertThat(good.names()).hasSize(51);
    slow.reads = true;
    slow.read();
    turn();

    assertThat(slow.names()).containsExactly("hello", "page", "change", "change");
    assertThat(slow.last().data().getInt("prev")).isEqualTo(2);
    assertThat(rows(slow.last().data())).isEqualTo("[\"a=50\"]");
  }

  @Test
  void readersShareTheBytes() {
    FakeTransport one = reader(NOBODY, null);
    FakeTransport other = reader(NOBODY, null);
    tell("good", "a=1");
    tell("good", "a=2");

    assertThat(one.frames.get(1)).isSameAs(other.frames.get(1));
    assertThat(one.frames.get(2)).isSameAs(other.frames.get(2));
  }

  @Test
  void aQuietReaderHearsThatNothingChanged() {
    tell("good", "a=1");
    FakeTransport reader = reader(NOBODY, null);
    wait(Duration.ofSeconds(16));

    assertThat(reader.names()).containsExactly("hello", "page", "heartbeat");
    assertThat(reader.last().id()).isEqualTo(topic.epoch() + "-1");
  }

  @Test
  void theEndOfATopicIsTheEndOfAllItsReaders() {
    tell("good", "a=1");
    FakeTransport reader = reader(NOBODY, null);
    topic.end(true);
    turn();

    assertThat(reader.last().name()).isEqualTo("bye");
    assertThat(reader.last().data().isNull("reconnectMs")).isTrue();
    assertThat(reader.closed).isEqualTo(Ending.REVOKED);
    assertThat(reader(NOBODY, null).closed).isEqualTo(Ending.REVOKED);
    assertThat(topic.readers()).isZero();
    assertThat(stream.meters().sse()).isZero();
  }

  @Test
  void oneThatCannotBeKeptCutsItsReadersOffToComeBack() {
    FakeTransport reader = reader(NOBODY, null);
    topic.end(false);
    turn();

    assertThat(reader.names()).containsExactly("hello");
    assertThat(reader.closed).isEqualTo(Ending.FAILED);
  }

  @Test
  void onlyWhoReadsByRightLosesItWithTheRight() {
    gate.valid = false;
    FakeTransport anyone = reader(NOBODY, null);
    FakeTransport anna = reader(Boards.ANNA, null);
    wait(Duration.ofSeconds(5));

    assertThat(anna.closed).isEqualTo(Ending.REVOKED);
    assertThat(anyone.closed).isNull();
  }

  @Test
  void theLimitsOfConnectionsHold() {
    settings = settings.withConnections(3, 3, 1);
    begin();
    FakeTransport reader = reader(NOBODY, null);
    assertThat(
            stream
                .engine()
                .admit(new FakeTransport(true), NOBODY, "::1", topic.reading(NOBODY, null)))
        .isEqualTo(Ending.LIMIT);
    reader.hangUp();

    assertThat(topic.readers()).isZero();
    reader(NOBODY, null);
  }
}
