package io.serversence.stream;

import static io.serversence.stream.Boards.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.monitor.MonitorState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatheringTest extends EngineCase {
  private static final Duration WHILE = Duration.ofSeconds(4);

  /** Milliseconds at which a write to all begins. */
  private final List<Double> writes = new ArrayList<>();

  /** Milliseconds for which a write goes on in another thread when the writer is done with it. */
  private double writing;

  private long sent;

  private double ms() {
    return nanos.getAsLong() / 1e6;
  }

  /** So many events come at even distances, and each write to all takes so long. */
  private void underEvents(int perSecond, Duration walk) {
    underEvents(perSecond, 1, walk);
  }

  /** The same, but so many come 15 ms after each other, and then none for so much longer. */
  private void underEvents(int perSecond, int burst, Duration walk) {
    begin();
    FakeTransport last = sse();
    FakeTransport client = sse(); // walks begin here
    double from = ms();
    client.whileWriting =
        () -> {
          writes.add(ms());
          nanos.forward(walk);
        };
    client.reads = writing == 0;
    last.whileWriting = () -> publishDue(perSecond, burst, ms() - from);
    sent = 0;
    while (ms() < from + WHILE.toMillis()) {
      publishDue(perSecond, burst, ms() - from);
      writer.turn();
      if (!writes.isEmpty() && ms() - writes.get(writes.size() - 1) >= writing) {
        client.read();
      }
      nanos.forward(Duration.ofNanos(500_000));
    }
    writes.removeIf(at -> at < from + 1_000); // until the writer knows how many come
    last.whileWriting = () -> {};
    client.whileWriting = () -> {};
    client.reads = true;
    client.read();
    wait(Duration.ofMillis(500));
    assertThat(seqs(client)).isEqualTo(range(1, sent));
  }

  private void publishDue(int perSecond, int burst, double until) {
    for (; sent / burst * burst * 1_000.0 / perSecond + sent % burst * 15 <= until; sent++) {
      stream.publish(List.of(state(1, MonitorState.DOWN, sent + 1)));
    }
  }

  /** The shortest time from the end of a write to the beginning of the next. */
  private double shortestRest(Duration walk) {
    double shortest = Double.MAX_VALUE;
    for (int i = 1; i < writes.size(); i++) {
      shortest = Math.min(shortest, writes.get(i) - writes.get(i - 1) - walk.toNanos() / 1e6);
    }
    return shortest;
  }

  @ParameterizedTest
  @CsvSource({"10, 4000", "10, 7000", "100, 200"})
  void whereTheWriterHasTimeEventsAreWrittenOneByOne(int perSecond, int walkMicros) {
    underEvents(perSecond, Duration.ofNanos(walkMicros * 1_000L));
    assertThat(writes).hasSizeBetween(3 * perSecond - 1, 3 * perSecond + 1);
  }

  @ParameterizedTest
  @CsvSource({"100, 400", "100, 4000", "1000, 100"})
  void manyEventsAreGatheredForFiftyMilliseconds(int perSecond, int walkMicros) {
    underEvents(perSecond, Duration.ofNanos(walkMicros * 1_000L));
    assertThat(writes).hasSizeBetween(54, 61); // in three seconds
  }

  @ParameterizedTest
  @ValueSource(doubles = {12, 40})
  void whereOthersWriteWhatComesMeanwhileIsGatheredAsWell(double millis) {
    writing = millis;
    underEvents(100, Duration.ofMillis(4));
    assertThat(writes).hasSizeBetween(54, 61); // in three seconds
  }

  @Test
  void whoWasBusyWhenOthersWereToldIsToldAsSoonAsItCan() {
    writing = 130;
    underEvents(100, Duration.ofMillis(4));
    assertThat(shortestRest(Duration.ofMillis(4))).isBetween(126.0, 128.0);
  }

  @ParameterizedTest
  @CsvSource({"6, 30", "10, 20"}) // three at a time: the second and the third together
  void fewEventsAreGatheredOnlyWhereTheWriterHasNoTime(int walkMillis, int expected) {
    underEvents(10, 3, Duration.ofMillis(walkMillis));
    assertThat(writes).hasSizeBetween(expected - 3, expected + 3);
  }

  @Test
  void afterALongWriteTheWriterRestsAsLong() {
    Duration walk = Duration.ofMillis(30);
    underEvents(100, walk);
    assertThat(shortestRest(walk)).isBetween(30.0, 32.0);
  }

  @Test
  void whereFewEventsComeTheNextIsNotHeldBackByARest() {
    Duration walk = Duration.ofMillis(70);
    underEvents(10, walk);
    assertThat(shortestRest(walk)).isBetween(29.0, 31.0);
  }

  @Test
  void theRestIsNoLongerThanEventsMayBeGathered() {
    Duration walk = Duration.ofMillis(300);
    underEvents(100, walk);
    assertThat(shortestRest(walk)).isBetween(50.0, 52.0);
  }

  @Test
  void whoIsKnownToReadDoesNotWaitForWhatOthersSwallow() {
    assertThat(delayBesideOthers((client, transport) -> {})).isGreaterThanOrEqualTo(400);
    assertThat(delayBesideOthers((client, transport) -> transport.pong())).isBetween(50.0, 80.0);
    assertThat(delayBesideOthers((client, transport) -> takeMuch(client))).isBetween(50.0, 80.0);
  }

  private void takeMuch(Client client) {
    for (int i = 0; i < 9; i++) {
      client.answer("{\"much\":\"" + "x".repeat(1 << 20) + "\"}");
      turn();
    }
  }

  /** Milliseconds until an event reaches one who gave proof, as 20 others take 20 ms each. */
  private double delayBesideOthers(BiConsumer<Client, FakeTransport> proof) {
    begin();
    FakeTransport reader = reader(proof);
    for (int i = 0; i < 20; i++) {
      sse().whileWriting = () -> nanos.forward(Duration.ofMillis(20));
    }
    AtomicReference<Double> told = new AtomicReference<>();
    reader.whileWriting = () -> told.compareAndSet(null, ms());
    double from = ms();
    stream.publish(List.of(state(1, MonitorState.DOWN, 1)));
    writer.turn();
    assertThat(seqs(reader)).containsExactly(1L);
    return told.get() - from;
  }

  private FakeTransport reader(BiConsumer<Client, FakeTransport> proof) {
    AtomicReference<Client> client = new AtomicReference<>();
    FakeTransport reader = socket(client);
    subscribe(client, Filter.ALL, Wire.TEXT);
    proof.accept(client.get(), reader);
    turn();
    return reader;
  }

  @Test
  void whatComesAndWhoLeavesAmidALongWalkConfusesNobody() {
    begin();
    FakeTransport reader = reader((client, transport) -> transport.pong());
    FakeTransport leaver = reader((client, transport) -> transport.pong());
    List<FakeTransport> all = new ArrayList<>(List.of(reader));
    sent = 1;
    for (int i = 0; i < 20; i++) {
      FakeTransport other = sse();
      all.add(other);
      other.whileWriting =
          () -> {
            nanos.forward(Duration.ofMillis(20));
            other.whileWriting = () -> nanos.forward(Duration.ofMillis(20));
            stream.publish(List.of(state(1, MonitorState.DOWN, ++sent)));
          };
    }
    leaver.whileWriting = leaver::hangUp;
    stream.publish(List.of(state(1, MonitorState.DOWN, 1)));
    wait(Duration.ofSeconds(2));

    assertThat(sent).isEqualTo(21);
    assertThat(writer.clients()).hasSize(all.size());
    assertThat(all).allSatisfy(client -> assertThat(seqs(client)).isEqualTo(range(1, 21)));
    assertChain(reader, 0);
  }
}
