package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a WebSocket client may say, and what becomes of it. */
@ExtendWith(RunningServer.class)
class StreamCommandsIT {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final Server server;

  StreamCommandsIT(Server server) {
    this.server = server;
  }

  private PlayedMonitor monitor() {
    return PlayedMonitor.create(server, "command-" + NAMES.incrementAndGet());
  }

  private SocketClient client() throws IOException {
    return SocketClient.connected(StreamRequest.of(server));
  }

  private static JsonObjectBuilder on(String incident) {
    return Json.createObjectBuilder().add("incident", incident);
  }

  private static JsonObject result(JsonObject answer) {
    assertThat(answer.getBoolean("ok")).as(answer.toString()).isTrue();
    return answer.getJsonObject("result");
  }

  private static int refused(JsonObject answer) {
    assertThat(answer.getBoolean("ok")).as(answer.toString()).isFalse();
    assertThat(answer.keySet()).containsExactly("ref", "ok", "problem");
    JsonObject problem = answer.getJsonObject("problem");
    assertThat(problem).containsKeys("type", "title", "status", "detail");
    return problem.getInt("status");
  }

  @Test
  void ping_is_answered_at_once() throws IOException {
    try (SocketClient client = client()) {
      assertThat(result(client.ask("ping"))).containsOnlyKeys("serverTime");
    }
  }

  @Test
  void commands_on_an_incident_are_those_of_rest_and_come_back_to_all_as_events()
      throws IOException {
    try (PlayedMonitor monitor = monitor()) {
      String incident = monitor.incident();
      StreamRequest only = StreamRequest.of(server).withoutSnapshot().filter("events", "incident");
      try (SocketClient client = client();
          StreamClient other = StreamTransport.SSE.open(only.filter("monitor", monitor.id()))) {
        JsonObject acknowledged =
            result(client.ask("acknowledge", on(incident).add("comment", "I am on it")));
        assertThat(acknowledged.getString("state")).isEqualTo("acknowledged");
        assertThat(acknowledged.getString("acknowledgedBy")).isEqualTo("admin");
        JsonObject told = other.next("incident").json();
        assertThat(told.getJsonObject("entry").getString("text")).isEqualTo("I am on it");
        JsonObject entry = result(client.ask("comment", on(incident).add("text", "a word")));
        assertThat(other.next("incident").json().getJsonObject("entry")).isEqualTo(entry);
        assertThat(result(client.ask("unacknowledge", on(incident))).getString("state"))
            .isEqualTo("open");
        assertThat(other.next("incident").json().getJsonObject("entry").getString("type"))
            .isEqualTo("unacknowledged");
        JsonObject kept = server.admin().get("/api/incidents/" + incident).json();
        assertThat(kept.getJsonArray("timeline"))
            .extracting(e -> e.asJsonObject().getString("type"))
            .containsSubsequence("acknowledged", "comment", "unacknowledged");
      }
    }
  }

  @Test
  void commands_on_a_monitor_are_those_of_rest_and_come_back_to_all_as_events() throws IOException {
    String id = "command-tcp-" + NAMES.incrementAndGet();
    JsonObject target =
        Json.createObjectBuilder()
            .add("type", "tcp")
            .add("host", "127.0.0.1")
            .add("port", server.port())
            .build();
    server
        .admin()
        .post(
            "/api/monitors",
            Json.createObjectBuilder()
                .add("id", id)
                .add("name", id)
                .add("target", target)
                .add("interval", "24h")
                .build());
    JsonObjectBuilder arguments = Json.createObjectBuilder().add("monitor", id);
    try (SocketClient client = client();
        StreamClient other =
            StreamTransport.SSE.open(
                StreamRequest.of(server).withoutSnapshot().filter("monitor", id))) {
      JsonObject sample = result(client.ask("probe", Json.createObjectBuilder(arguments.build())));
      assertThat(sample.getString("outcome")).isEqualTo("UP");
      other.next("the sample", e -> e.is("samples") && e.about(sample.getString("at")));
      JsonObject paused = result(client.ask("pause", arguments.add("monitor", id)));
      assertThat(paused.getBoolean("enabled")).isFalse();
      assertThat(other.next("monitor").json().getJsonObject("monitor").getBoolean("enabled"))
          .isFalse();
      assertThat(other.next("state").json().getString("to")).isEqualTo("PAUSED");
      assertThat(refused(client.ask("probe", arguments.add("monitor", id)))).isEqualTo(409);
      JsonObject resumed = result(client.ask("resume", arguments.add("monitor", id)));
      assertThat(resumed.getBoolean("enabled")).isTrue();
      assertThat(other.next("state").json().getString("from")).isEqualTo("PAUSED");
    } finally {
      server.admin().delete("/api/monitors/" + id);
    }
  }

