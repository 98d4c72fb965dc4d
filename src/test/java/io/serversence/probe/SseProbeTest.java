package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.monitor.Monitor;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Sample;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SseProbeTest extends ProberCase {
  private final AtomicReference<TargetServer.Request> noted = new AtomicReference<>();

  private TargetServer streaming(String... parts) {
    return serve(
        (talk, number) -> {
          noted.set(talk.request());
          talk.head("HTTP/1.1 200 OK", "Content-Type: text/event-stream;charset=UTF-8");
          for (String part : parts) {
            talk.say(part);
          }
          talk.hang();
        });
  }

  private Sample down(TargetServer server) {
    Monitor monitor = Monitors.with().timeout(SHORT).sse(server.url("/events"));
    Sample sample = probe(monitor).sample();
    assertThat(sample.outcome()).isEqualTo(Outcome.DOWN);
    return sample;
  }

  @Test
  void the_first_event_is_enough() {
    TargetServer server = streaming("id: 1\n", "data: hello\n", "\n", "data: more");
    ProbeResult result =
        probe(Monitors.with().header("X-Own", "yes").sse(server.url("/events")), true);
    assertThat(result.sample().outcome()).as(result.sample().message()).isEqualTo(Outcome.UP);
    assertThat(result.sample().phases().transfer()).isNotNegative();
    assertThat(result.evidence().bodyExcerpt()).startsWith("id: 1\ndata: hello\n\n");
    assertThat(noted.get().header("accept")).isEqualTo("text/event-stream");
    assertThat(noted.get().header("x-own")).isEqualTo("yes");
    eventually(() -> prober().figures().connectionsOpen() == 0);
  }

  @Test
  void the_first_comment_is_enough() {
    TargetServer server = streaming("retry: 10\n\n", ": hello\r\n");
    assertThat(probe(Monitors.with().sse(server.url("/events"))).sample().outcome())
        .isEqualTo(Outcome.UP);
  }

  @Test
  void a_stream_that_says_nothing_is_missed_at_the_deadline() {
    assertThat(down(streaming()).message())
        .isEqualTo("no answer within 300ms (while waiting for the first event)");
    assertThat(down(streaming("retry: 10\n\n", "event: x\n\n", "data: half\n")).message())
        .isEqualTo("no answer within 300ms (while waiting for the first event)");
  }

  @Test
  void what_is_no_stream_is_called_so() {
    assertThat(
            down(answering(
                    (talk, request) -> talk.answer("200 OK", "x", "Content-Type: text/html")))
                .message())
        .isEqualTo("the answer is text/html, not text/event-stream");
    assertThat(down(answering((talk, request) -> talk.answer("200 OK", "x"))).message())
        .isEqualTo("the answer has no content type, not text/event-stream");
    assertThat(
            down(answering((talk, request) -> talk.answer("503 Service Unavailable", "x")))
                .message())
        .isEqualTo("the answer is 503 Service Unavailable, not a stream of events");
  }

  @Test
  void a_stream_that_ends_before_its_first_event_is_a_failure() {
    TargetServer server =
        serve(
            (talk, number) -> {
              talk.request();
              talk.head("HTTP/1.1 200 OK", "Content-Type: text/event-stream");
              talk.say("data: half\n");
            });
    assertThat(down(server).message()).isEqualTo("the stream ended before its first event");
  }

  @Test
  void an_endless_event_ends_at_the_cap() {
    TargetServer server =
        serve(
            (talk, number) -> {
              talk.request();
              talk.head("HTTP/1.1 200 OK", "Content-Type: text/event-stream");
              talk.say("data: ");
              while (true) {
                talk.say("x".repeat(64 * 1024));
              }
            });
    assertThat(probe(Monitors.with().sse(server.url("/"))).sample().message())
        .isEqualTo("no event in the first 1 MiB");
  }

  @Test
  void redirects_are_followed() {
    TargetServer stream = streaming(":\n");
    TargetServer server =
        answering((talk, request) -> talk.answer("307 Moved", "", "Location: " + stream.url("/")));
    assertThat(probe(Monitors.with().sse(server.url("/"))).sample().outcome())
        .isEqualTo(Outcome.UP);
  }
}
