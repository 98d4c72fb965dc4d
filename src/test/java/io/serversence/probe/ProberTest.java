package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.monitor.Monitor;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Sample;
import io.serversence.monitor.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProberTest extends ProberCase {
  @Test
  void a_task_runs_on_an_event_loop_and_not_before_its_time() throws Exception {
    CompletableFuture<Long> ran = new CompletableFuture<>();
    CompletableFuture<String> where = new CompletableFuture<>();
    long due = System.nanoTime() + Duration.ofMillis(20).toNanos();
    prober()
        .at(
            due,
            () -> {
              ran.complete(System.nanoTime());
              where.complete(Thread.currentThread().getName());
            });
    assertThat(ran.get(10, TimeUnit.SECONDS) - due).isNotNegative();
    assertThat(where.join()).startsWith("probe-");
  }

  @Test
  void a_task_whose_time_has_passed_runs_at_once() throws Exception {
    CompletableFuture<Void> ran = new CompletableFuture<>();
    prober().at(System.nanoTime() - 1_000_000_000, () -> ran.complete(null));
    ran.get(10, TimeUnit.SECONDS);
  }

  @Test
  void a_task_that_fails_harms_nobody() throws Exception {
    CompletableFuture<Void> ran = new CompletableFuture<>();
    for (int i = 0; i < 10; i++) {
      prober()
          .at(
              System.nanoTime(),
              () -> {
                throw new IllegalStateException("on purpose");
              });
    }
    prober().at(System.nanoTime(), () -> ran.complete(null));
    ran.get(10, TimeUnit.SECONDS);
  }

  @Test
  void a_heartbeat_is_no_target_to_probe() {
    Monitor beat = Monitors.with().of(new Target.Heartbeat(Duration.ZERO, "token"));
    assertThatThrownBy(() -> prober().probe(beat, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void closing_ends_what_runs_as_unknown() throws Exception {
    TargetServer hanging = serve((talk, number) -> talk.hang());
    List<CompletableFuture<ProbeResult>> running = new ArrayList<>();
    Monitors patient = Monitors.with().timeout(Duration.ofSeconds(60));
    for (int i = 0; i < 20; i++) {
      running.add(start(patient.http(hanging.url("/" + i))));
      running.add(start(patient.tls("localhost", hanging.port(), null)));
      running.add(start(patient.tcp("localhost", hanging.port(), null, "never")));
    }
    eventually(() -> hanging.connections() == 60);
    assertThat(prober().figures().probesRunning()).isEqualTo(60);
    long start = System.nanoTime();
    prober().close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    for (CompletableFuture<ProbeResult> one : running) {
      Sample sample = one.get(20, TimeUnit.SECONDS).sample();
      assertThat(sample.outcome()).isEqualTo(Outcome.UNKNOWN);
      assertThat(sample.message()).isEqualTo("ServerSence is stopping");
    }
    assertThat(start(patient.http(hanging.url("/"))).get(20, TimeUnit.SECONDS).sample().outcome())
        .isEqualTo(Outcome.UNKNOWN);
    prober().at(System.nanoTime(), () -> {}); // is dropped
    prober().close();
  }

  @Test
  void closing_ends_those_too_whose_turn_has_not_come() {
    TargetServer hanging = serve((talk, number) -> talk.hang());
    Monitors patient = Monitors.with().timeout(Duration.ofSeconds(60));
    CompletableFuture<List<CompletableFuture<ProbeResult>>> rush = new CompletableFuture<>();
    prober()
        .at(
            System.nanoTime(),
            () -> {
              List<CompletableFuture<ProbeResult>> started = new ArrayList<>();
              for (int i = 0; i < 100; i++) {
                started.add(start(patient.http(hanging.url("/" + i))));
              }
              prober().close(); // in the same round
              rush.complete(started);
            });
    assertThat(rush.join())
        .allSatisfy(
            one -> {
              Sample sample = one.get(20, TimeUnit.SECONDS).sample();
              assertThat(sample.outcome()).isEqualTo(Outcome.UNKNOWN);
              assertThat(sample.message()).isEqualTo("ServerSence is stopping");
            });
    assertThat(prober().figures().probesRunning()).isZero();
  }

  private CompletableFuture<ProbeResult> start(Monitor monitor) {
    return prober().probe(monitor, false).toCompletableFuture();
  }

  @Test
  void many_probes_at_once_all_come_back() {
    TargetServer server = answering((talk, request) -> talk.answer("200 OK", "x"));
    List<CompletableFuture<ProbeResult>> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.add(start(Monitors.with().timeout(Duration.ofSeconds(30)).http(server.url("/" + i))));
    }
    all.forEach(one -> assertThat(one.join().sample().outcome()).isEqualTo(Outcome.UP));
  }

  @Test
  void nothing_of_netty_s_own_threads_is_left() throws Exception {
    probe(Monitors.with().http(answering((t, r) -> t.answer("200 OK", "")).url("/")));
    prober().close();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.contains("globalEventExecutor") || name.contains("ObjectCleaner"));
  }

  @Test
  void a_factory_that_has_no_more_threads_leaves_none_behind() throws Exception {
    List<Thread> given = new ArrayList<>();
    assertThatThrownBy(
            () ->
                new Prober(
                    work -> {
                      if (!given.isEmpty()) {
                        throw new IllegalStateException("no more threads");
                      }
                      given.add(new Thread(work));
                      return given.get(0);
                    },
                    ProberSettings.DEFAULT))
        .isNotNull();
    given.get(0).join(10_000);
    assertThat(given.get(0).isAlive()).isFalse();
  }

  @Test
  void settings_out_of_range_are_named() {
    ProberSettings d = ProberSettings.DEFAULT;
    assertThatThrownBy(
            () ->
                new ProberSettings(
                    0,
                    d.bodyCap(),
                    d.inflationRatio(),
                    d.headerCap(),
                    d.heldBodies(),
                    d.idleConnections(),
                    d.idleConnectionsPerEndpoint(),
                    d.idleTime(),
                    d.connectionLife(),
                    d.cachedNames(),
                    d.nameLife(),
                    d.egress()))
        .hasMessage("eventLoops is out of range");
  }
}
