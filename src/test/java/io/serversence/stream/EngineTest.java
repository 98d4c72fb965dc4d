package io.serversence.stream;

import static io.serversence.stream.Boards.entry;
import static io.serversence.stream.Boards.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.access.Caller;
import io.serversence.document.Json;
import io.serversence.incident.Incident;
import io.serversence.monitor.MonitorState;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest {
  private final Boards.FakeNanos nanos = new Boards.FakeNanos();
  private final Boards.FakeGate gate = new Boards.FakeGate();
  private StreamSettings settings = StreamSettings.DEFAULT;
  private LiveStream stream;
  private Writer writer;

  private void begin() {
    begin(List.of(entry(1), entry(2), entry(3)));
  }

  private void begin(List<BoardEntry> board) {
    stream = new LiveStream(settings, gate, () -> Boards.NOW, nanos);
    stream.load(board);
    writer = stream.engine().prepare(1).get(0);
  }

  private FakeTransport sse(String lastEventId, boolean snapshot, Filter filter) {
    FakeTransport transport = new FakeTransport(true);
    Subscription wanted = new Subscription(filter, lastEventId, snapshot, Wire.SSE, JsonValue.NULL);
    Ending refused = admit(transport, Boards.ANNA, wanted);
    assertThat(refused).isNull();
    return transport;
  }

  private FakeTransport sse() {
    return sse(null, false, Filter.ALL);
  }

  private Ending admit(FakeTransport transport, Caller caller, Subscription wanted) {
    Ending refused = stream.engine().admit(transport, caller, "::1", wanted, c -> {});
    turn();
    return refused;
  }

  private void turn() {
    for (int i = 0; i < 20; i++) {
      writer.turn();
    }
  }

  private void publish(int count) {
    long from = stream.engine().room().log.head();
    for (int i = 1; i <= count; i++) {
      stream.publish(List.of(state(1, MonitorState.DOWN, from + i)));
    }
    nanos.forward(Duration.ofMillis(1));
    turn();
  }

  private void wait(Duration time) {
    for (long ms = 0; ms < time.toMillis(); ms += 500) {
      nanos.forward(Duration.ofMillis(500));
      turn();
    }
  }

  private static List<Long> seqs(FakeTransport transport) {
    return transport.seen().stream()
        .filter(e -> e.name().equals("state"))
        .map(e -> e.data().getJsonNumber("seq").longValue())
        .toList();
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  private String id(long seq) {
    return new EventId(stream.board().epoch(), seq).toString();
  }

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

  /** Writes to all take 4 ms; so many events come at even distances for two seconds. */
  private FakeTransport underEvents(int perSecond) {
    begin();
    FakeTransport client = sse();
    client.whileWriting = () -> nanos.forward(Duration.ofMillis(4));
    int count = 2 * perSecond;
    for (int ms = 0, sent = 0; sent < count; ms += 4) {
      nanos.forward(Duration.ofMillis(4));
      for (; sent < count && sent * 1_000 / perSecond <= ms; sent++) {
        stream.publish(List.of(state(1, MonitorState.DOWN, sent + 1)));
      }
      writer.turn();
    }
    wait(Duration.ofMillis(500));
    assertThat(seqs(client)).isEqualTo(range(1, count));
    return client;
  }

  @Test
  void fewEventsAreWrittenOneByOne() {
    assertThat(underEvents(10).frames).hasSizeGreaterThanOrEqualTo(20);
  }

  @Test
  void manyEventsAreGatheredForFiftyMilliseconds() {
    assertThat(underEvents(100).frames).hasSizeBetween(30, 80); // of 200 events in two seconds
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

  private FakeTransport socket(AtomicReference<Client> holder) {
    FakeTransport transport = new FakeTransport(false);
    assertThat(stream.engine().admit(transport, Boards.ANNA, "::1", null, holder::set)).isNull();
    turn();
    return transport;
  }

  private void subscribe(AtomicReference<Client> client, Filter filter, Wire wire) {
    client.get().subscribe(new Subscription(filter, null, true, wire, Json.number(7)));
    turn();
  }

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

  /** What STREAM.md promises every client: prev is never beyond what it has covered. */
  private static void assertChain(FakeTransport client, long from) {
    long last = from;
    for (FakeTransport.Seen event : client.seen()) {
      if (event.data().containsKey("prev")) {
        assertThat(event.data().getJsonNumber("prev").longValue()).isLessThanOrEqualTo(last);
        last = event.data().getJsonNumber("seq").longValue();
      } else if (event.name().equals("heartbeat") || event.name().equals("snapshot")) {
        last = event.data().getJsonNumber("seq").longValue();
      }
    }
  }
}
