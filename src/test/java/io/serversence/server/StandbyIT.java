package io.serversence.server;

import static io.serversence.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two nodes on one database: one works, the other waits and takes over. */
class StandbyIT {
  private static final Duration START = Duration.ofMinutes(3);

  /** The lease ends 15 s after it was last renewed; the rest is what a take-over takes. */
  private static final Duration TAKE_OVER = Duration.ofSeconds(25);

  @Test
  void the_second_waits_and_takes_over_when_the_first_is_gone() {
    try (TargetFarm farm = new TargetFarm();
        PostgreSqlServer postgres = new PostgreSqlServer("standby-postgres");
        Server first = postgres.under(ServerPlan.named("standby-first")).started();
        Server second = postgres.under(ServerPlan.named("standby-second")).prepared()) {
      Monitors onFirst = new Monitors(first.admin());
      farm.fail("/watched");
      onFirst.add(Wanted.quick(Wanted.http("watched", farm.url("/watched"))));
      String incident = onFirst.awaitIncident("watched");

      second.launch();
      assertWaits(second);
      first.kill();
      long from = System.nanoTime();

      second.awaitReady();

      assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(TAKE_OVER);
      Monitors onSecond = new Monitors(second.admin());
      assertThat(onSecond.get("watched").getJsonObject("state").getString("incident"))
          .isEqualTo(incident);
      farm.mend("/watched");
      onSecond.awaitState("watched", "UP");
      assertThat(onSecond.incidents("watched")).hasSize(1);

      first.launch();
      assertWaits(first);
      second.stop(); // which gives the lease back
      first.awaitReady();
      assertThat(new Monitors(first.admin()).state("watched")).isEqualTo("UP");
      assertThat(second.log().faults()).isEmpty();
    }
  }

  private static void assertWaits(Server standby) {
    Await.until("it waits", START, () -> waits(standby));
    JsonObject ready = standby.anyone().get("/health/ready").json();
    assertThat(ready.getString("status")).isEqualTo("DOWN");
    assertThat(ready.getJsonArray("checks").getValuesAs(JsonObject.class))
        .filteredOn(check -> check.getString("name").equals("node"))
        .singleElement()
        .satisfies(check -> assertThat(check.getString("detail")).contains("lease"));
    assertThat(standby.anyone().get("/health/live").status()).isEqualTo(200);
    for (String path : new String[] {"/api/status", "/api/monitors", "/api/incidents"}) {
      assertProblem(standby.admin().get(path), 503);
    }
    assertProblem(
        standby.admin().post("/api/monitors", Wanted.heartbeat("new", "1h").build()), 503);
  }

  private static boolean waits(Server standby) {
    try {
      Answer ready = standby.anyone().get("/health/ready");
      return ready.status() == 503
          && ready.body().contains("standby")
          && ready.body().contains("lease");
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}
