package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The whole process is stopped for a while: that is no fault of those it watches. */
class SuspendIT {
  private static final int MONITORS = 500;
  private static final Duration SUSPENDED = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void nothing_changes_its_state_and_no_incident_opens() throws IOException {
    Published published = new Published();
    try (TargetFarm farm = new TargetFarm();
        Server server = watching(farm)) {
      Await.until("all are up", PATIENCE, () -> up(server) == MONITORS);
      String beats = beats(server);
      Monitors monitors = new Monitors(server.admin());
      int before = monitors.items("/api/incidents?limit=500").size(); // of a busy machine's start
      try (EventReader reader = new EventReader(server, "?events=state,incident", published)) {
        reader.greeted();
        int told = published.states().size();

        server.suspend();
        Await.elapsed(SUSPENDED);
        server.resume();

        farm.reset();
        Await.until(
            "all were judged again, and again",
            PATIENCE,
            () -> {
              server.anyone().bare("GET", beats);
              return farm.askedAtLeast(3) == MONITORS;
            });
        assertThat(published.states().subList(told, published.states().size())).isEmpty();
        assertThat(published.incidents()).isZero();
      }
      assertThat(up(server)).isEqualTo(MONITORS);
      assertThat(monitors.state("beats")).isEqualTo("UP");
      assertThat(monitors.items("/api/incidents?limit=500")).hasSize(before);
      assertThat(server.admin().get("/metrics").body())
          .as("it has noticed")
          .containsPattern("\nserversence_gaps_total [1-9]");
      assertThat(server.log().faults()).isEmpty();
    }
  }

  private static Server watching(TargetFarm farm) throws IOException {
    ServerPlan plan = ServerPlan.named("suspend");
    Path file = plan.folder().resolve("serversence.yaml");
    Server server = plan.with("SERVERSENCE_CONFIG", file.toString()).prepared();
    Files.writeString(
        file,
        IntStream.range(0, MONITORS)
            .mapToObj(
                i ->
                    "- {id: many-%d, name: Many, group: many, interval: 2s, failureThreshold: 1,"
                            .formatted(i)
                        + " target: {type: http, url: \"%s\"}}".formatted(farm.url("/many-" + i)))
            .collect(Collectors.joining("\n", "monitors:\n", "\n")));
    server.start();
    return server;
  }

  /** A heartbeat that cannot be heard while the server is stopped; the path to report to. */
  private static String beats(Server server) {
    Monitors monitors = new Monitors(server.admin());
    String url =
        monitors
            .add(Wanted.heartbeat("beats", "5s").add("interval", "5s").build())
            .getJsonObject("target")
            .getString("url");
    String path = url.substring(server.base().toString().length() - 1);
    server.anyone().bare("GET", path);
    monitors.awaitState("beats", "UP");
    return path;
  }

  private static int up(Server server) {
    JsonObject status = server.admin().get("/api/status?group=many").json();
    return status.getJsonObject("counts").getInt("UP");
  }
}
