package io.serversence.server;

import static io.serversence.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Everything configured as one YAML document, from a file at the start and over REST. */
class ConfigIT {
  private static final String YAML = "application/yaml";
  private static final String FILE =
      """
      monitors:
        - {id: of-file, name: Of the file, target: {type: heartbeat, grace: 1h}}
      channels:
        - {id: of-file, name: Of the file, type: webhook, url: "http://127.0.0.1:${SERVERSENCE_HOOKS_PORT}/", secret: canary-file}
      routes:
        - {id: of-file, name: Of the file, channels: [of-file]}
      maintenanceWindows:
        - {id: of-file, name: Of the file, startsAt: "2026-01-01T00:00:00Z", duration: 1h}
      statusPages:
        - {id: of-file, title: Of the file, monitors: [of-file]}
      """;
  private static final List<String> KINDS =
      List.of("monitors", "channels", "routes", "maintenance-windows", "status-pages");

  private static Server server;
  private static Api admin;

  @BeforeAll
  static void start() throws IOException {
    ServerPlan plan = ServerPlan.named("config");
    Path file = plan.folder().resolve("config.yaml");
    server =
        plan.with("SERVERSENCE_CONFIG", file.toString())
            .with("SERVERSENCE_HOOKS_PORT", "9")
            .with("SERVERSENCE_EGRES", "canary-misspelt")
            .prepared();
    Files.writeString(file, FILE);
    server.start();
    admin = server.admin();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer post(String yaml) {
    return admin.send("POST", "/api/config", YAML, yaml);
  }

  private static JsonObject planned(String yaml, String query) {
    Answer answer = admin.send("POST", "/api/config" + query, YAML, yaml);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static List<String> names(JsonArray array) {
    return array.getValuesAs(JsonString::getString);
  }

  private static String written() {
    Answer answer = admin.get("/api/config");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith(YAML);
    return answer.body();
  }

  @Test
  void what_the_file_names_is_there_and_read_only() {
    for (String kind : KINDS) {
      String path = "/api/" + kind + "/of-file";
      JsonObject found = admin.get(path).json();
      assertThat(found.getString("managedBy")).as(path).isEqualTo("file");
      assertProblem(admin.send("PUT", path, found), 409);
      assertProblem(admin.patch(path, Json.createObjectBuilder().build()), 409);
      assertProblem(admin.delete(path), 409);
    }
  }

  @Test
  void what_was_read_changes_nothing_when_it_is_sent_back() {
    String name = "{\"id\":\"secretive\",\"name\":\"Secretive\",\"enabled\":false,";
    String target =
        "\"target\":{\"type\":\"http\",\"url\":\"http://127.0.0.1:9/\","
            + "\"auth\":{\"bearer\":\"canary-token\"}}}";
    assertThat(admin.send("POST", "/api/monitors", "application/json", name + target).status())
        .isEqualTo(201);
    String yaml = written();
    assertThat(yaml).contains("***").doesNotContain("canary");

    JsonObject plan = planned(yaml, "");

    assertThat(plan.getJsonArray("create")).isEmpty();
    assertThat(plan.getJsonArray("update")).isEmpty();
    assertThat(plan.getJsonArray("delete")).isEmpty();
    assertThat(plan.getInt("unchanged")).isGreaterThanOrEqualTo(6);
    assertThat(admin.get("/api/monitors/secretive").json().getInt("revision")).isEqualTo(1);
    assertThat(written()).isEqualTo(yaml);
    assertThat(admin.delete("/api/monitors/secretive").status()).isEqualTo(204);
  }

  @Test
  void a_misspelt_setting_is_told_once_and_one_that_the_file_names_is_not() {
    assertThat(server.log().lines())
        .filteredOn(line -> line.contains("is no setting"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .endsWith("SERVERSENCE_EGRES is no setting; is SERVERSENCE_EGRESS meant?")
                    .contains("WARN"));
    assertThat(server.log().lines()).noneMatch(line -> line.contains("canary-misspelt"));
  }

  @Test
  void a_document_is_tried_and_carried_out() {
    String yaml =
        """
        maintenanceWindows:
          - {name: Patch day, startsAt: "2026-11-24T22:00:00Z", duration: 2h}
        statusPages:
          - {title: Shop, match: {group: [shop]}}
        """;
    assertThat(names(planned(yaml, "?dryRun=true").getJsonArray("create")))
        .containsExactly("maintenance-windows/patch-day", "status-pages/shop");
    assertThat(admin.get("/api/status-pages/shop").status()).isEqualTo(404);

    planned(yaml, "?dryRun=false");
    assertThat(admin.get("/api/status-pages/shop").json().getString("managedBy")).isEqualTo("api");
    JsonObject again = planned(yaml.replace("Shop,", "The shop, id: shop,"), "");
    assertThat(names(again.getJsonArray("update"))).containsExactly("status-pages/shop");
    assertThat(again.getInt("unchanged")).isEqualTo(1);

    JsonObject gone = planned("maintenanceWindows: []\nstatusPages: []\n", "");
    assertThat(names(gone.getJsonArray("delete")))
        .containsExactly("status-pages/shop", "maintenance-windows/patch-day");
    assertThat(admin.get("/api/status-pages/of-file").status()).isEqualTo(200);
  }

  @Test
  void monitors_are_watched_from_then_on() {
    Monitors monitors = new Monitors(admin);
    String yaml =
        "monitors: [{id: port, name: Port, interval: 1s, target: {type: tcp, host: 127.0.0.1,"
            + " port: %d}}]";
    planned(yaml.formatted(server.port()), "");
    monitors.awaitState("port", "UP");
    planned("monitors: []", "");
    assertThat(admin.get("/api/monitors/port").status()).isEqualTo(404);
  }

  @Test
  void what_is_wrong_is_refused_with_its_place() {
    assertProblem(post("monitors: [{name: a}]"), 400, "monitors[0].target");
    assertProblem(post("monitor: []"), 400, "monitor");
    assertProblem(post("settings: {anonymous: viewer}"), 400, "settings");
    assertProblem(post("a: [unclosed"), 400, "");
    assertProblem(post("a: !!java.net.URL [x]"), 400, "");
    assertProblem(post(""), 400, "");
    assertProblem(post("- 1"), 400, "");
    assertProblem(admin.send("POST", "/api/config", "text/plain", "{}"), 415);
    assertProblem(admin.send("POST", "/api/config?dryRun=yes", YAML, "{}"), 400, "dryRun");
    assertProblem(admin.send("POST", "/api/config", YAML, " ".repeat(1 << 21)), 413);
    assertProblem(post(written().replace("grace: 1h", "grace: 2h")), 409);
    assertThat(planned("{}", "").getInt("unchanged")).isZero();
  }
}
