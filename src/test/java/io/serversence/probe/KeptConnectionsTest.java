package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.monitor.Monitor;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptConnectionsTest extends ProberCase {
  private ProberSettings settings = ProberSettings.DEFAULT;

  @Override
  ProberSettings settings() {
    return settings;
  }

  private void bounds(int idle, int perEndpoint, Duration idleTime, Duration life) {
    ProberSettings d = ProberSettings.DEFAULT;
    settings =
        new ProberSettings(
            1,
            d.bodyCap(),
            d.inflationRatio(),
            d.headerCap(),
            d.heldBodies(),
            idle,
            perEndpoint,
            idleTime,
            life,
            d.cachedNames(),
            d.nameLife(),
            d.egress());
  }

  private Sample up(Monitor monitor) {
    Sample sample = probe(monitor).sample();
    assertThat(sample.outcome()).as(sample.message()).isEqualTo(Outcome.UP);
    return sample;
  }

  @Test
  void the_next_probe_takes_the_same_connection_and_has_no_phases_of_connecting() {
    TargetServer server = answering((talk, request) -> talk.answer("200 OK", "x"));
    Monitor monitor = Monitors.with().http(server.url("/"));
    assertThat(up(monitor).phases().connect()).isNotNegative();
    Phases phases = up(monitor).phases();
    assertThat(phases.resolve()).isEqualTo(Phases.NONE);
    assertThat(phases.connect()).isEqualTo(Phases.NONE);
    assertThat(phases.processing()).isNotNegative();
    assertThat(server.connections()).isEqualTo(1);
    assertThat(prober().figures().connectionsOpened()).isEqualTo(1);
    assertThat(prober().figures().connectionsReused()).isEqualTo(1);
    assertThat(prober().figures().connectionsIdle()).isEqualTo(1);
  }

  @Test
  void a_connection_that_dies_while_it_is_idle_is_forgotten() {
    TargetServer server = serve((talk, number) -> talk.answer("200 OK", talk.request().line()));
    Monitor monitor = Monitors.with().http(server.url("/"));
    up(monitor);
    eventually(this::noneIsLeft);
    up(monitor);
    assertThat(server.connections()).isEqualTo(2);
    assertThat(prober().figures().connectionsRetried()).isZero();
  }

  @Test
  void a_request_is_sent_again_once_if_its_kept_connection_dies_first() {
    TargetServer server =
        serve(
            (talk, number) -> {
              talk.request();
              talk.answer("200 OK", "x");
              talk.request(); // and is gone without an answer
            });
    Monitor monitor = Monitors.with().http(server.url("/"));
    up(monitor);
    assertThat(up(monitor).phases().connect()).isNotNegative();
    assertThat(server.connections()).isEqualTo(2);
    assertThat(prober().figures().connectionsRetried()).isEqualTo(1);
  }

  @Test
  void a_new_connection_that_dies_is_a_failure() {
    TargetServer server =
        serve(
            (talk, number) -> {
              talk.request();
              if (number == 1) {
                talk.answer("200 OK", "x");
                talk.request();
              }
            });
    Monitor monitor = Monitors.with().http(server.url("/"));
    up(monitor);
    assertThat(probe(monitor).sample().message())
        .isEqualTo("connection closed by the target while waiting for the answer");
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void a_kept_connection_that_dies_after_the_first_byte_is_a_failure() {
    TargetServer server =
        serve(
            (talk, number) -> {
              talk.request();
              talk.answer("200 OK", "x");
              talk.request();
              talk.say("H");
            });
    Monitor monitor = Monitors.with().http(server.url("/"));
    up(monitor);
    assertThat(probe(monitor).sample().message())
        .isEqualTo("connection closed by the target while reading the headers");
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void what_must_not_be_sent_twice_goes_over_a_new_connection() {
    TargetServer server = answering((talk, request) -> talk.answer("200 OK", "x"));
    Monitor monitor = Monitors.with().method("POST").http(server.url("/"));
    up(monitor);
    up(monitor);
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void a_connection_is_not_kept_after_a_failure() {
    TargetServer server = answering((talk, request) -> talk.answer("302 Found", "", "Location: /"));
    Monitor monitor = Monitors.with().maxRedirects(0).http(server.url("/"));
    assertThat(probe(monitor).sample().outcome()).isEqualTo(Outcome.DOWN);
    assertThat(prober().figures().connectionsIdle()).isZero();
  }

  @Test
  void a_connection_is_closed_if_the_server_says_so_or_the_next_probe_is_too_far() {
    TargetServer closing =
        answering((talk, request) -> talk.answer("200 OK", "x", "Connection: close"));
    up(Monitors.with().http(closing.url("/")));
    assertThat(prober().figures().connectionsIdle()).isZero();
    TargetServer keeping = answering((talk, request) -> talk.answer("200 OK", "x"));
    up(Monitors.with().interval(Duration.ofSeconds(60)).http(keeping.url("/")));
    assertThat(prober().figures().connectionsIdle()).isZero();
    up(Monitors.with().interval(Duration.ofSeconds(30)).http(keeping.url("/")));
    assertThat(prober().figures().connectionsIdle()).isEqualTo(1);
  }

  @Test
  void bytes_that_nobody_asked_for_end_a_kept_connection() throws Exception {
    CountDownLatch kept = new CountDownLatch(1);
    TargetServer server =
        serve(
            (talk, number) -> {
              talk.request();
              talk.answer("200 OK", "x");
              kept.await(10, TimeUnit.SECONDS);
              talk.answer("200 OK", "poison");
              talk.closedByClient();
            });
    Monitor monitor = Monitors.with().http(server.url("/"));
    up(monitor);
    eventually(() -> prober().figures().connectionsIdle() == 1);
    kept.countDown();
    eventually(this::noneIsLeft);
  }

  @Test
  void an_answer_too_many_ends_the_connection() {
    TargetServer server =
        answering(
            (talk, request) -> talk.say("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx".repeat(2)));
    up(Monitors.with().http(server.url("/")));
    eventually(() -> prober().figures().connectionsOpen() == 0);
  }

  @Test
  void idle_connections_are_closed_after_their_time() {
    bounds(10, 10, Duration.ofMillis(1_100), Duration.ofMinutes(1));
    TargetServer server = answering((talk, request) -> talk.answer("200 OK", "x"));
    up(Monitors.with().http(server.url("/")));
    assertThat(prober().figures().connectionsIdle()).isEqualTo(1);
    eventually(() -> prober().figures().connectionsOpen() == 0);
  }

  @Test
  void no_connection_outlives_its_life() {
    bounds(10, 10, Duration.ofMinutes(1), Duration.ofMillis(1_500));
    TargetServer server = answering((talk, request) -> talk.answer("200 OK", "x"));
    up(Monitors.with().http(server.url("/")));
    eventually(() -> prober().figures().connectionsOpen() == 0);
  }

  @Test
  void no_more_are_kept_than_the_bounds_say() {
    bounds(5, 3, Duration.ofMinutes(1), Duration.ofMinutes(1));
    TargetServer one = together(4);
    TargetServer two = together(4);
    crowd(one, 4);
    assertThat(prober().figures().connectionsIdle()).isEqualTo(3);
    crowd(two, 4);
    assertThat(prober().figures().connectionsIdle()).isEqualTo(5);
    eventually(() -> prober().figures().connectionsOpen() == 5);
  }

  @Test
  void none_are_kept_where_the_bound_is_zero() {
    bounds(0, 1, Duration.ofMinutes(1), Duration.ofMinutes(1));
    TargetServer server = answering((talk, request) -> talk.answer("200 OK", "x"));
    up(Monitors.with().http(server.url("/")));
    eventually(() -> prober().figures().connectionsOpen() == 0);
  }

  /** A connection that ends is first no longer open, and then no longer kept. */
  private boolean noneIsLeft() {
    ProberFigures figures = prober().figures();
    return figures.connectionsOpen() == 0 && figures.connectionsIdle() == 0;
  }

  /** Answers once so many requests are there, so that each has its own connection. */
  private TargetServer together(int n) {
    CountDownLatch all = new CountDownLatch(n);
    return answering(
        (talk, request) -> {
          all.countDown();
          all.await(10, TimeUnit.SECONDS);
          talk.answer("200 OK", "x");
        });
  }

  private void crowd(TargetServer server, int n) {
    Monitor monitor = Monitors.with().http(server.url("/"));
    List<CompletableFuture<ProbeResult>> results =
        IntStream.range(0, n)
            .mapToObj(i -> prober().probe(monitor, false).toCompletableFuture())
            .toList();
    results.forEach(r -> assertThat(r.join().sample().outcome()).isEqualTo(Outcome.UP));
  }
}
