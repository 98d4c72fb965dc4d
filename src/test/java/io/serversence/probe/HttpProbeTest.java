package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import io.serversence.monitor.Auth;
import io.serversence.monitor.Evidence;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HttpProbeTest extends ProberCase {
  private final AtomicReference<TargetServer.Request> noted = new AtomicReference<>();

  @Test
  void an_answer_is_up_with_its_phases() {
    TargetServer server = answering((talk, request) -> talk.answer("200 OK", "hello"));
    Instant before = Instant.now();
    ProbeResult result = probe(Monitors.with().condition("[STATUS] < 400").http(server.url("/")));
    Sample sample = result.sample();
    assertThat(sample.outcome()).isEqualTo(Outcome.UP);
    assertThat(sample.message()).isNull();
    assertThat(sample.at()).isBetween(before, Instant.now());
    Phases phases = sample.phases();
    assertThat(phases.tls()).isEqualTo(Phases.NONE);
    assertThat(List.of(phases.resolve(), phases.connect(), phases.processing(), phases.transfer()))
        .allMatch(part -> part >= 0);
    assertThat(phases.resolve() + phases.connect() + phases.processing() + phases.transfer())
        .isBetween(sample.latency() / 2, sample.latency());
    assertThat(sample.conditions()).singleElement().matches(c -> c.ok());
    assertThat(result.evidence()).isEqualTo(Evidence.NONE);
  }

  @Test
  void the_request_is_as_a_client_of_good_manners_sends_it() throws Exception {
    TargetServer server =
        serve(
            (talk, number) -> {
              TargetServer.Request request = talk.request();
              talk.answer("200 OK", request.body());
              noted.set(request);
            });
    probe(
        Monitors.with()
            .method("POST")
            .header("X-Own", "yes")
            .body("grüß")
            .http("http://LocalHost:" + server.port() + "?q=1#part"));
    TargetServer.Request request = noted.get();
    assertThat(request.line()).isEqualTo("POST /?q=1 HTTP/1.1");
    assertThat(request.header("host")).isEqualTo("localhost:" + server.port());
    assertThat(request.header("user-agent")).startsWith("ServerSence/");
    assertThat(request.header("accept")).isEqualTo("*/*");
    assertThat(request.header("accept-encoding")).isEqualTo("gzip, deflate");
    assertThat(request.header("x-own")).isEqualTo("yes");
    assertThat(request.header("content-length")).isEqualTo("6");
    assertThat(request.body()).isEqualTo("grüß");
  }

  @Test
  void headers_of_the_users_own_go_before_ours() {
    TargetServer server =
        answering(
            (talk, request) -> {
              noted.set(request);
              talk.answer("200 OK", "");
            });
    probe(
        Monitors.with()
            .header("host", "other.example")
            .header("USER-AGENT", "mine")
            .header("accept", "text/html")
            .header("Authorization", "mine")
            .auth(new Auth.Basic("me", "pa:ß"))
            .http(server.url("/a%20b")));
    TargetServer.Request request = noted.get();
    assertThat(request.line()).isEqualTo("GET /a%20b HTTP/1.1");
    assertThat(request.header("host")).isEqualTo("other.example");
    assertThat(request.header("user-agent")).isEqualTo("mine");
    assertThat(request.header("accept")).isEqualTo("text/html");
    assertThat(request.header("authorization")).isEqualTo("Basic bWU6cGE6w58=");
    assertThat(
            request.lines().stream()
                .filter(l -> l.toLowerCase(Locale.ROOT).startsWith("authorization")))
        .hasSize(1);
  }

  @Test
  void a_closed_port_is_connection_refused() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, NetUtil.LOCALHOST4)) {
      port = socket.getLocalPort();
    }
    ProbeResult result = probe(Monitors.with().http("http://127.0.0.1:" + port + "/"));
    assertThat(result.sample().outcome()).isEqualTo(Outcome.DOWN);
    assertThat(result.sample().message()).isEqualTo("connection refused");
    assertThat(result.sample().phases().connect()).isNotNegative();
    assertThat(result.sample().phases().processing()).isEqualTo(Phases.NONE);
    assertThat(result.sample().conditions()).hasSize(1);
    assertThat(result.evidence().request()).isNull();
    assertThat(result.evidence().response()).isNull();
    assertThat(result.evidence().addresses()).containsExactly("127.0.0.1");
  }

  @Test
  void chunks_make_one_body() {
    TargetServer server =
        answering(
            (talk, request) -> {
              talk.head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
              talk.head("3;x=y", "abc", "2", "de", "0", "Trailer: t");
            });
    ProbeResult result = probe(Monitors.with().http(server.url("/")), true);
    assertThat(result.sample().outcome()).isEqualTo(Outcome.UP);
    assertThat(result.evidence().bodyExcerpt()).isEqualTo("abcde");
  }

  @Test
  void a_body_without_a_length_ends_with_the_connection() {
    TargetServer server =
        serve(
            (talk, number) -> {
              talk.request();
              talk.head("HTTP/1.0 200 OK");
              talk.say("abc");
            });
    ProbeResult result = probe(Monitors.with().http(server.url("/")), true);
    assertThat(result.sample().outcome()).isEqualTo(Outcome.UP);
    assertThat(result.evidence().bodyExcerpt()).isEqualTo("abc");
    assertThat(result.evidence().response()).isEqualTo("HTTP/1.0 200 OK");
  }

  @Test
  void interim_answers_are_passed_over() {
    TargetServer server =
        answering(
            (talk, request) -> {
              talk.head("HTTP/1.1 100 Continue");
              talk.head("HTTP/1.1 103 Early Hints", "Link: x");
              talk.head("HTTP/1.1 204 No Content");
            });
    ProbeResult result =
        probe(Monitors.with().condition("[STATUS] == 204").http(server.url("/")), true);
    assertThat(result.sample().outcome()).isEqualTo(Outcome.UP);
    assertThat(result.evidence().response()).isEqualTo("HTTP/1.1 204 No Content");
  }

  @Test
  void answers_without_a_body_need_none() {
    TargetServer server =
        answering(
            (talk, request) -> {
              if (request.line().startsWith("HEAD")) {
                talk.head("HTTP/1.1 100 Continue");
                talk.head("HTTP/1.1 200 OK", "Content-Length: 1000");
              } else {
                talk.head("HTTP/1.1 304 Not Modified", "Content-Length: 1000");
              }
            });
    Monitor head =
        Monitors.with()
            .method("HEAD")
            .condition("[STATUS] == 200")
            .condition("[BODY] == pat(*)")
            .http(server.url("/"));
    assertThat(probe(head).sample().outcome()).isEqualTo(Outcome.UP);
    Monitor get = Monitors.with().condition("[STATUS] == 304").http(server.url("/"));
    assertThat(probe(get).sample().outcome()).isEqualTo(Outcome.UP);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void evidence_hides_secrets() {
    TargetServer server =
        answering(
            (talk, request) ->
                talk.answer("500 Oh no", "x".repeat(3_000), "Set-Cookie: a=b", "Server: s"));
    ProbeResult result =
        probe(
            Monitors.with()
                .header("Cookie", "session=1")
                .header("X-Api-Key", "k")
                .header("X-Trace", "t")
                .auth(new Auth.Bearer("token"))
                .http(server.url("/path?q=1")),
            true);
    Evidence evidence = result.evidence();
    assertThat(evidence.request()).isEqualTo("GET " + server.url("/path?q=1"));
    assertThat(evidence.requestHeaders())
        .containsEntry("Cookie", "***")
        .containsEntry("X-Api-Key", "***")
        .containsEntry("authorization", "***")
        .containsEntry("X-Trace", "t");
    assertThat(evidence.response()).isEqualTo("HTTP/1.1 500 Oh no");
    assertThat(evidence.responseHeaders())
        .containsEntry("Set-Cookie", "***")
        .containsEntry("Server", "s");
    assertThat(evidence.bodyExcerpt()).isEqualTo("x".repeat(2_000));
    assertThat(evidence.addresses()).containsExactly("127.0.0.1");
    assertThat(evidence.certificate()).isNull();
  }

  @Test
  void the_charset_of_the_answer_counts() {
    TargetServer server =
        answering(
            (talk, request) -> {
              talk.head(
                  "HTTP/1.1 200 OK",
                  "Content-Type: text/plain; charset=\"ISO-8859-1\"",
                  "Content-Length: 4");
              talk.say("gr\u00fc\u00df");
            });
    ProbeResult result = probe(Monitors.with().http(server.url("/")), true);
    assertThat(result.evidence().bodyExcerpt()).isEqualTo("grüß");
  }

  @Test
  void a_host_without_ipv4_listener_is_reached_by_its_other_address() throws Exception {
    ServerSocket six = new ServerSocket(0, 10, NetUtil.LOCALHOST6);
    TargetServer server =
        closing(
            TargetServer.on(
                six, TargetServer.serving((talk, request) -> talk.answer("200 OK", ""))));
    ProbeResult result =
        probe(Monitors.with().http("http://name.localhost:" + server.port() + "/"), true);
    assertThat(result.sample().outcome()).isEqualTo(Outcome.UP);
    assertThat(result.evidence().addresses()).containsExactly("127.0.0.1", "::1");
    ProbeResult literal = probe(Monitors.with().http("http://[::1]:" + server.port() + "/"), true);
    assertThat(literal.sample().outcome()).isEqualTo(Outcome.UP);
    assertThat(literal.evidence().requestHeaders()).containsEntry("host", "[::1]:" + server.port());
  }
}
