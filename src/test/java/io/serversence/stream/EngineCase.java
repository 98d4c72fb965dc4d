package io.serversence.stream;

import static io.serversence.stream.Boards.entry;
import static io.serversence.stream.Boards.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.access.Caller;
import io.serversence.document.Json;
import io.serversence.monitor.MonitorState;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;

/** An engine whose one writer and whose clock are moved by hand. */
abstract class EngineCase {
  final Boards.FakeNanos nanos = new Boards.FakeNanos();
  final Boards.FakeGate gate = new Boards.FakeGate();
  StreamSettings settings = StreamSettings.DEFAULT;
  LiveStream stream;
  Writer writer;

  void begin() {
    begin(List.of(entry(1), entry(2), entry(3)));
  }

  void begin(List<BoardEntry> board) {
    stream = new LiveStream(settings, gate, () -> Boards.NOW, nanos);
    stream.load(board);
    writer = stream.engine().prepare(1).get(0);
  }

  FakeTransport sse(String lastEventId, boolean snapshot, Filter filter) {
    FakeTransport transport = new FakeTransport(true);
    Subscription wanted = new Subscription(filter, lastEventId, snapshot, Wire.SSE, JsonValue.NULL);
    Ending refused = admit(transport, Boards.ANNA, wanted);
    assertThat(refused).isNull();
    return transport;
  }

  FakeTransport sse() {
    return sse(null, false, Filter.ALL);
  }

  Ending admit(FakeTransport transport, Caller caller, Subscription wanted) {
    Ending refused = stream.engine().admit(transport, caller, "::1", wanted, c -> {});
    turn();
    return refused;
  }

  void turn() {
    for (int i = 0; i < 20; i++) {
      writer.turn();
    }
  }

  void publish(int count) {
    long from = stream.engine().room().log.head();
    for (int i = 1; i <= count; i++) {
      stream.publish(List.of(state(1, MonitorState.DOWN, from + i)));
    }
    nanos.forward(Duration.ofMillis(1));
    turn();
  }

  void wait(Duration time) {
    for (long ms = 0; ms < time.toMillis(); ms += 500) {
      nanos.forward(Duration.ofMillis(500));
      turn();
    }
  }

  static List<Long> seqs(FakeTransport transport) {
    return transport.seen().stream()
        .filter(e -> e.name().equals("state"))
        .map(e -> e.data().getJsonNumber("seq").longValue())
        .toList();
  }

  static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  String id(long seq) {
    return new EventId(stream.board().epoch(), seq).toString();
  }

  FakeTransport socket(AtomicReference<Client> holder) {
    FakeTransport transport = new FakeTransport(false);
    assertThat(stream.engine().admit(transport, Boards.ANNA, "::1", null, holder::set)).isNull();
    turn();
    return transport;
  }

  void subscribe(AtomicReference<Client> client, Filter filter, Wire wire) {
    client.get().subscribe(new Subscription(filter, null, true, wire, Json.number(7)));
    turn();
  }

  /** What STREAM.md promises every client: prev is never beyond what it has covered. */
  static void assertChain(FakeTransport client, long from) {
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