  @Test
  void a_silence_is_that_of_rest_with_its_author_and_shows_on_the_board() throws IOException {
    try (PlayedMonitor monitor = monitor();
        SocketClient client = client();
        StreamClient other = StreamTransport.SSE.open(StreamRequest.of(server).withoutSnapshot())) {
      String matcher = "{\"name\":\"monitor\",\"op\":\"=\",\"value\":\"" + monitor.id() + "\"}";
      String rest = ",\"endsAt\":\"2099-01-01T00:00:00Z\",\"comment\":\"a word\"}";
      JsonObject silence =
          result(client.say("{\"op\":\"silence\",\"ref\":1,\"matchers\":[" + matcher + "]" + rest));
      String path = "/api/silences/" + silence.getString("id");
      assertThat(silence.getString("author")).isEqualTo("admin");
      assertThat(server.admin().get(path).json()).isEqualTo(silence);
      assertThat(server.admin().get("/api/audit?limit=5").body())
          .contains("silences.add", silence.getString("id"));
      assertThat(mute(other, silence).getString("change")).isEqualTo("began");
      assertThat(server.admin().delete(path).status()).isEqualTo(204);
      JsonObject ended = mute(other, silence);
      assertThat(ended.getString("change")).isEqualTo("ended");
      assertThat(ended.getString("kind")).isEqualTo("silence");
      assertThat(ended.getJsonArray("monitors").getString(0)).isEqualTo(monitor.id());
    }
  }

