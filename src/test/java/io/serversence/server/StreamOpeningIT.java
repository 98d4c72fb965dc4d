package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let into the event stream, and what they are told first. */
@ExtendWith(RunningServer.class)
class StreamOpeningIT {
  private final Server server;

  StreamOpeningIT(Server server) {
    this.server = server;
  }

  private StreamRequest quiet() {
    return StreamRequest.of(server).withoutSnapshot().filter("monitor", "nobody");
  }

  private static List<String> fields(Answer problem) {
    assertThat(problem.header("Content-Type")).startsWith("application/problem+json");
    return problem.json().getJsonArray("errors").stream()
        .map(e -> e.asJsonObject().getString("field"))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void hello_comes_at_once_and_before_anything_happens(StreamTransport transport)
      throws IOException {
    long asked = System.nanoTime();
    try (StreamClient client = transport.open(quiet())) {
      Duration waited = Duration.ofNanos(client.hello().nanos() - asked);

      assertThat(waited).isLessThan(Duration.ofSeconds(5)); // not with the heartbeat, after 15
      assertThat(client.names()).containsExactly("hello");
    }
  }

  @ParameterizedTest
  @EnumSource
  void hello_says_where_and_who_one_is(StreamTransport transport) throws IOException {
    Instant before = Instant.now().minusSeconds(1);
    try (StreamClient client = transport.open(quiet())) {
      JsonObject hello = client.hello().json();

      assertThat(hello.getString("epoch"))
          .isEqualTo(server.admin().get("/api/status").json().getString("epoch"));
      assertThat(Instant.parse(hello.getString("serverTime")))
          .isBetween(before, Instant.now().plusSeconds(1));
      assertThat(hello.getInt("heartbeatMs")).isEqualTo(15_000);
      assertThat(hello.getInt("lifetimeMs")).isBetween(480_000, 720_000);
      assertThat(hello.getString("user")).isEqualTo("admin");
      assertThat(hello.getString("role")).isEqualTo("admin");
      assertThat(client.resumed()).isEqualTo("fresh");
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_filter_is_told_in_its_canonical_form(StreamTransport transport) throws IOException {
    StreamRequest request =
        StreamRequest.of(server)
            .withoutSnapshot()
            .filter("tag", "eu,prod,eu")
            .filter("severity", "warning,critical")
            .filter("monitor", "nobody")
            .filter("events", "state,incident")
            .filter("group", "shop, \"ä\"");
    try (StreamClient client = transport.open(request)) {
      assertThat(client.filter())
          .hasToString(
              "{\"events\":[\"incident\",\"state\"],\"monitor\":[\"nobody\"],"
                  + "\"group\":[\" \\\"ä\\\"\",\"shop\"],\"tag\":[\"eu\",\"prod\"],"
                  + "\"severity\":[\"critical\",\"warning\"]}");
    }
  }

  @Test
  void the_headers_keep_caches_buffers_and_compression_away() throws IOException {
    try (SseClient client =
        (SseClient) StreamTransport.SSE.open(quiet().header("Accept-Encoding", "gzip, br"))) {
      StreamConnection.Head head = client.head();

      assertThat(head.header("Content-Type")).isEqualToIgnoringCase("text/event-stream");
      assertThat(head.header("Cache-Control")).isEqualTo("no-store, no-transform");
      assertThat(head.header("X-Accel-Buffering")).isEqualTo("no");
      assertThat(head.header("Content-Encoding")).isEmpty();
      assertThat(client.retry()).isBetween(1_500L, 5_000L);
    }
  }

  @Test
  void browsers_come_back_at_different_times() throws IOException {
    Stream.Builder<Long> retries = Stream.builder();
    for (int i = 0; i < 5; i++) {
      try (SseClient client = (SseClient) StreamTransport.SSE.open(quiet())) {
        retries.add(client.retry());
      }
    }
    assertThat(retries.build().distinct().count()).isGreaterThan(1);
  }

  @ParameterizedTest
  @EnumSource
  void without_credentials_it_is_a_401(StreamTransport transport) throws IOException {
    Answer nobody = transport.refusal(StreamRequest.anonymous(server));
    Answer wrong =
        transport.refusal(
            StreamRequest.anonymous(server).header("Authorization", "Basic YWRtaW46bm8="));

    assertThat(List.of(nobody.status(), wrong.status())).containsOnly(401);
    assertThat(nobody.header("Content-Type")).startsWith("application/problem+json");
    assertThat(nobody.json().getInt("status")).isEqualTo(401);
    assertThat(nobody.header("WWW-Authenticate")).startsWith("Basic ");
  }

  @ParameterizedTest
  @EnumSource
  void a_script_in_a_browser_gets_no_challenge_with_its_401(StreamTransport transport)
      throws IOException {
    Answer answer =
        transport.refusal(StreamRequest.anonymous(server).header("Sec-Fetch-Mode", "cors"));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "severity,bad",
    "events,hello",
    "monitor,NOT A KEY",
    "group,''",
    "colour,red",
    "snapshot,maybe"
  })
  void a_wrong_parameter_is_named(String field, String value) throws IOException {
    Answer answer = StreamTransport.SSE.refusal(StreamRequest.of(server).filter(field, value));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(fields(answer)).containsExactly(field);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"filter\":{\"severity\":\"bad\"}}', filter.severity",
    "'{\"filter\":{\"group\":7}}', filter.group",
    "'{\"filter\":{\"tag\":[\"a\",null]}}', filter.tag",
    "'{\"filter\":{\"colour\":\"red\"}}', filter.colour",
    "'{\"filter\":\"all\"}', filter",
    "'{\"snapshot\":\"no\"}', snapshot",
    "'{\"samples\":\"xml\"}', samples",
    "'{\"batch\":1}', batch",
    "'{\"lastEventId\":5}', lastEventId",
    "'{\"colour\":\"red\"}', colour"
  })
  void a_wrong_field_of_a_subscription_is_named(String fields, String wrong) throws IOException {
    try (SocketClient client = SocketClient.connected(StreamRequest.of(server))) {
      JsonObject answer =
          client.ask("subscribe", Json.createObjectBuilder(StreamEvent.parse(fields)));

      assertThat(answer.getBoolean("ok")).isFalse();
      JsonObject problem = answer.getJsonObject("problem");
      assertThat(problem.getInt("status")).isEqualTo(400);
      assertThat(problem.getJsonArray("errors"))
          .extracting(e -> e.asJsonObject().getString("field"))
          .containsExactly(wrong);
      client.subscribe(quiet());
      assertThat(client.hasEnded()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "http://evil.example", "http://127.0.0.1:1", "file://", "x"})
  void a_page_of_another_origin_may_not_open_a_web_socket(String origin) throws IOException {
    Answer answer =
        StreamTransport.WEB_SOCKET.refusal(StreamRequest.of(server).header("Origin", origin));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json().getInt("status")).isEqualTo(403);
  }

  @Test
  void a_page_of_our_own_may_open_a_web_socket() throws IOException {
    String own = "http://127.0.0.1:" + server.port();
    try (SocketClient client =
        SocketClient.connected(StreamRequest.of(server).header("Origin", own))) {
      assertThat(client.names()).containsExactly("hello");
    }
  }

  @Test
  void a_cookie_needs_an_origin_beside_it_since_other_pages_could_have_sent_it()
      throws IOException {
    StreamRequest request = StreamRequest.anonymous(server).header("Cookie", Login.cookie(server));

    assertThat(StreamTransport.WEB_SOCKET.refusal(request).status()).isEqualTo(403);
    try (SocketClient client =
        SocketClient.connected(request.header("Origin", "http://127.0.0.1:" + server.port()))) {
      assertThat(client.hello().json().getString("user")).isEqualTo("admin");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "chat", "serversence.v2, chat", "xserversence.v1"})
  void a_web_socket_needs_our_subprotocol(String offered) throws IOException {
    Answer answer =
        StreamTransport.WEB_SOCKET.refusal(
            StreamRequest.of(server).header("Sec-WebSocket-Protocol", offered));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("serversence.v1");
  }

  @Test
  void our_subprotocol_is_chosen_among_others() throws IOException {
    StreamRequest request =
        StreamRequest.of(server).header("Sec-WebSocket-Protocol", "chat, serversence.v1");
    try (SocketClient client = SocketClient.connected(request)) {
      assertThat(client.names()).containsExactly("hello");
    }
  }

  @Test
  void a_web_socket_gets_only_hello_until_it_subscribes() throws IOException {
    try (PlayedMonitor monitor = PlayedMonitor.create(server, "before-subscribe");
        SocketClient early = SocketClient.connected(StreamRequest.of(server));
        StreamClient other =
            StreamTransport.SSE.open(StreamRequest.of(server).filter("monitor", monitor.id()))) {
      monitor.fail();
      other.next("state");
      assertThat(early.ask("ping").getBoolean("ok")).isTrue(); // all that was before it has come

      assertThat(early.names()).containsExactly("hello");
      assertThat(early.hello().json().isNull("resumed")).isTrue();
      early.subscribe(StreamRequest.of(server).filter("monitor", monitor.id()));
      early.next("snapshot");
    }
  }
}
