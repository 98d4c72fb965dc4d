package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * What probing costs, on a real server: the figures of the README. Run by the {@code bench} profile
 * on a quiet machine; it prints what it measured and asserts only what must hold on any machine.
 */
class LoadBench {
  private static final Duration WARM_UP = Duration.ofSeconds(60);
  private static final Duration MEASURED = Duration.ofSeconds(60);

  private static Server watching(
      String name, TargetFarm farm, int monitors, String interval, int failureThreshold) {
    return Bench.watching(ServerPlan.named(name), farm, monitors, interval, failureThreshold, 2);
  }

  /** Measures a running server for a while; returns its probes a second. */
  private static double measure(String what, Server server, TargetFarm farm) {
    farm.reset();
    ProcessCost before = ProcessCost.of(server.pid());
    long from = System.nanoTime();
    Bench.pass(MEASURED);
    ProcessCost after = ProcessCost.of(server.pid());
    double seconds = (System.nanoTime() - from) / 1e9;
    double cpu = after.cpu().minus(before.cpu()).toMillis() / 1e3;
    long probes = farm.requests();
    Bench.say(
        "%s: %.0f probes/s, %.3f CPU-seconds per 1,000 probes, jitter %s, RSS %d MiB",
        what, probes / seconds, cpu * 1_000 / probes, farm.jitter().shown(), after.rssKib() / 1024);
    return probes / seconds;
  }

  @Test
  void a_thousand_monitors_every_second_stored_and_pushed_to_one_reader() {
    AtomicLong samples = new AtomicLong();
    try (TargetFarm farm = new TargetFarm();
        Server server = watching("bench-1000", farm, 1_000, "1s", 3);
        EventReader reader =
            new EventReader(
                server,
                "",
                event -> {
                  if (event.name().equals("samples")) {
                    samples.addAndGet(event.json().getJsonArray("samples").size());
                  }
                })) {
      reader.greeted();
      Bench.pass(WARM_UP);
      long pushed = samples.get();
      measure("1,000 monitors at 1 s", server, farm);
      Bench.say("samples pushed to the reader meanwhile: %d", samples.get() - pushed);
      assertThat(farm.askedAtLeast(50)).isEqualTo(1_000);
    }
  }

  @Test
  void five_thousand_monitors_every_second_hold() {
    try (TargetFarm farm = new TargetFarm();
        Server server = watching("bench-5000", farm, 5_000, "1s", 3)) {
      Bench.pass(WARM_UP);
      measure("5,000 monitors at 1 s", server, farm);
      assertThat(farm.askedAtLeast(1)).isEqualTo(5_000);
    }
  }

  @Test
  void at_twice_what_it_can_do_it_does_most_of_it() {
    double most = probesOf(8_000); // more than two cores do, with the targets on them as well
    double overloaded = probesOf(16_000);
    Bench.say("at twice what it can do it does %.0f %% of it", 100 * overloaded / most);
  }

  private static double probesOf(int monitors) {
    try (TargetFarm farm = new TargetFarm();
        Server server = watching("bench-" + monitors, farm, monitors, "1s", 3)) {
      Bench.pass(WARM_UP);
      double probes =
          measure(String.format(Locale.ROOT, "%,d monitors at 1 s", monitors), server, farm);
      assertThat(server.anyone().answers("/health/live")).isTrue();
      return probes;
    }
  }

  @Test
  void a_failure_is_on_the_screen_soon() {
    Map<String, Long> seen = new ConcurrentHashMap<>();
    try (TargetFarm farm = new TargetFarm();
        Server server = watching("bench-detection", farm, 1_000, "1s", 1);
        EventReader reader =
            new EventReader(
                server,
                "?events=incident",
                event -> {
                  if (event.name().equals("incident")) {
                    var incident = event.json().getJsonObject("incident");
                    seen.putIfAbsent(incident.getString("monitor"), event.nanos());
                  }
                })) {
      reader.greeted();
      Bench.pass(WARM_UP);
      Random random = new Random(1);
      for (int i = 0; i < 500; i++) {
        farm.fail("/t/" + i);
        Bench.pass(Duration.ofMillis(random.nextInt(50)));
      }
      Await.until("all incidents are seen", Duration.ofSeconds(30), () -> seen.size() == 500);
      Distribution delays = new Distribution();
      for (int i = 0; i < 500; i++) {
        delays.add(seen.get("t-" + i) - farm.firstFailure("/t/" + i));
      }
      Bench.say("first failing answer to incident event: %s", delays.shown());
    }
  }

  @Test
  void after_a_restart_all_are_watched_again_soon() {
    try (TargetFarm farm = new TargetFarm();
        Server server = watching("bench-restart", farm, 1_000, "10s", 3)) {
      Await.until("all are watched", Duration.ofSeconds(30), () -> farm.askedAtLeast(1) == 1_000);
      server.kill();
      farm.reset();
      long from = System.nanoTime();
      server.launch();
      server.awaitReady();
      long ready = System.nanoTime();
      Await.until("all are watched", Duration.ofSeconds(30), () -> farm.askedAtLeast(1) == 1_000);
      Bench.say(
          "start to ready %.1f s after kill -9; all 1,000 watched again %.1f s after that, RSS %d MiB",
          (ready - from) / 1e9,
          (System.nanoTime() - ready) / 1e9,
          ProcessCost.of(server.pid()).rssKib() / 1024);
    }
  }
}