  private static JsonObject mute(StreamClient reader, JsonObject silence) {
    return reader
        .next("mute", e -> e.is("mute") && e.json().get("id").equals(silence.get("id")))
        .json();
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"op\":\"silence\"}',400",
    "'{\"op\":\"silence\",\"matchers\":[],\"endsAt\":\"2099-01-01T00:00:00Z\"}',400",
    "'{\"op\":\"comment\",\"incident\":\"01a211e6-de52-7bc4-bd23-11fc29d5eb8c\",\"text\":\"x\"}',404",
    "'{\"op\":\"comment\",\"incident\":\"nonsense\",\"text\":\"x\"}',404",
    "'{\"op\":\"comment\",\"text\":\"x\"}',400",
    "'{\"op\":\"comment\",\"incident\":7,\"text\":\"x\"}',400",
    "'{\"op\":\"probe\",\"monitor\":\"nobody\"}',404",
    "'{\"op\":\"probe\"}',400",
    "'{\"op\":\"pause\",\"monitor\":\"nobody\",\"colour\":\"red\"}',404",
    "'{\"op\":\"delete\"}',400",
    "'{\"op\":7}',400",
    "'{\"op\":null}',400",
    "'{\"ping\":true}',400",
    "'{\"op\":\"ping\",\"colour\":\"red\"}',400",
    "'{\"op\":\"view\"}',400",
    "'{\"op\":\"view\",\"incident\":[]}',400",
    "'{\"op\":\"view\",\"incident\":\"nonsense\"}',404"
  })
  void what_cannot_be_done_is_refused_and_the_connection_stays(String message, int status)
      throws IOException {
    try (SocketClient client = client()) {
      JsonObject answer = client.say(message);

      assertThat(refused(answer)).isEqualTo(status);
      assertThat(answer.isNull("ref")).isTrue();
      result(client.ask("ping"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "{",
        "[]",
        "7",
        "null",
        "\"ping\"",
        "{\"op\":\"ping\"} {\"op\":\"ping\"}",
        "{\"op\":\"ping\",\"ref\":{}}",
        "{\"op\":\"ping\",\"ref\":true}"
      })
  void what_is_no_message_is_refused_and_the_connection_stays(String message) throws IOException {
    try (SocketClient client = client()) {
      assertThat(refused(client.say(message))).isEqualTo(400);
      result(client.ask("ping"));
    }
  }

  @Test
  void nesting_and_broken_text_are_refused_and_the_connection_stays() throws IOException {
    try (SocketClient client = client()) {
      assertThat(refused(client.say("[".repeat(30_000)))).isEqualTo(400);
      assertThat(refused(client.say("{\"op\":\"ping\",\"x\":" + "[".repeat(9_000)))).isEqualTo(400);
      result(client.ask("ping"));
    }
  }

  @Test
  void a_ref_comes_back_as_it_was() throws IOException {
    try (SocketClient client = client()) {
      for (String ref : new String[] {"\"a ref\"", "-1.5", "null", "12345678901234567890"}) {
        JsonObject answer = client.say("{\"op\":\"ping\",\"ref\":" + ref + "}");

        assertThat(answer.get("ref")).hasToString(ref);
      }
      JsonValue unknown = client.say("{\"op\":\"ping\"}").get("ref");
      assertThat(unknown).isEqualTo(JsonValue.NULL);
    }
  }

  @Test
  void a_message_may_come_in_pieces_with_a_ping_between_them() throws IOException {
    try (SocketClient client = client()) {
      String message = "{\"op\":\"ping\",\"ref\":\"pieces\"}";
      client.send(
          new SocketFrame(
              false, SocketFrame.TEXT, SocketFrame.text(message.substring(0, 5)).payload()));
      client.send(SocketFrame.of(SocketFrame.PING, new byte[] {1, 2, 3}));
      client.send(
          new SocketFrame(
              true, SocketFrame.CONTINUATION, SocketFrame.text(message.substring(5)).payload()));

      JsonObject answer =
          client.await("answer", () -> client.answers().stream().findFirst().orElse(null));
      assertThat(answer.getString("ref")).isEqualTo("pieces");
      assertThat(client.await("pong", () -> client.pong())).isEqualTo("010203");
    }
  }

  @Test
  void ten_bad_messages_in_a_row_close_it_and_nine_do_not() throws IOException {
    try (SocketClient client = client()) {
      for (int i = 0; i < 9; i++) {
        refused(client.say("bad"));
      }
      result(client.ask("ping"));
      for (int i = 0; i < 10; i++) {
        client.send("bad");
      }
      assertThat(client.end().code()).isEqualTo(4500);
    }
  }

  @Test
  void a_binary_message_is_a_bad_one() throws IOException {
    try (SocketClient client = client()) {
      for (int i = 0; i < 10; i++) {
        client.send(SocketFrame.of(SocketFrame.BINARY, new byte[] {1}));
      }
      assertThat(client.end().code()).isEqualTo(4500);
    }
  }

  @Test
  void more_than_a_hundred_messages_a_minute_close_it() throws IOException {
    try (SocketClient client = client()) {
      for (int i = 0; i < 100; i++) {
        client.send("{\"op\":\"ping\",\"ref\":\"" + i + "\"}");
      }
      client.await("all answers", () -> client.answers().size() == 100 ? true : null);
      assertThat(client.hasEnded()).isFalse();
      client.send("{\"op\":\"ping\"}");

      assertThat(client.end().code()).isEqualTo(1008);
    }
  }

  @Test
  void a_message_of_64_kib_is_read_and_a_longer_one_closes_it() throws IOException {
    String start = "{\"op\":\"ping\",\"ref\":1,\"x\":\"";
    String full = start + "x".repeat(64 * 1024 - start.length() - 2) + "\"}";
    try (SocketClient client = client()) {
      assertThat(refused(client.say(full))).isEqualTo(400); // read, and found to have a field x
      client.send(full + " ");

      assertThat(client.end().code()).isEqualTo(1009);
    }
  }

  @Test
  void a_longer_message_in_pieces_closes_it_too() throws IOException {
    try (SocketClient client = client()) {
      byte[] piece = " ".repeat(30_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
      client.send(new SocketFrame(false, SocketFrame.TEXT, java.nio.ByteBuffer.wrap(piece)));
      for (int i = 0; i < 3; i++) {
        client.send(
            new SocketFrame(false, SocketFrame.CONTINUATION, java.nio.ByteBuffer.wrap(piece)));
      }
      assertThat(client.end().code()).isEqualTo(1009);
    }
  }

  @Test
  void a_client_that_closes_is_answered_and_its_seat_is_free() throws IOException {
    double before = Metrics.of(server, "serversence_stream_connections{transport=\"websocket\"}");
    try (SocketClient client = client()) {
      client.send(SocketFrame.close(1000));

      assertThat(client.end().code()).isEqualTo(1000);
    }
    Await.until(
        "the seat is free",
        StreamClient.PATIENCE,
        () ->
            Metrics.of(server, "serversence_stream_connections{transport=\"websocket\"}")
                <= before);
  }

  @Test
  void who_looks_at_an_incident_is_told_to_those_who_look_on() throws IOException {
    try (PlayedMonitor monitor = monitor()) {
      String incident = monitor.incident();
      StreamRequest only =
          StreamRequest.of(server).withoutSnapshot().filter("monitor", monitor.id());
      try (SocketClient viewer = client();
          StreamClient sse = StreamTransport.SSE.open(only);
          StreamClient socket = StreamTransport.WEB_SOCKET.open(only);
          StreamClient unconcerned =
              StreamTransport.SSE.open(
                  StreamRequest.of(server).withoutSnapshot().filter("events", "state"))) {
        JsonObject seen = result(viewer.ask("view", on(incident)));
        assertThat(seen)
            .hasToString("{\"incident\":\"" + incident + "\",\"users\":[\"admin\"],\"count\":1}");
        assertThat(sse.next("presence").json()).isEqualTo(seen);
        assertThat(socket.next("presence").json()).isEqualTo(seen);
        try (StreamClient late = StreamTransport.SSE.open(only)) {
          assertThat(late.next("presence").json()).isEqualTo(seen);
        }
        viewer.ask("view", Json.createObjectBuilder().addNull("incident"));
        assertThat(sse.next("presence").json().getInt("count")).isZero();
        viewer.ask("view", on(incident));
        assertThat(socket.next("one", e -> e.is("presence") && e.data().contains("\"count\":1")))
            .isNotNull();
        viewer.reset();
        assertThat(socket.next("presence").json().getJsonArray("users")).isEmpty();
        assertThat(unconcerned.names()).doesNotContain("presence");
      }
    }
  }
}
