package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that anyone may read, with a large board and few seats, and its end. One server for all,
 * because its start takes long; the test that stops it is the last.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("EnumOrdinal") // only to tell transports and clients apart
class StreamLimitsIT {
  private static final int MONITORS = 1_200;
  private static final int SEATS = 5;
  private static Server server;

  @BeforeAll
  static void start() throws IOException {
    ServerPlan plan =
        ServerPlan.named("stream")
            .with("SERVERSENCE_ANONYMOUS", "viewer")
            .with("SERVERSENCE_STREAM_MAX_PER_ADDRESS", Integer.toString(SEATS));
    Path file = plan.folder().resolve("monitors.yaml");
    server = plan.with("SERVERSENCE_CONFIG", file.toString()).prepared();
    StringBuilder yaml = new StringBuilder("monitors:\n");
    for (int i = 0; i < MONITORS; i++) {
      yaml.append(
          String.format(
              Locale.ROOT,
              "  - {id: m-%04d, name: Monitor %d, group: g-%d, interval: 24h,"
                  + " target: {type: heartbeat, grace: 24h}}\n",
              i,
              i,
              i % 10));
    }
    Files.writeString(file, yaml);
    server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
    assertThat(server.log().faults()).isEmpty();
  }

  private static StreamRequest anyone() {
    return StreamRequest.anonymous(server);
  }

  private static StreamRequest quiet() {
    return anyone().withoutSnapshot().filter("monitor", "nobody");
  }

  private static List<JsonValue> rows(StreamClient client) {
    List<JsonValue> rows = new ArrayList<>();
    int parts;
    int part = 0;
    do {
      JsonObject snapshot = client.next("snapshot").json();
      rows.addAll(snapshot.getJsonArray("monitors"));
      parts = snapshot.getInt("parts", 1);
      part++;
    } while (part < parts);
    return rows;
  }

  private static void awaitSeats(int taken) {
    Await.until(
        "only " + taken + " seats are taken",
        Duration.ofSeconds(60), // an event stream that was closed shows at a heartbeat only
        () -> Metrics.connections(server) <= taken);
  }

  @Test
  @Order(1)
  void anyone_may_read_and_is_nobody() throws IOException {
    awaitSeats(0);
    for (StreamTransport transport : StreamTransport.values()) {
      try (StreamClient client = transport.open(quiet())) {
        assertThat(client.hello().json().isNull("user")).isTrue();
        assertThat(client.hello().json().getString("role")).isEqualTo("viewer");
      }
    }
  }

  @Test
  @Order(1)
  void a_status_page_takes_a_seat_as_every_other_stream_does() throws IOException {
    awaitSeats(0);
    JsonObject page =
        Json.createObjectBuilder().add("title", "Limits").add("published", true).build();
    assertThat(server.admin().post("/api/status-pages", page).status()).isEqualTo(201);
    List<PageStream> taken = new ArrayList<>();
    try {
      for (int i = 0; i < SEATS; i++) {
        taken.add(new PageStream(server.anyone(), "/status/limits/events"));
        taken.get(i).await("it is told", text -> text.contains("event: page"));
      }
      try (PageStream refused = new PageStream(server.anyone(), "/status/limits/events")) {
        String text = refused.ended();
        assertThat(text).startsWith("retry: ").contains("event: bye", "\"limit\"");
      }
    } finally {
      taken.forEach(PageStream::close);
      server.admin().delete("/api/status-pages/limits");
    }
  }

  @ParameterizedTest
  @EnumSource
  @Order(2)
  void a_large_board_comes_in_parts_of_which_the_last_one_counts(StreamTransport transport)
      throws IOException {
    awaitSeats(SEATS - 1);
    try (StreamClient client = transport.open(anyone())) {
      List<JsonValue> rows = rows(client);

      assertThat(rows)
          .isEqualTo(server.anyone().get("/api/status").json().getJsonArray("monitors"));
      assertThat(rows).hasSize(MONITORS);
      List<StreamEvent> parts = client.events().stream().filter(e -> e.is("snapshot")).toList();
      assertThat(parts).hasSize(3);
      assertThat(parts.get(0).id()).isNull();
      assertThat(parts.get(2).id()).isNotNull();
    }
    try (StreamClient narrow = transport.open(anyone().filter("group", "g-1,g-2"))) {
      JsonObject whole = narrow.next("snapshot").json();

      assertThat(whole).doesNotContainKeys("part", "parts");
      assertThat(whole.getJsonArray("monitors")).hasSize(2 * MONITORS / 10);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"acknowledge", "unacknowledge", "comment", "probe", "pause", "resume"})
  @Order(3)
  void nobody_may_do_what_operators_may(String op) throws IOException {
    awaitSeats(SEATS - 1);
    try (SocketClient client = SocketClient.connected(anyone())) {
      JsonObject answer =
          client.ask(op, Json.createObjectBuilder().add("monitor", "m-0001").add("text", "x"));

      assertThat(answer.getBoolean("ok")).isFalse();
      assertThat(answer.getJsonObject("problem").getInt("status")).isEqualTo(401);
      assertThat(client.ask("ping").getBoolean("ok")).isTrue();
    }
  }

  @Test
  @Order(4)
  void wrong_credentials_are_none_even_where_anyone_may_read() throws IOException {
    for (StreamTransport transport : StreamTransport.values()) {
      Answer answer = transport.refusal(anyone().header("Authorization", "Basic YWRtaW46d3Jvbmc="));

      assertThat(answer.status()).isEqualTo(401);
    }
  }

