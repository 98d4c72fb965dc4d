package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.monitor.Auth;
import io.serversence.monitor.Evidence;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Outcome;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectTest extends ProberCase {
  private final Queue<TargetServer.Request> seen = new ConcurrentLinkedQueue<>();

  /** Redirects everything but {@code /end}. */
  private TargetServer redirecting(String status, String location) {
    return answering(
        (talk, request) -> {
          seen.add(request);
          if (request.line().contains(" /end")) {
            talk.answer("200 OK", "arrived");
          } else {
            talk.answer(status, "moved", "Location: " + location);
          }
        });
  }

  @Test
  void a_redirect_is_followed_over_the_same_connection() {
    TargetServer server = redirecting("302 Found", "/end?x=1#y");
    ProbeResult result =
        probe(Monitors.with().condition("[STATUS] == 200").http(server.url("/a/b")), true);
    assertThat(result.sample().outcome()).isEqualTo(Outcome.UP);
    assertThat(result.evidence().request()).isEqualTo("GET " + server.url("/end?x=1"));
    assertThat(result.evidence().bodyExcerpt()).isEqualTo("arrived");
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void it_is_not_followed_where_that_is_not_wanted() {
    TargetServer server = redirecting("302 Found", "/end");
    ProbeResult result =
        probe(
            Monitors.with().noFollowing().condition("[STATUS] == 302").http(server.url("/")), true);
    assertThat(result.sample().outcome()).isEqualTo(Outcome.UP);
    assertThat(result.evidence().bodyExcerpt()).isEqualTo("moved");
    assertThat(seen).hasSize(1);
  }

  @Test
  void a_redirect_to_nowhere_is_an_answer() {
    TargetServer server = answering((talk, request) -> talk.answer("302 Found", "here"));
    ProbeResult result =
        probe(Monitors.with().condition("[STATUS] == 302").http(server.url("/")), true);
    assertThat(result.sample().outcome()).isEqualTo(Outcome.UP);
  }

  @Test
  void a_loop_ends_at_the_bound() {
    TargetServer server = redirecting("301 Moved Permanently", "/again");
    assertThat(probe(Monitors.with().http(server.url("/"))).sample().message())
        .isEqualTo("more than 5 redirects");
    assertThat(seen).hasSize(6);
    assertThat(probe(Monitors.with().maxRedirects(1).http(server.url("/"))).sample().message())
        .isEqualTo("more than 1 redirect");
  }

  @ParameterizedTest
  @CsvSource({
    "301, POST, GET", "302, POST, GET", "303, POST, GET", "307, POST, POST", "308, POST, POST",
    "301, PUT, PUT", "302, PUT, PUT", "303, PUT, GET", "303, HEAD, HEAD", "301, GET, GET"
  })
  void the_method_changes_as_browsers_have_it(int status, String before, String after) {
    TargetServer server = redirecting(status + " Moved", "/end");
    probe(
        Monitors.with()
            .method(before)
            .body(before.equals("HEAD") || before.equals("GET") ? null : "data")
            .header("Content-Type", "text/x")
            .http(server.url("/")));
    TargetServer.Request first = seen.remove();
    TargetServer.Request second = seen.remove();
    assertThat(first.line()).startsWith(before + " / ");
    assertThat(second.line()).startsWith(after + " /end ");
    assertThat(second.body()).isEqualTo(before.equals(after) ? first.body() : "");
    assertThat(second.header("content-type")).isEqualTo(before.equals(after) ? "text/x" : null);
  }

  @Test
  void secrets_stay_with_their_host() {
    TargetServer other =
        answering(
            (talk, request) -> {
              seen.add(request);
              talk.answer("200 OK", "");
            });
    TargetServer server = redirecting("302 Found", other.url("/end"));
    probe(secretive().http(server.url("/")));
    TargetServer.Request first = seen.remove();
    TargetServer.Request second = seen.remove();
    assertThat(first.header("authorization")).isEqualTo("Bearer secret");
    assertThat(first.header("cookie")).isEqualTo("secret");
    assertThat(first.header("host")).isEqualTo("own.example");
    assertThat(second.header("x-open")).isEqualTo("open");
    assertThat(second.header("host")).isEqualTo("127.0.0.1:" + other.port());
    assertThat(second.lines()).noneMatch(line -> line.contains("secret"));
  }

  @Test
  void secrets_stay_at_home_on_the_way_back_too() {
    TargetServer[] home = new TargetServer[1];
    TargetServer other =
        answering(
            (talk, request) -> talk.answer("302 Found", "", "Location: " + home[0].url("/end")));
    home[0] = redirecting("302 Found", other.url("/"));
    probe(secretive().http(home[0].url("/")));
    seen.remove();
    assertThat(seen.remove().lines()).noneMatch(line -> line.contains("secret"));
  }

  @Test
  void secrets_go_on_within_their_host() {
    TargetServer server = redirecting("302 Found", "/end");
    probe(secretive().http(server.url("/")));
    seen.remove();
    TargetServer.Request second = seen.remove();
    assertThat(second.header("authorization")).isEqualTo("Bearer secret");
    assertThat(second.header("x-api-key")).isEqualTo("secret");
    assertThat(second.header("host")).isEqualTo("own.example");
  }

  private static Monitors secretive() {
    return Monitors.with()
        .auth(new Auth.Bearer("secret"))
        .header("Cookie", "secret")
        .header("X-Api-Key", "secret")
        .header("X-Session-Id", "secret")
        .header("Host", "own.example")
        .header("X-Open", "open");
  }

  @ParameterizedTest
  @CsvSource({
    "http://169.254.169.254/latest/meta-data, the address 169.254.169.254 is not allowed",
    "http://[::ffff:169.254.169.254]/, the address 169.254.169.254 is not allowed",
    "http://[fd00:ec2::254]/, the address fd00:ec2::254 is not allowed",
    "http://0.0.0.0:22/, the address 0.0.0.0 is not allowed",
    "ftp://127.0.0.1/, 'the redirect leads to ftp, not to HTTP'",
    "http://, the redirect leads to no host",
    "http://127.0.0.1:70000/, the redirect leads to port 70000",
    "http://:80/, the redirect leads to no host"
  })
  void a_redirect_leads_only_where_it_may(String location, String message) {
    TargetServer server = redirecting("302 Found", location);
    ProbeResult result = probe(Monitors.with().http(server.url("/")));
    assertThat(result.sample().outcome()).isEqualTo(Outcome.DOWN);
    assertThat(result.sample().message()).isEqualTo(message);
    assertThat(result.sample().conditions()).hasSize(1);
  }

  @Test
  void a_redirect_into_nothing_shows_what_led_there() {
    TargetServer server = redirecting("302 Found", "http://169.254.169.254/");
    Evidence evidence = probe(Monitors.with().http(server.url("/start"))).evidence();
    assertThat(evidence.request()).isEqualTo("GET " + server.url("/start"));
    assertThat(evidence.response()).isEqualTo("HTTP/1.1 302 Found");
    assertThat(evidence.responseHeaders()).containsEntry("Location", "http://169.254.169.254/");
  }

  @Test
  void bodies_on_the_way_do_not_count_against_the_last_one() {
    String half = "x".repeat(700 * 1024);
    TargetServer server =
        answering(
            (talk, request) -> {
              if (request.line().contains("/end")) {
                talk.answer("200 OK", half);
              } else {
                talk.answer("302 Found", half, "Location: /end");
              }
            });
    Monitor monitor = Monitors.with().condition("[BODY] == pat(x*)").http(server.url("/"));
    assertThat(probe(monitor).sample().outcome()).isEqualTo(Outcome.UP);
  }

  @Test
  void its_body_is_read_no_further_than_any() {
    TargetServer server =
        serve(
            (talk, number) -> {
              TargetServer.Request request = talk.request();
              if (request.line().contains("/end")) {
                talk.answer("200 OK", "");
                return;
              }
              talk.head("HTTP/1.1 302 Found", "Location: /end");
              byte[] much = new byte[64 * 1024];
              while (true) {
                talk.say(much);
              }
            });
    Monitor monitor = Monitors.with().condition("[STATUS] == 200").http(server.url("/"));
    assertThat(probe(monitor).sample().outcome()).isEqualTo(Outcome.UP);
  }
}
