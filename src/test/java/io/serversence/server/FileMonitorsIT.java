package io.serversence.server;

import static io.serversence.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the configuration file names is watched, and read-only over REST. */
@ExtendWith(PeopledServer.class)
class FileMonitorsIT {
  private final Api admin;
  private final Monitors monitors;

  FileMonitorsIT(People people) {
    this.admin = people.admin();
    this.monitors = new Monitors(admin);
  }

  @Test
  void it_is_watched_with_the_defaults_and_says_who_manages_it() {
    monitors.awaitState("of-the-file", "UP");

    JsonObject monitor = monitors.get("of-the-file");
    assertThat(monitor.getString("managedBy")).isEqualTo("file");
    assertThat(monitor.getString("group")).isEqualTo("files");
    assertThat(monitor.getString("timeout")).isEqualTo("1s");
    assertThat(monitors.get("beats-of-the-file").getString("managedBy")).isEqualTo("file");
  }

  @Test
  void it_can_be_neither_replaced_nor_patched_nor_removed() {
    String path = "/api/monitors/of-the-file";
    JsonObject read = monitors.get("of-the-file");
    JsonObject patch = Json.createObjectBuilder().add("group", "mine").build();

    assertProblem(admin.send("PUT", path, read), 409);
    assertProblem(admin.patch(path, patch), 409);
    assertProblem(admin.delete(path), 409);

    assertThat(monitors.get("of-the-file").getInt("revision")).isEqualTo(read.getInt("revision"));
  }

  @Test
  void what_is_wrong_with_the_request_comes_before_that() {
    String path = "/api/monitors/of-the-file";
    String merge = "application/merge-patch+json";

    assertProblem(admin.send("PATCH", path, "text/plain", "{"), 415);
    assertProblem(admin.send("PATCH", path, merge, "{\"colour\":1}", "If-Match", "\"0\""), 400);
    assertProblem(admin.send("PATCH", path, merge, "{}", "If-Match", "\"0\""), 412);
    assertProblem(admin.bare("DELETE", path, "If-Match", "\"0\""), 412);
  }

  @Test
  void a_monitor_of_its_name_cannot_be_added() {
    assertProblem(admin.post("/api/monitors", Wanted.tcp("of-the-file", 1).build()), 409);
  }
}
