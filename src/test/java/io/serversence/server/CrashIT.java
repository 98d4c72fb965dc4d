package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The process is killed in the middle of its work, and goes on where it was. */
class CrashIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<String> FLIPPING =
      IntStream.range(0, 20).mapToObj(i -> "flip-" + i).toList();

  private final TargetFarm farm = new TargetFarm();

  @Test
  void what_was_told_is_kept_and_an_open_incident_is_still_the_one() {
    try (farm;
        Server server = ServerPlan.named("crash").started()) {
      Monitors monitors = new Monitors(server.admin());
      farm.fail("/held");
      monitors.add(Wanted.quick(Wanted.http("held", farm.url("/held"))));
      for (String id : FLIPPING) {
        monitors.add(Wanted.quick(Wanted.http(id, farm.url("/" + id))));
      }
      String held = monitors.awaitIncident("held");
      Published published = new Published();
      try (EventReader reader = new EventReader(server, "", published)) {
        reader.greeted();
        for (int round = 0; round < 2; round++) {
          flip(published);
        }
        FLIPPING.forEach(id -> farm.fail("/" + id)); // some of which it will have noticed

        awaitMore(published);
        server.kill();
      }
      farm.reset();

      server.start();

      assertOneAtMost(monitors);
      assertThat(monitors.get("held").getJsonObject("state").getString("incident")).isEqualTo(held);
      assertThat(monitors.incidents("held")).hasSize(1);
      published.assertKept(server.admin());
      Await.until(
          "all are probed again", PATIENCE, () -> farm.askedAtLeast(1) == FLIPPING.size() + 1);
      FLIPPING.forEach(id -> monitors.awaitState(id, "DOWN"));
      assertOneAtMost(monitors);
      assertEndsWell(server, monitors, held);
    }
  }

  private void flip(Published published) {
    int before = published.incidents();
    FLIPPING.forEach(id -> farm.fail("/" + id));
    Await.until("all are down", PATIENCE, () -> published.incidents() >= before + FLIPPING.size());
    FLIPPING.forEach(id -> farm.mend("/" + id));
    Await.until(
        "all are up again",
        PATIENCE,
        () ->
            FLIPPING.stream()
                .flatMap(id -> published.incidents(id).stream())
                .allMatch(i -> i.getString("state").equals("resolved")));
  }

  /** Until some of the incidents that open now are told, and hardly ever all. */
  private static void awaitMore(Published published) {
    int before = published.incidents();
    Await.until("more opens", PATIENCE, () -> published.incidents() > before);
  }

  private static void assertOneAtMost(Monitors monitors) {
    assertThat(
            monitors.items("/api/incidents?state=open,acknowledged&limit=500").stream()
                .collect(Collectors.groupingBy(i -> i.getString("monitor"), Collectors.counting())))
        .allSatisfy((monitor, count) -> assertThat(count).as(monitor).isOne());
  }

  private void assertEndsWell(Server server, Monitors monitors, String held) {
    farm.mend("/held");
    FLIPPING.forEach(id -> farm.mend("/" + id));
    monitors.awaitState("held", "UP");
    FLIPPING.forEach(id -> monitors.awaitState(id, "UP"));

    JsonObject ended = server.admin().get("/api/incidents/" + held).json();
    assertThat(ended.getString("state")).isEqualTo("resolved");
    assertThat(monitors.items("/api/incidents?state=open,acknowledged")).isEmpty();
    for (String id : FLIPPING) {
      List<JsonObject> flips =
          monitors.incidents(id).stream()
              .filter(i -> i.getString("cause").contains("503"))
              .toList();
      assertThat(flips).as(id).hasSize(3); // beside what a busy machine made of its own
    }
    assertThat(server.log().faults()).isEmpty();
  }
}
