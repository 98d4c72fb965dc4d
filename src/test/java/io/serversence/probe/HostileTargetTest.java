package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.monitor.Monitor;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Targets that mean no good cost their deadline and nothing else. */
class HostileTargetTest extends ProberCase {
  private static final String BODY = "[BODY] == *";

  private Sample down(TargetServer server, Monitors monitor) {
    Sample sample = probe(monitor.http(server.url("/"))).sample();
    assertThat(sample.outcome()).isEqualTo(Outcome.DOWN);
    return sample;
  }

  private static Monitors shortly() {
    return Monitors.with().timeout(SHORT);
  }

  @Test
  void silence_after_connecting_ends_at_the_deadline() {
    TargetServer server = serve((talk, number) -> talk.hang());
    Sample sample = down(server, shortly());
    assertThat(sample.message()).isEqualTo("no answer within 300ms (while waiting for the answer)");
    assertThat(sample.latency()).isGreaterThanOrEqualTo(300_000);
    assertThat(sample.phases().connect()).isNotNegative();
    assertThat(sample.phases().processing()).isPositive();
    assertThat(sample.phases().transfer()).isEqualTo(Phases.NONE);
  }

  @Test
  void silence_amid_the_headers_ends_at_the_deadline() {
    TargetServer server =
        serve(
            (talk, number) -> {
              talk.request();
              talk.say("HTTP/1.1 200 OK\r\nServer");
              talk.hang();
            });
    assertThat(down(server, shortly()).message())
        .isEqualTo("no answer within 300ms (while reading the headers)");
  }

