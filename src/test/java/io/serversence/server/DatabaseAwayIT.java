package io.serversence.server;

import static io.serversence.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** PostgreSQL goes away for a while, and nothing of that time is lost. */
class DatabaseAwayIT {
  private static final Duration AWAY = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final List<String> FLIPPING = List.of("flip-a", "flip-b", "flip-c");

  private final TargetFarm farm = new TargetFarm();
  private final Published published = new Published();

  @Test
  void probing_verdicts_and_stream_go_on_without_it_and_all_is_there_when_it_is_back() {
    try (farm;
        PostgreSqlServer postgres = new PostgreSqlServer("away-postgres");
        Server server = postgres.under(ServerPlan.named("away")).started()) {
      Monitors monitors = new Monitors(server.admin());
      farm.fail("/held");
      for (String id : List.of("held", "late", "flip-a", "flip-b", "flip-c", "well")) {
        monitors.add(Wanted.quick(Wanted.http(id, farm.url("/" + id))));
      }
      String held = monitors.awaitIncident("held");
      FLIPPING.forEach(id -> monitors.awaitState(id, "UP"));
      monitors.awaitState("late", "UP");
      try (EventReader reader = new EventReader(server, "", published)) {
        reader.greeted();

        postgres.stop();
        long end = System.nanoTime() + AWAY.toNanos();
        assertUnavailable(server, held);
        farm.mend("/held");
        farm.fail("/late");
        awaitIncident("held", i -> i.getString("state").equals("resolved"));
        awaitIncident("late", i -> i.getString("state").equals("open"));
        int flips = 0;
        while (flips == 0 || System.nanoTime() - end < 0) {
          flip(++flips);
        }
        assertThat(monitors.state("late")).isEqualTo("DOWN");

        postgres.start();
        Await.until(
            "the database is back", PATIENCE, () -> server.anyone().answers("/health/ready"));
        assertAllIsThere(server, monitors, held, flips);
      }
      assertThat(server.log().lines())
          .as("it was foreseen, so that there are no stack traces")
          .noneMatch(line -> line.matches("\\s+at \\S+\\(.*"));
    }
  }

  private static void assertUnavailable(Server server, String incident) {
    Await.until(
        "it is noticed", PATIENCE, () -> server.anyone().get("/health/ready").status() == 503);
    JsonObject ready = server.anyone().get("/health/ready").json();
    assertThat(ready.getString("status")).isEqualTo("DOWN");
    assertThat(ready.getJsonArray("checks").getValuesAs(JsonObject.class))
        .anySatisfy(
            check -> {
              assertThat(check.getString("name")).isEqualTo("database");
              assertThat(check.getString("status")).isEqualTo("DOWN");
              assertThat(check.getString("detail")).isNotBlank();
            });
    assertThat(server.anyone().get("/health/live").status()).isEqualTo(200);
    Api admin = server.admin();
    assertProblem(admin.get("/api/monitors/well/samples"), 503);
    assertProblem(admin.get("/api/incidents"), 503);
    assertProblem(admin.get("/api/incidents/" + incident), 503);
    assertProblem(admin.bare("POST", "/api/incidents/" + incident + "/acknowledge"), 503);
    assertProblem(admin.post("/api/monitors", Wanted.heartbeat("new", "1h").build()), 503);
    assertProblem(admin.delete("/api/monitors/well"), 503);
    for (String path : List.of("/api/status", "/api/monitors", "/api/monitors/well", "/metrics")) {
      assertThat(admin.get(path).status()).as(path).isEqualTo(200);
    }
    assertThat(admin.bare("POST", "/api/monitors/well/probe").status()).isEqualTo(200);
  }

  /** All three go down and up again, each time with an incident of its own. */
  private void flip(int times) {
    FLIPPING.forEach(id -> farm.fail("/" + id));
    FLIPPING.forEach(id -> awaitIncidents(id, times, "open"));
    FLIPPING.forEach(id -> farm.mend("/" + id));
    FLIPPING.forEach(id -> awaitIncidents(id, times, "resolved"));
  }

  private void awaitIncidents(String id, int times, String state) {
    Await.until(
        id + " has " + times + " incidents, the last one " + state,
        PATIENCE,
        () -> {
          List<JsonObject> told = published.incidents(id);
          return told.size() == times
              && told.stream().filter(i -> !i.getString("state").equals("resolved")).count()
                  == (state.equals("open") ? 1 : 0);
        });
  }

  private void awaitIncident(String id, Predicate<JsonObject> as) {
    Await.until(id + " is told of", PATIENCE, () -> published.incidents(id).stream().anyMatch(as));
  }

  private void assertAllIsThere(Server server, Monitors monitors, String held, int flips) {
    published.assertKept(server.admin());
    assertThat(server.admin().get("/api/incidents/" + held).json().getString("state"))
        .isEqualTo("resolved");
    assertThat(monitors.incidents("held")).hasSize(1);
    assertThat(answered(monitors, "late")).hasSize(1);
    for (String id : FLIPPING) {
      assertThat(answered(monitors, id))
          .as(id)
          .hasSize(flips)
          .allSatisfy(i -> assertThat(i.getString("state")).isEqualTo("resolved"));
    }
    farm.mend("/late");
    monitors.awaitState("late", "UP");
    assertThat(monitors.incidents("late").get(0).getString("state")).isEqualTo("resolved");
    monitors.add(Wanted.heartbeat("new", "1h").build());
  }

  /** The incidents that the farm is the cause of, beside those of a busy machine. */
  private static List<JsonObject> answered(Monitors monitors, String id) {
    return monitors.incidents(id).stream()
        .filter(i -> i.getString("cause").contains("503"))
        .toList();
  }
}
