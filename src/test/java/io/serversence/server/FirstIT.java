package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What anyone tries first on a server that has just been started. */
@ExtendWith(RunningServer.class)
class FirstIT {
  private final Server server;

  FirstIT(Server server) {
    this.server = server;
  }

  @Test
  void it_says_that_it_lives_and_is_ready_even_where_the_server_has_a_health_of_its_own() {
    for (String path : new String[] {"/health/live", "/health/ready"}) {
      Answer answer = server.anyone().get(path);

      assertThat(answer.status()).as(path).isEqualTo(200);
      assertThat(answer.json().getString("status")).as(path).isEqualTo("UP");
    }
    assertThat(server.anyone().get("/health/ready").json().getJsonArray("checks"))
        .extracting(check -> check.asJsonObject().getString("name"))
        .contains("database");
  }

  @Test
  void it_serves_its_page_with_a_strict_content_security_policy() {
    Answer page = server.anyone().get("/");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'")
        .doesNotContain("unsafe");
    assertThat(page.body()).contains("ServerSence");
  }

  @Test
  void it_lets_nobody_read_without_credentials_unless_told_to() {
    for (String path : new String[] {"/api/status", "/api/monitors", "/metrics", "/api/events"}) {
      assertThat(server.anyone().get(path).status()).as(path).isEqualTo(401);
    }
  }

  @Test
  void it_shows_the_board_to_the_administrator() {
    Answer status = server.admin().get("/api/status");

    assertThat(status.status()).isEqualTo(200);
    assertThat(status.json()).containsKeys("epoch", "seq", "at", "counts", "monitors");
  }

  @Test
  void it_watches_a_monitor_from_the_moment_it_is_created() {
    Api admin = server.admin();
    JsonObject target =
        Json.createObjectBuilder()
            .add("type", "tcp")
            .add("host", "127.0.0.1")
            .add("port", server.port())
            .build();

    Answer created =
        admin.post(
            "/api/monitors",
            Json.createObjectBuilder()
                .add("id", "first")
                .add("name", "The server's own port")
                .add("target", target)
                .add("interval", "1s")
                .build());

    assertThat(created.status()).as(created.body()).isEqualTo(201);
    assertThat(created.header("Location")).endsWith("/api/monitors/first");
    assertThat(admin.get("/api/monitors/first").json().getJsonObject("target"))
        .containsAllEntriesOf(target);
    Await.until("the monitor is up", Duration.ofSeconds(10), () -> state(admin).equals("UP"));
    assertThat(admin.get("/metrics").body())
        .containsPattern("serversence_monitor_up\\{[^}]*\"first\"[^}]*\\} 1(\\.0)?\n");
    assertThat(admin.delete("/api/monitors/first").status()).isEqualTo(204);
    assertThat(admin.get("/api/monitors/first").status()).isEqualTo(404);
  }

  private static String state(Api api) {
    return Optional.ofNullable(api.get("/api/monitors/first").json().getJsonObject("state"))
        .map(state -> state.getString("state"))
        .orElse("");
  }
}
