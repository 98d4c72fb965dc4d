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

/** The server loses its own network: neither a target nor a witness can be reached. */
class WitnessesIT {
  private static final int MONITORS = 50;
  private static final Duration PATIENCE =
      Duration.ofMinutes(2); // unknown after 60 s without a judgement

  @Test
  void a_lost_network_is_no_fault_of_the_targets() throws IOException {
    int targets = Ports.free();
    int witness = Ports.free();
    TargetFarm farm = new TargetFarm(targets);
    TargetFarm other = new TargetFarm(witness);
    try (Server server = watching(farm, witness)) {
      Await.until("all are up", PATIENCE, () -> count(server, "UP") == MONITORS);
      int before = incidents(server); // of a busy machine's start

      other.close(); // first, or a target may fail while the witness still answers
      farm.close();
      Await.until("all are unknown", PATIENCE, () -> count(server, "UNKNOWN") == MONITORS);
      assertThat(incidents(server)).isEqualTo(before);

      farm = new TargetFarm(targets);
      Await.until("all are up again", PATIENCE, () -> count(server, "UP") == MONITORS);
      assertThat(incidents(server)).isEqualTo(before);

      other = new TargetFarm(witness);
      farm.close();
      Await.until("the targets are down", PATIENCE, () -> count(server, "DOWN") == MONITORS);
      assertThat(incidents(server)).isEqualTo(before + MONITORS);
      assertThat(server.log().faults()).isEmpty();
    } finally {
      farm.close();
      other.close();
    }
  }

  private static Server watching(TargetFarm farm, int witness) throws IOException {
    ServerPlan plan = ServerPlan.named("witnesses");
    Path file = plan.folder().resolve("serversence.yaml");
    Server server =
        plan.with("SERVERSENCE_CONFIG", file.toString())
            .with("SERVERSENCE_WITNESSES", "tcp://127.0.0.1:" + witness)
            .prepared();
    Files.writeString(
        file,
        IntStream.range(0, MONITORS)
            .mapToObj(
                i ->
                    "- {id: t-%d, name: T, interval: 1s, timeout: 1s, failureThreshold: 2,"
                            .formatted(i)
                        + " retryInterval: 1s, target: {type: http, url: \"%s\"}}"
                            .formatted(farm.url("/t-" + i)))
            .collect(Collectors.joining("\n", "monitors:\n", "\n")));
    server.start();
    return server;
  }

  private static int incidents(Server server) {
    return new Monitors(server.admin()).items("/api/incidents?limit=500").size();
  }

  private static int count(Server server, String state) {
    JsonObject status = server.admin().get("/api/status").json();
    return status.getJsonObject("counts").getInt(state);
  }
}