  @Test
  void silence_amid_the_body_ends_at_the_deadline() {
    TargetServer server =
        serve(
            (talk, number) -> {
              talk.request();
              talk.head("HTTP/1.1 200 OK", "Content-Length: 100");
              talk.say("begin");
              talk.hang();
            });
    Monitor monitor = shortly().condition("[STATUS] == 200").http(server.url("/"));
    ProbeResult result = probe(monitor);
    assertThat(result.sample().message())
        .isEqualTo("no answer within 300ms (while reading the body)");
    assertThat(result.sample().phases().transfer()).isPositive();
    assertThat(result.sample().conditions()).singleElement().matches(c -> c.ok());
    assertThat(result.evidence().response()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(result.evidence().bodyExcerpt()).isEqualTo("begin");
  }

  @Test
  void a_dripping_body_gets_no_more_time() {
    TargetServer server =
        serve(
            (talk, number) -> {
              talk.request();
              talk.head("HTTP/1.1 200 OK", "Content-Length: 100000");
              drip(talk, "x");
            });
    assertThat(down(server, shortly()).message())
        .isEqualTo("no answer within 300ms (while reading the body)");
  }

  @Test
  void dripping_headers_get_no_more_time() {
    TargetServer server =
        serve(
            (talk, number) -> {
              talk.request();
              talk.say("HTTP/1.1 200 OK\r\n");
              drip(talk, "x: y\r\n");
            });
    assertThat(down(server, shortly()).message())
        .isEqualTo("no answer within 300ms (while reading the headers)");
  }

  private static void drip(TargetServer.Talk talk, String drop) throws Exception {
    while (!talk.stopped(10)) {
      talk.say(drop);
    }
  }

  @Test
  void an_endless_body_is_left_where_no_condition_is_about_it() {
    TargetServer server = endless("Content-Type: text/plain");
    ProbeResult result =
        probe(Monitors.with().condition("[STATUS] == 200").http(server.url("/")), true);
    assertThat(result.sample().outcome()).isEqualTo(Outcome.UP);
    assertThat(result.sample().message()).isNull();
    assertThat(result.evidence().bodyExcerpt()).hasSize(2_000);
  }

  @Test
  void an_endless_body_is_too_large_where_a_condition_is_about_it() {
    TargetServer server = endless("Content-Type: text/plain");
    assertThat(down(server, Monitors.with().condition(BODY)).message())
        .isEqualTo("body larger than 1 MiB");
  }

  private TargetServer endless(String header) {
    return serve(
        (talk, number) -> {
          talk.request();
          talk.head("HTTP/1.1 200 OK", header);
          byte[] much = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
          while (true) {
            talk.say(much);
          }
        });
  }

  @Test
  void a_body_announced_too_large_is_not_read() {
    TargetServer server =
        serve(
            (talk, number) -> {
              talk.request();
              talk.head("HTTP/1.1 200 OK", "Content-Length: 5000000000");
              talk.hang();
            });
    assertThat(down(server, Monitors.with().condition(BODY)).message())
        .isEqualTo("body larger than 1 MiB");
  }

  @Test
  void endless_tiny_chunks_are_left() {
    TargetServer server =
        serve(
            (talk, number) -> {
              talk.request();
              talk.head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
              byte[] chunks = "1\r\nx\r\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
              while (true) {
                talk.say(chunks);
              }
            });
    assertThat(down(server, Monitors.with().condition(BODY)).message())
        .isEqualTo("body in more than 16384 pieces");
  }

  @Test
  void endless_headers_are_cut_off() {
    TargetServer server =
        serve(
            (talk, number) -> {
              talk.request();
              talk.say("HTTP/1.1 200 OK\r\n");
              byte[] headers = "x: y\r\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
              while (true) {
                talk.say(headers);
              }
            });
    assertThat(down(server, Monitors.with()).message()).isEqualTo("headers larger than 64 KiB");
  }

  @Test
  void an_endless_line_is_cut_off() {
    TargetServer server =
        serve(
            (talk, number) -> {
              talk.request();
              talk.say("HTTP/1.1 200 ");
              byte[] much = "x".repeat(8_000).getBytes(StandardCharsets.US_ASCII);
              while (true) {
                talk.say(much);
              }
            });
    assertThat(down(server, Monitors.with()).message()).isEqualTo("headers larger than 64 KiB");
  }

  @Test
  void endless_interim_answers_are_cut_off() {
    TargetServer server =
        serve(
            (talk, number) -> {
              talk.request();
              while (true) {
                talk.head("HTTP/1.1 100 Continue");
              }
            });
    assertThat(down(server, Monitors.with()).message())
        .isEqualTo("more than 16 interim answers and no final one");
  }

  @Test
  void a_bomb_is_not_inflated_where_nobody_asks() throws Exception {
    TargetServer server = bomb(gzip(new byte[50_000_000]));
    ProbeResult result = probe(Monitors.with().http(server.url("/")), true);
    assertThat(result.sample().outcome()).isEqualTo(Outcome.UP);
    assertThat(result.evidence().bodyExcerpt()).hasSize(2_000);
  }

  @Test
  void a_large_bomb_ends_at_the_cap() throws Exception {
    TargetServer server = bomb(gzip(new byte[50_000_000]));
    assertThat(down(server, Monitors.with().condition(BODY)).message())
        .isEqualTo("body larger than 1 MiB");
  }

  @Test
  void a_small_bomb_ends_at_the_ratio() throws Exception {
    TargetServer server = bomb(gzip(new byte[500_000]));
    assertThat(down(server, Monitors.with().condition(BODY)).message())
        .isEqualTo("the body inflates to more than 100 times its size");
  }

  private TargetServer bomb(byte[] bytes) {
    return answering(
        (talk, request) -> {
          talk.head("HTTP/1.1 200 OK", "Content-Encoding: gzip", "Content-Length: " + bytes.length);
          talk.say(bytes);
        });
  }

  static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  @Test
  void a_reset_says_where_it_came() {
    TargetServer atOnce =
        serve(
            (talk, number) -> {
              talk.request();
              talk.reset();
            });
    assertThat(down(atOnce, Monitors.with()).message())
        .isEqualTo("connection reset while waiting for the answer");
  }

  @Test
  void a_close_says_where_it_came() {
    TargetServer silent = serve((talk, number) -> talk.request());
    assertThat(down(silent, Monitors.with()).message())
        .isEqualTo("connection closed by the target while waiting for the answer");
    TargetServer amid =
        serve(
            (talk, number) -> {
              talk.request();
              talk.head("HTTP/1.1 200 OK", "Content-Length: 10");
              talk.say("x");
            });
    assertThat(down(amid, Monitors.with()).message())
        .isEqualTo("connection closed by the target while reading the body");
    TargetServer headers =
        serve(
            (talk, number) -> {
              talk.request();
              talk.say("HTTP/1.1 200 OK\r\nServer: x\r\nContent");
            });
    assertThat(down(headers, Monitors.with()).message())
        .isEqualTo("connection closed by the target while reading the headers");
    TargetServer chunk =
        serve(
            (talk, number) -> {
              talk.request();
              talk.head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
              talk.say("5\r\nab");
            });
    assertThat(down(chunk, Monitors.with()).message())
        .isEqualTo("connection closed by the target while reading the body");
  }

  @Test
  void what_is_no_http_is_called_so() {
    for (String garbage :
        List.of(
            "SSH-2.0-OpenSSH_9.2\r\n\r\n",
            "220 mail.example ESMTP\r\n",
            "\0\0\0\0\r\n\r\n",
            "<html>\r\n\r\n",
            "\u0015\u0003\u0003\0\2\2\n\r\n\r\n")) {
      TargetServer server =
          serve(
              (talk, number) -> {
                talk.request();
                talk.say(garbage);
                talk.closedByClient();
              });
      assertThat(down(server, Monitors.with()).message())
          .as(garbage)
          .isEqualTo("the answer is not HTTP");
    }
  }

  @Test
  void broken_headers_and_chunks_are_called_so() {
    TargetServer lengths =
        serve(
            (talk, number) -> {
              talk.request();
              talk.head("HTTP/1.1 200 OK", "Content-Length: 5", "Content-Length: 6");
              talk.closedByClient();
            });
    assertThat(down(lengths, Monitors.with()).message())
        .isEqualTo("the headers do not keep to the rules of HTTP");
    TargetServer chunks =
        serve(
            (talk, number) -> {
              talk.request();
              talk.head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
              talk.say("zz\r\nx\r\n");
              talk.closedByClient();
            });
    assertThat(down(chunks, Monitors.with()).message())
        .isEqualTo("the body does not keep to the rules of HTTP");
  }

  @Test
  void a_crowd_of_them_does_not_hold_up_a_good_target() {
    TargetServer endless = endless("X: y");
    TargetServer hanging = serve((talk, number) -> talk.hang());
    TargetServer resetting = serve((talk, number) -> talk.reset());
    TargetServer good = answering((talk, request) -> talk.answer("200 OK", "good"));
    List<CompletableFuture<ProbeResult>> bad = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      for (TargetServer server : List.of(endless, hanging, resetting)) {
        Monitor monitor = Monitors.with().condition(BODY).http(server.url("/" + i));
        bad.add(prober().probe(monitor, false).toCompletableFuture());
      }
    }
    Sample sample = probe(Monitors.with().http(good.url("/"))).sample();
    assertThat(sample.outcome()).isEqualTo(Outcome.UP);
    bad.forEach(result -> assertThat(result.join().sample().outcome()).isNotEqualTo(Outcome.UP));
  }
}
