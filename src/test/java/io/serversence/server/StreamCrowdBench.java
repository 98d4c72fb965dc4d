package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Many readers, and bad ones: what they hold, that all come back after a cut, and that those who do
 * not read harm nobody. Run by the {@code bench} profile on a quiet machine, whose limit of open
 * files must be 20,000.
 */
@SuppressWarnings("EnumOrdinal") // only to tell transports apart
class StreamCrowdBench {
  private static final Duration SOON = Duration.ofMinutes(2);

  private static Server open(TargetFarm farm, String name, int monitors) {
    return Bench.watching(
        ServerPlan.named(name)
            .with("SERVERSENCE_ANONYMOUS", "viewer")
            .with("JDK_JAVA_OPTIONS", "-Xmx512m"),
        farm,
        monitors,
        "1s",
        1,
        1);
  }

  @Test
  void nine_thousand_five_hundred_readers() throws IOException {
    try (TargetFarm farm = new TargetFarm();
        Server server = open(farm, "bench-crowd", 5)) {
      Bench.pass(Duration.ofSeconds(20));
      long heapBefore = HeapUse.afterCollection(server);
      long oursBefore = ours(server);
      try (Crowd crowd = StreamBench.crowd(server, "state", "")) {
        long from = System.nanoTime();
        crowd.join(StreamTransport.SSE, 2_500, 1_000);
        crowd.join(StreamTransport.WEB_SOCKET, 2_500, 1_000);
        Await.until("5,000 are there", SOON, () -> crowd.greeted() == 5_000);
        Bench.say("5,000 connected in %.1f s", (System.nanoTime() - from) / 1e9);
        crowd.join(StreamTransport.SSE, 2_250, 1_000);
        crowd.join(StreamTransport.WEB_SOCKET, 2_250, 1_000);
        Await.until("9,500 are there", SOON, () -> crowd.greeted() == 9_500);
        farm.flap("/t/0");
        Bench.pass(Duration.ofSeconds(30));
        farm.mend("/t/0");
        Bench.pass(Duration.ofSeconds(3));
        Bench.say(
            "9,500 connected: %d refused, %d ended, %d losses, %d deliveries; heap %.1f kB each,"
                + " of it in classes of ours %.0f bytes; RSS %d MiB",
            crowd.refused(),
            crowd.broken(),
            crowd.lost(),
            crowd.events(),
            (HeapUse.afterCollection(server) - heapBefore) / 1e3 / 9_500,
            (ours(server) - oursBefore) / 9_500.0,
            ProcessCost.of(server.pid()).rssKib() / 1024);
        assertThat(crowd.refused() + crowd.broken() + crowd.lost()).isZero();
        assertThat(crowd.events()).isGreaterThan(9_500 * 20);
      }
    }
  }

  /** The bytes of the instances of this program's own classes of the stream. */
  private static long ours(Server server) throws IOException {
    Matcher line =
        Pattern.compile("(?m)^ *\\d+: +\\d+ +(\\d+) +io\\.serversence\\.(stream|access)\\.")
            .matcher(HeapUse.histogram(server));
    long sum = 0;
    while (line.find()) {
      sum += Long.parseLong(line.group(1));
    }
    return sum;
  }