  @Test
  @Order(4)
  void those_who_come_at_the_same_time_are_not_taken_for_each_other() throws Exception {
    awaitSeats(0);
    Set<String> taken = ConcurrentHashMap.newKeySet();
    List<Thread> threads = new ArrayList<>();
    for (StreamRequest request : List.of(quiet(), quiet(), adminQuiet(), adminQuiet())) {
      String name = request.headers().isEmpty() ? "null" : "\"admin\"";
      threads.add(new Thread(() -> comeAndGo(request, name, taken)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(taken).containsExactlyInAnyOrder("null is null", "\"admin\" is \"admin\"");
  }

  private static StreamRequest adminQuiet() {
    return quiet().header("Authorization", server.admin().authorization());
  }

  private static void comeAndGo(StreamRequest request, String name, Set<String> taken) {
    try {
      int seen = 0;
      for (int i = 0; seen < 15 && i < 150; i++) {
        try (SocketClient client = SocketClient.connected(request)) {
          StreamEvent first = client.hello();
          if (first.is("hello")) { // else others have taken the last seats meanwhile
            taken.add(name + " is " + first.json().get("user"));
            seen++;
          }
        }
        awaitSeats(SEATS - 1);
      }
      if (seen < 15) {
        taken.add(name + " got a seat only " + seen + " times");
      }
    } catch (IOException | AssertionError e) {
      taken.add(e.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
  @Order(5)
  void a_stream_is_only_read(String method) throws IOException {
    try (StreamConnection connection = new StreamConnection(server, 0)) {
      StreamConnection.Head head =
          connection.ask(
              method, server.at("/api/events").getRawPath(), Map.of("Content-Length", "0"));

      assertThat(head.status()).isEqualTo(405);
      assertThat(head.header("Allow")).contains("GET");
      assertThat(connection.text(head)).contains("\"status\":405");
    }
  }

  @Test
  @Order(6)
  void who_asks_for_the_head_alone_gets_it_alone() throws IOException {
    try (StreamConnection connection = new StreamConnection(server, 0)) {
      StreamConnection.Head head =
          connection.ask("HEAD", server.at("/api/events").getRawPath(), Map.of());

      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("Content-Type")).isEqualToIgnoringCase("text/event-stream");
    }
  }

  @Test
  @Order(7)
  void beyond_the_limit_both_transports_say_bye_and_when_to_come_back() throws IOException {
    awaitSeats(0);
    double refused = Metrics.of(server, "serversence_stream_refused_total");
    List<StreamClient> seated = new ArrayList<>();
    try {
      for (int i = 0; i < SEATS; i++) {
        seated.add(StreamTransport.values()[i % 2].open(quiet()));
      }
      for (StreamTransport transport : StreamTransport.values()) {
        StreamChecker checker = new StreamChecker();
        StreamClient client = transport.client(quiet(), checker);
        seated.add(client);
        client.startReading();
        JsonObject bye = client.next("bye").json();

        assertThat(client.names()).containsExactly("bye");
        assertThat(bye.getString("reason")).isEqualTo("limit");
        assertThat(bye.getInt("reconnectMs")).isBetween(5_000, 30_000);
        assertThat(client.end().code()).isEqualTo(transport == StreamTransport.SSE ? 0 : 4029);
        if (client instanceof SseClient sse) {
          assertThat(sse.retry()).isEqualTo(bye.getInt("reconnectMs"));
        }
      }
      assertThat(Metrics.of(server, "serversence_stream_refused_total")).isEqualTo(refused + 2);
      assertThat(Metrics.connections(server)).isEqualTo(SEATS);
      seated.get(1).close(); // a WebSocket, which is noticed at once
      awaitSeats(SEATS - 1);
      try (StreamClient next = StreamTransport.SSE.open(quiet())) {
        assertThat(next.names()).containsExactly("hello");
      }
    } finally {
      for (StreamClient client : seated) {
        client.close();
      }
    }
  }

  @Test
  @Order(8)
  void a_server_that_stops_says_bye_and_one_that_starts_resets_who_comes_back() throws Exception {
    awaitSeats(0);
    List<StreamClient> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      StreamClient client = StreamTransport.values()[i % 2].open(anyone());
      rows(client);
      clients.add(client);
    }
    Duration took = server.stop();

    List<Integer> waits = new ArrayList<>();
    for (StreamClient client : clients) {
      if (client instanceof SocketClient && !server.kind().leavesWebSocketsToUs()) {
        assertThat(client.end().code()).isEqualTo(1001); // on which clients come back too
        client.close();
        continue;
      }
      JsonObject bye = client.next("bye").json();
      assertThat(bye.getString("reason")).isEqualTo("shutdown");
      waits.add(bye.getInt("reconnectMs"));
      assertThat(client.end().code()).isEqualTo(client instanceof SseClient ? 0 : 4001);
      client.close();
    }
    assertThat(took).isLessThan(Duration.ofSeconds(10));
    assertThat(waits).allMatch(ms -> ms >= 500 && ms <= 10_000);
    assertThat(waits.stream().distinct().count()).isGreaterThan(1);

    server.start();
    for (int i = 0; i < 4; i++) {
      StreamClient old = clients.get(i);
      StreamRequest request = anyone().resuming(old.cursor());
      try (StreamClient back = StreamTransport.values()[(i + i / 2) % 2].open(request)) {
        assertThat(back.resumed()).isEqualTo("reset");
        assertThat(back.next("reset").json().getString("reason")).isEqualTo("epoch");
        List<JsonValue> rows = rows(back);
        assertThat(rows)
            .isEqualTo(server.anyone().get("/api/status").json().getJsonArray("monitors"));
      }
    }
  }
}
