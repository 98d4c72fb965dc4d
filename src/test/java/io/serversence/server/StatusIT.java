package io.serversence.server;

import static io.serversence.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The board at one moment. */
@ExtendWith(RunningServer.class)
class StatusIT {
  private final Server server;
  private final Api admin;
  private final Monitors monitors;

  StatusIT(Server server) {
    this.server = server;
    this.admin = server.admin();
    this.monitors = new Monitors(admin);
  }

  private JsonObject row(String id) {
    return monitorsOf(admin.get("/api/status").json()).stream()
        .filter(row -> row.getString("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonObject> monitorsOf(JsonObject status) {
    return status.getJsonArray("monitors").getValuesAs(JsonObject.class);
  }

  @Test
  void every_monitor_is_on_it_with_its_state() {
    JsonObject added =
        monitors.add(
            Wanted.quick(
                Wanted.tcp("on-board", server.port())
                    .add("group", "boards")
                    .add("tags", Json.createArrayBuilder().add("boarded"))
                    .add("severity", "info")));
    monitors.awaitState("on-board", "UP");

    JsonObject row = row("on-board");

    assertThat(row)
        .containsOnlyKeys(
            "id",
            "name",
            "group",
            "tags",
            "severity",
            "n",
            "state",
            "since",
            "lastSample",
            "confirming",
            "muted",
            "incident");
    assertThat(row.getString("name")).isEqualTo("The on-board");
    assertThat(row.getString("group")).isEqualTo("boards");
    assertThat(row.getString("severity")).isEqualTo("info");
    assertThat(row.getInt("n")).isEqualTo(added.getInt("n")).isPositive();
    assertThat(row.getJsonObject("lastSample").getString("outcome")).isEqualTo("UP");
    assertThat(Instant.parse(row.getString("since"))).isBefore(Instant.now());
    assertThat(row.get("incident")).isEqualTo(JsonValue.NULL);
  }

  @Test
  void it_says_as_of_which_event_it_is_and_counts_every_state() {
    long before = admin.get("/api/status").json().getJsonNumber("seq").longValue();
    monitors.add(Wanted.heartbeat("awaited", "1h").build());

    JsonObject status = admin.get("/api/status").json();

    assertThat(status.getString("epoch")).hasSize(8);
    assertThat(status.getJsonNumber("seq").longValue()).isGreaterThan(before);
    assertThat(Instant.parse(status.getString("at"))).isBeforeOrEqualTo(Instant.now());
    assertThat(status.getJsonObject("counts"))
        .containsOnlyKeys("UP", "DEGRADED", "DOWN", "UNKNOWN", "PENDING", "PAUSED");
    for (String state : status.getJsonObject("counts").keySet()) {
      assertThat(status.getJsonObject("counts").getInt(state))
          .as(state)
          .isEqualTo(
              (int)
                  monitorsOf(status).stream()
                      .filter(row -> row.getString("state").equals(state))
                      .count());
    }
    assertThat(row("awaited").getString("state")).isEqualTo("PENDING");
    assertThat(row("awaited").get("lastSample")).isEqualTo(JsonValue.NULL);
  }

  @Test
  void it_can_be_narrowed_to_groups_and_tags() {
    for (String id : new String[] {"narrow-a", "narrow-b"}) {
      monitors.add(
          Wanted.heartbeat(id, "1h")
              .add("group", "group-" + id)
              .add("tags", Json.createArrayBuilder().add("narrow").add("tag-" + id))
              .build());
    }

    assertThat(ids("group=group-narrow-a")).containsExactly("narrow-a");
    assertThat(ids("tag=narrow")).containsExactly("narrow-a", "narrow-b");
    assertThat(ids("tag=tag-narrow-a,tag-narrow-b")).containsExactly("narrow-a", "narrow-b");
    assertThat(ids("tag=narrow&group=group-narrow-b")).containsExactly("narrow-b");
    assertThat(ids("tag=none")).isEmpty();
    assertThat(admin.get("/api/status?tag=narrow").json().getJsonObject("counts").getInt("PENDING"))
        .isEqualTo(2);
    assertProblem(admin.get("/api/status?state=UP"), 400, "state");
  }

  private List<String> ids(String query) {
    return monitorsOf(admin.get("/api/status?" + query).json()).stream()
        .map(row -> row.getString("id"))
        .toList();
  }
}
