package io.serversence.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.serversence.document.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes the messages of webhooks, slowly, and knows what must hold of them when the sender was
 * killed again and again: nothing is lost, nothing is told before what it follows, and of each
 * channel a kill repeats at most the one message that was under way, word for word.
 */
public final class SlowReceiver implements AutoCloseable {
  private static final int QUICKEST_MS = 50;
  private static final int SLOWEST_MS = 300;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = new ArrayList<>();
  private int run;

  private record Received(
      int run, String channel, String key, String body, String event, List<String> incidents) {}

  /** A receiver on a free port. */
  public SlowReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  /** The address that a channel sends to. */
  public String url(String channel) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + channel;
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    JsonObject message = Json.parseObject(bytes);
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    List<String> incidents = new ArrayList<>();
    for (JsonObject each : message.getJsonArray("incidents").getValuesAs(JsonObject.class)) {
      incidents.add(each.getString("id"));
    }
    String channel = exchange.getRequestURI().getPath().substring(1);
    synchronized (this) {
      received.add(
          new Received(
              run, channel, key, message.toString(), message.getString("event"), incidents));
    }
    int slow = ThreadLocalRandom.current().nextInt(QUICKEST_MS, SLOWEST_MS);
    LockSupport.parkNanos(Duration.ofMillis(slow).toNanos());
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  /** The sender was killed; what comes from now on is from the next. */
  public synchronized void nextRun() {
    run++;
  }

  /** Messages that came, repeats too. */
  public synchronized int count() {
    return received.size();
  }

  /**
   * Checks that all was told that had to be: of each incident its opening and its end, each in one
   * message, in this order.
   *
   * @param channels the channel of each incident, by its id
   */
  public synchronized void assertAllTold(Map<String, String> channels) {
    channels.forEach(
        (incident, channel) -> {
          List<String> events = new ArrayList<>();
          StringBuilder story = new StringBuilder(channel + " of incident " + incident);
          Map<String, Set<String>> keys = new HashMap<>();
          for (Received each : received) {
            if (each.incidents().contains(incident)) {
              assertThat(each.channel()).as(incident).isEqualTo(channel);
              events.add(each.event());
              story.append("\n run ").append(each.run()).append(": ").append(each.body());
              keys.computeIfAbsent(each.event(), e -> new HashSet<>()).add(each.key());
            }
          }
          assertThat(keys.keySet()).as("%s", story).containsExactlyInAnyOrder("opened", "resolved");
          assertThat(keys.values()).as("%s", story).allSatisfy(all -> assertThat(all).hasSize(1));
          assertThat(events.indexOf("opened")).isLessThan(events.indexOf("resolved"));
          assertThat(events.lastIndexOf("opened")).isLessThan(events.indexOf("resolved"));
        });
  }

  /**
   * Checks that each run repeats at most one message a channel, the last that came before, and that
   * it is the same word for word.
   *
   * @return how many were repeated
   */
  public synchronized int assertFewRepeats() {
    Map<String, Received> first = new HashMap<>();
    Map<String, Received> last = new HashMap<>();
    Set<String> repeatedInRun = new HashSet<>();
    int repeats = 0;
    for (Received each : received) {
      Received before = first.putIfAbsent(each.key(), each);
      if (before != null) {
        repeats++;
        assertThat(each.run())
            .as("run of the repeat of %s", each.key())
            .isGreaterThan(before.run());
        assertThat(each.body()).isEqualTo(before.body());
        assertThat(last.get(each.channel()).key())
            .as("what was under way on %s", each.channel())
            .isEqualTo(each.key());
        assertThat(repeatedInRun.add(each.run() + " " + each.channel()))
            .as("the only repeat of run %d on %s", each.run(), each.channel())
            .isTrue();
      }
      last.put(each.channel(), each);
    }
    return repeats;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
