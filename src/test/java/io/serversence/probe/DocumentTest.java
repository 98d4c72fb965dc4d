package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Documents of servers that the administrator has named. */
class DocumentTest extends ProberCase {
  private static final Duration LONG = Duration.ofSeconds(20);

  @Override
  ProberSettings settings() {
    return super.settings().withEgress(EgressPolicy.of(List.of("192.0.2.0/24")));
  }

  private Reply got(TargetServer server, Duration time) {
    return got(server, "GET", null, time);
  }

  private Reply got(TargetServer server, String method, String body, Duration time) {
    try {
      return prober()
          .document(URI.create(server.url("/a?b")), method, Map.of("X-Mine", "yes"), body, time)
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("it must answer", e);
    }
  }

  private Reply answered(TargetServer.Script script) {
    return got(serve(script), LONG);
  }

  @Test
  void all_of_it_comes_although_the_egress_policy_would_forbid_the_address() {
    String large = "é".repeat(100_000);
    TargetServer server =
        answering(
            (talk, request) ->
                talk.answer("200 OK", request.line() + request.header("X-Mine") + large));
    assertThat(got(server, LONG)).isEqualTo(new Reply(200, null, "GET /a?b HTTP/1.1yes" + large));
    TargetServer echo =
        answering((talk, request) -> talk.answer("400 Bad", request.line() + request.body()));
    assertThat(got(echo, "POST", "c=d", LONG))
        .isEqualTo(new Reply(400, null, "POST /a?b HTTP/1.1c=d"));
  }

  @Test
  void a_compressed_one_is_inflated_and_a_bomb_is_not() throws Exception {
    byte[] small = HostileTargetTest.gzip("{}".getBytes(StandardCharsets.UTF_8));
    byte[] bomb = HostileTargetTest.gzip(new byte[5_000_000]);
    for (byte[] bytes : List.of(small, bomb)) {
      Reply reply =
          answered(
              (talk, number) -> {
                talk.request();
                talk.head(
                    "HTTP/1.1 200 OK", "Content-Encoding: gzip", "Content-Length: " + bytes.length);
                talk.say(bytes);
              });
      assertThat(reply.status()).isEqualTo(bytes == small ? 200 : null);
      assertThat(reply.text()).hasSizeLessThan(200);
    }
  }

  @Test
  void a_redirect_is_not_followed() {
    Reply reply =
        got(answering((talk, request) -> talk.answer("302 Found", "", "Location: /other")), LONG);
    assertThat(reply).isEqualTo(new Reply(302, null, ""));
  }

  @Test
  void half_of_one_is_none() {
    Reply reply =
        answered(
            (talk, number) -> {
              talk.request();
              talk.head("HTTP/1.1 200 OK", "Content-Length: 100");
              talk.say("{}");
            });
    assertThat(reply).isEqualTo(new Reply(null, null, "the answer breaks off"));
  }

  @Test
  void one_that_is_too_large_is_left() {
    String chunk = "x".repeat(65_536);
    Reply reply =
        answered(
            (talk, number) -> {
              talk.request();
              talk.head("HTTP/1.1 200 OK", "Connection: close");
              while (!talk.stopped(0)) {
                talk.say(chunk);
              }
            });
    assertThat(reply.status()).isNull();
    assertThat(reply.text()).startsWith("body larger than");
  }

  @Test
  void one_that_drips_gets_no_more_time() {
    TargetServer server =
        serve(
            (talk, number) -> {
              talk.request();
              talk.head("HTTP/1.1 200 OK", "Content-Length: 1000000");
              while (!talk.stopped(10)) {
                talk.say("x");
              }
            });
    Reply reply = got(server, SHORT);
    assertThat(reply.status()).isNull();
    assertThat(reply.text()).isEqualTo("no answer within 300ms (while reading the body)");
  }

  @Test
  void a_server_that_is_not_there_is_told_in_words() throws Exception {
    TargetServer server = serve((talk, number) -> {});
    server.close();
    Reply reply = got(server, LONG);
    assertThat(reply.status()).isNull();
    assertThat(reply.text()).isEqualTo("connection refused");
  }
}
