package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.serversence.document.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Takes the messages of webhooks and knows when each came; can be gone for a while. Safe for use by
 * many threads but for {@link #down} and {@link #up}.
 */
final class Webhooks implements AutoCloseable {
  private final int port = Ports.free();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private @Nullable HttpServer server;

  /** A message, and when all of it was here. */
  record Received(Instant at, String channel, JsonObject message) {
    boolean is(String event) {
      return message.getString("event").equals(event);
    }

    List<JsonObject> incidents() {
      return message.getJsonArray("incidents").getValuesAs(JsonObject.class);
    }

    /** From a time of its only incident until it was here. */
    Duration since(String time) {
      return Duration.between(Instant.parse(incidents().get(0).getString(time)), at);
    }
  }

  Webhooks() {
    up();
  }

  void up() {
    try {
      HttpServer started =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      started.createContext(
          "/",
          exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Instant at = Instant.now();
            String channel = exchange.getRequestURI().getPath().substring(1);
            received.add(new Received(at, channel, Json.parseObject(body)));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      started.start();
      server = started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on nobody listens. */
  void down() {
    HttpServer stopped = server;
    server = null;
    if (stopped != null) {
      stopped.stop(0);
    }
  }

  /** The address of a channel. */
  String url(String channel) {
    return "http://127.0.0.1:" + port + "/" + channel;
  }

  List<Received> received() {
    return List.copyOf(received);
  }

  List<Received> received(String event) {
    return received.stream().filter(r -> r.is(event)).toList();
  }

  /** How many incidents were told of by messages of a kind, each counted once. */
  int told(String event) {
    return told(event, Instant.EPOCH);
  }

  /** The same, of messages since a time. */
  int told(String event, Instant since) {
    Set<String> ids = new HashSet<>();
    received(event).stream()
        .filter(r -> !r.at().isBefore(since))
        .forEach(r -> r.incidents().forEach(i -> ids.add(i.getString("id"))));
    return ids.size();
  }

  /** Checks that each incident's beginning and end were told, in this order, and neither twice. */
  void assertOnceAndInOrder() {
    Map<String, List<String>> told = new TreeMap<>();
    for (Received each : received) {
      for (JsonObject incident : each.incidents()) {
        told.computeIfAbsent(incident.getString("id"), id -> new ArrayList<>())
            .add(each.message().getString("event"));
      }
    }
    assertThat(told.values())
        .isNotEmpty()
        .allSatisfy(events -> assertThat(events).containsExactly("opened", "resolved"));
  }

  @Override
  public void close() {
    down();
  }
}