  @Test
  void a_herd_that_is_cut_off_comes_back_while_probing_keeps_its_time() throws IOException {
    try (TargetFarm farm = new TargetFarm();
        Server server = open(farm, "bench-herd", 500)) {
      farm.flap("/t/0");
      farm.flap("/t/1");
      try (Crowd crowd = StreamBench.crowd(server, "state", "")) {
        crowd.join(StreamTransport.SSE, 2_500, 500);
        crowd.join(StreamTransport.WEB_SOCKET, 2_500, 500);
        Await.until("5,000 are there", SOON, () -> crowd.greeted() == 5_000);
        Bench.pass(Duration.ofSeconds(30));
        farm.reset();
        long from = System.nanoTime();
        crowd.cut(1_000_000);
        Await.until("all are back", SOON, () -> crowd.greeted() == 5_000);
        double back = (System.nanoTime() - from) / 1e9;
        long newest = crowd.newest();
        Await.until("all have what they missed", SOON, () -> crowd.oldest() >= newest);
        double level = (System.nanoTime() - from) / 1e9;
        Bench.pass(Duration.ofSeconds(5));
        Bench.say(
            "5,000 cut off at once: connected again after %.1f s, with what they missed after"
                + " %.1f s; %d losses, %d refused, jitter of the probes meanwhile %s",
            back, level, crowd.lost(), crowd.refused() + crowd.broken(), farm.jitter().shown());
        assertThat(crowd.lost()).isZero();
      }
    }
  }

  @Test
  void those_who_do_not_read_harm_nobody() throws IOException {
    List<StreamClient> stalled = new ArrayList<>();
    try (TargetFarm farm = new TargetFarm();
        Server server = open(farm, "bench-stalled", 1);
        Crowd good = StreamBench.crowd(server, "incident", "")) {
      PlayedMonitor monitor = PlayedMonitor.create(server, "flooded");
      CommentFlood flood = new CommentFlood(server, monitor.incident(), List.of(), 100);
      good.join(StreamTransport.SSE, 25, 100);
      good.join(StreamTransport.WEB_SOCKET, 25, 100);
      Await.until("the good are there", SOON, () -> good.greeted() == 50);
      flood.start();
      Bench.pass(StreamBench.WARM_UP);
      int before = flood.sent();
      StreamRequest all =
          StreamRequest.of(server).withoutSnapshot().filter("monitor", monitor.id());
      long heap = HeapUse.afterCollection(server);
      for (int i = 0; i < 400; i++) {
        StreamTransport transport = i < 300 ? StreamTransport.SSE : StreamTransport.WEB_SOCKET;
        stalled.add(transport.stalled(all.receiveBuffer(4_096)));
      }
      good.reset();
      long from = System.nanoTime();
      Await.until(
          "the stalled are dropped",
          SOON,
          () -> Metrics.of(server, "serversence_stream_stalled_total") >= 400);
      double gone = (System.nanoTime() - from) / 1e9;
      Distribution delays = good.delays();
      good.reset(); // a collection that was asked for stops the server
      double grown = (HeapUse.afterCollection(server) - heap) / 1e6;
      double perSecond = (flood.sent() - before) / gone;
      flood.stop();
      Bench.say(
          "400 stalled beside 50 good, %.0f events of 4 kB a second: the last stalled one gone after"
              + " %.1f s; heap grown by %.1f MB; delays of the good %s, %d losses",
          perSecond, gone, grown, delays.shown(), good.lost());
      assertThat(good.lost() + good.broken()).isZero();
      for (int i = 0; i < 100; i++) {
        stalled.add(StreamTransport.SSE.stalled(all.receiveBuffer(4_096)));
      }
      Bench.say("stopped among stalled ones in %.1f s", server.stop().toMillis() / 1e3);
    } finally {
      for (StreamClient client : stalled) {
        client.quietly();
      }
    }
  }

  @Test
  void two_hundred_cut_off_at_random_lose_nothing() throws IOException {
    try (TargetFarm farm = new TargetFarm();
        Server server = open(farm, "bench-churn", 1)) {
      Bench.pass(Duration.ofSeconds(10));
      long heap = HeapUse.afterCollection(server);
      StreamChurn churn = new StreamChurn(server, 200, 100, 50, Duration.ofSeconds(60));
      churn.run();
      churn.assertNothingLost();
      churn.assertAllFreed();
      Bench.say(
          "200 readers, 100 cuts and 50 events a second for 60 s: nothing lost; heap grown by"
              + " %.1f MB, the log among it",
          (HeapUse.afterCollection(server) - heap) / 1e6);
    }
  }
}
