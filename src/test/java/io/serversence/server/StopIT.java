package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The end of a server, and what its whole life leaves in the log. */
class StopIT {
  private static final Duration UNDEPLOYED = Duration.ofSeconds(10);

  @Test
  void it_stops_within_ten_seconds_and_its_whole_log_tells_of_no_fault() {
    try (Server server = ServerPlan.named("stop").started()) {
      Answer created =
          server
              .admin()
              .post(
                  "/api/monitors",
                  Json.createObjectBuilder()
                      .add("id", "kept")
                      .add("name", "Kept")
                      .add(
                          "target",
                          Json.createObjectBuilder()
                              .add("type", "tcp")
                              .add("host", "127.0.0.1")
                              .add("port", server.port()))
                      .add("interval", "1s")
                      .build());
      assertThat(created.status()).as(created.body()).isEqualTo(201);

      assertThat(server.stop()).isLessThan(UNDEPLOYED);

      assertThat(Ports.taken(server.port())).isFalse();
      assertThat(server.log().faults()).isEmpty();

      server.start();

      assertThat(server.admin().get("/api/monitors/kept").status()).isEqualTo(200);
    }
  }
}
