package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the stream does after 15, 20, 35 and 60 seconds. All clients start together, so that the
 * class takes about a minute, most of it waiting. Those that read are not to notice those that do
 * not.
 */
@ExtendWith(RunningServer.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("EnumOrdinal") // only to tell transports and clients apart
class StreamPatienceIT {
  private static final int STALLED = 20;
  private static final int SMALL = 4_096;

  private static Server server;
  private static double seatsBefore;
  private static double stalledBefore;
  private static long from;
  private static final List<StreamClient> quiet = new ArrayList<>();
  private static final List<StreamClient> good = new ArrayList<>();
  private static final List<StreamClient> stalled = new ArrayList<>();
  private static final List<StreamClient> left = new ArrayList<>();
  private static SocketClient dead;
  private static PlayedMonitor monitor;
  private static CommentFlood flood;
  private static long heapBefore;

  @BeforeAll
  static void begin(Server running) throws IOException {
    server = running;
    seatsBefore = Metrics.connections(server);
    stalledBefore = Metrics.of(server, "serversence_stream_stalled_total");
    monitor = PlayedMonitor.create(server, "patience");
    String incident = monitor.incident();
    StreamRequest narrow = StreamRequest.of(server).withoutSnapshot().filter("monitor", "nobody");
    StreamRequest all = StreamRequest.of(server).withoutSnapshot().filter("monitor", monitor.id());
    for (StreamTransport transport : StreamTransport.values()) {
      quiet.add(transport.open(narrow));
      left.add(transport.open(narrow));
      left.add(transport.open(narrow));
      good.add(transport.open(all));
      good.add(transport.open(all));
      for (int i = 0; i < STALLED; i++) {
        stalled.add(transport.stalled(all.receiveBuffer(SMALL)));
      }
    }
    good.add(StreamTransport.WEB_SOCKET.open(all.option("batch", "true")));
    dead = (SocketClient) StreamTransport.WEB_SOCKET.open(narrow);
    dead.playDead();
    for (int i = 0; i < left.size(); i++) {
      if (i % 2 == 0) {
        left.get(i).reset();
      } else {
        left.get(i).close();
      }
    }
    heapBefore = HeapUse.afterCollection(server);
    from = System.nanoTime();
    flood = new CommentFlood(server, incident, good);
    flood.start();
  }

  @AfterAll
  static void end() throws IOException {
    flood.stop();
    monitor.close();
    dead.quietly();
    for (List<StreamClient> clients : List.of(quiet, good, stalled, left)) {
      for (StreamClient client : clients) {
        client.quietly();
      }
    }
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  @ParameterizedTest
  @EnumSource
  @Order(1)
  void a_quiet_reader_gets_a_heartbeat_that_moves_it_on(StreamTransport transport)
      throws IOException {
    StreamClient client = quiet.get(transport.ordinal());
    StreamEvent hello = client.hello();
    StreamEvent heartbeat = client.next("heartbeat");

    assertThat(Duration.ofNanos(heartbeat.nanos() - hello.nanos()))
        .isBetween(Duration.ofSeconds(14), Duration.ofSeconds(25));
    assertThat(heartbeat.json().keySet()).containsExactly("seq", "serverTime");
    assertThat(heartbeat.seq()).isGreaterThan(hello.seq());
    assertThat(heartbeat.id()).isEqualTo(hello.json().getString("epoch") + "-" + heartbeat.seq());
    try (StreamClient back = transport.open(client.request().resuming(heartbeat.id()))) {
      assertThat(back.resumed()).isEqualTo("ok");
    }
  }

  @Test
  @Order(2)
  void a_web_socket_is_pinged_and_one_that_does_not_answer_is_closed() {
    assertThat(dead.end().code()).isEqualTo(4009);
    assertThat(since(from)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(50));
    assertThat(dead.pings()).isEqualTo(1);
    SocketClient alive = (SocketClient) quiet.get(StreamTransport.WEB_SOCKET.ordinal());
    assertThat(alive.pings()).isPositive();
    assertThat(alive.hasEnded()).isFalse();
  }

  @Test
  @Order(3)
  void who_stops_reading_is_dropped_and_holds_nothing() throws IOException {
    Await.until(
        "the stalled are dropped",
        Duration.ofSeconds(60),
        () ->
            Metrics.of(server, "serversence_stream_stalled_total") - stalledBefore >= 2 * STALLED);
    long heap = HeapUse.afterCollection(server) - heapBefore;
    flood.stop();

    // the log keeps what flowed; beyond it at most 256 KiB for each, and some for what else went on
    assertThat(heap).isLessThan(flood.bytes() + 2L * STALLED * 256 * 1024 + (16L << 20));
    Set<Integer> ports = new TreeSet<>();
    stalled.forEach(client -> ports.add(client.connection().port()));
    if (server.kind().closesOnTheStalled()) {
      Await.until(
          "their connections are closed",
          Duration.ofSeconds(75), // the minute of server-config, and some
          () -> Connections.open(server.port(), ports) == 0);
    }
  }

  @Test
  @Order(4)
  void those_who_read_lost_nothing_and_were_not_delayed() {
    flood.stop();
    for (StreamClient client : good) {
      flood.assertAllSeenBy(client);
    }
    // somebody held up by one of the stalled would have waited for the 20 s until that was dropped
    assertThat(Duration.ofNanos(flood.delays().quantile(1))).isLessThan(Duration.ofSeconds(10));
    assertThat(flood.delays().count()).isEqualTo(flood.sent() * good.size());
  }

  @ParameterizedTest
  @EnumSource
  @Order(5)
  void who_is_too_far_behind_is_reset(StreamTransport transport) throws IOException {
    Await.until("enough has flowed", Duration.ofSeconds(30), () -> flood.bytes() > 0);
    StreamRequest old = good.get(0).request().resuming(good.get(0).events().get(0).id());
    try (StreamClient client = transport.open(old)) {
      boolean lags = flood.bytes() > 4 << 20;

      assertThat(client.resumed()).isEqualTo(lags ? "reset" : "ok");
      if (lags) {
        assertThat(client.next("reset").json().getString("reason")).isEqualTo("lag");
        client.next("snapshot");
      }
    }
  }

  @Test
  @Order(6)
  void who_has_gone_without_a_word_is_noticed_within_a_minute() {
    int still = quiet.size() + good.size();
    Await.until(
        "the seats of those who left are free",
        Duration.ofSeconds(60), // the test before this one has left too
        () -> Metrics.connections(server) <= seatsBefore + still);
    assertThat(Metrics.connections(server)).isEqualTo(seatsBefore + still);
  }
}
