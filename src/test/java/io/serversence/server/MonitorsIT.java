package io.serversence.server;

import static io.serversence.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Monitors are made, read, replaced, patched and removed. */
@ExtendWith(RunningServer.class)
class MonitorsIT {
  private static final String MERGE_PATCH = "application/merge-patch+json";

  private final Server server;
  private final Api admin;
  private final Monitors monitors;

  MonitorsIT(Server server) {
    this.server = server;
    this.admin = server.admin();
    this.monitors = new Monitors(admin);
  }

  /** Nobody listens there, and nothing waits for an answer. */
  private static String url() {
    return "http://127.0.0.1:" + Ports.free() + "/";
  }

  @Test
  void a_monitor_of_name_and_target_gets_the_defaults_of_the_contract() {
    String url = url();
    Answer created =
        admin.send(
            "POST",
            "/api/monitors",
            "application/json",
            "{\"name\":\"  Shôp -- front! \",\"target\":{\"type\":\"http\",\"url\":\""
                + url
                + "\"}}");

    assertThat(created.status()).as(created.body()).isEqualTo(201);
    assertThat(created.header("Content-Type")).isEqualTo("application/json");
    assertThat(created.header("ETag")).isEqualTo("\"1\"");
    JsonObject monitor = created.json();
    assertThat(monitor.getString("id")).isEqualTo("shop-front");
    assertThat(configured(monitor))
        .isEqualTo(
            Json.createObjectBuilder()
                .add("id", "shop-front")
                .add("name", "  Shôp -- front! ")
                .addNull("group")
                .add("tags", JsonValue.EMPTY_JSON_ARRAY)
                .add("description", "")
                .add("enabled", true)
                .add(
                    "target",
                    Json.createObjectBuilder()
                        .add("type", "http")
                        .add("url", url)
                        .add("method", "GET")
                        .add("headers", JsonValue.EMPTY_JSON_OBJECT)
                        .addNull("body")
                        .add("followRedirects", true)
                        .add("maxRedirects", 5)
                        .add("insecureTls", false)
                        .addNull("auth"))
                .add("conditions", Json.createArrayBuilder().add("[STATUS] < 400"))
                .add("degradedWhen", JsonValue.EMPTY_JSON_ARRAY)
                .add("interval", "1m")
                .add("timeout", "10s")
                .add("retryInterval", "1m")
                .add("failureThreshold", 3)
                .add("successThreshold", 2)
                .add("dependsOn", JsonValue.EMPTY_JSON_ARRAY)
                .add("severity", "critical")
                .build());
    assertThat(monitor.getInt("revision")).isEqualTo(1);
    assertThat(monitor.getString("managedBy")).isEqualTo("api");
    assertThat(Instant.parse(monitor.getString("createdAt"))).isBeforeOrEqualTo(Instant.now());
    assertThat(monitor.getJsonObject("state"))
        .containsKeys("state", "since", "lastSample", "confirming", "muted", "incident");
    assertThat(monitors.get("shop-front").getJsonObject("target"))
        .isEqualTo(monitor.getJsonObject("target"));
  }

  @Test
  void what_is_not_http_must_be_connected_and_a_short_interval_bounds_the_timeout() {
    JsonObject tcp =
        monitors.add(Wanted.tcp("defaults-tcp", server.port()).add("interval", "5s").build());
    JsonObject beat = monitors.add(Wanted.heartbeat("defaults-beat", "30s").build());

    assertThat(tcp.getJsonArray("conditions").getString(0)).isEqualTo("[CONNECTED] == true");
    assertThat(tcp.getString("timeout")).isEqualTo("5s");
    assertThat(tcp.getString("retryInterval")).isEqualTo("5s");
    assertThat(beat.getInt("failureThreshold")).isEqualTo(1);
    assertThat(beat.getInt("successThreshold")).isEqualTo(1);
  }

  @Test
  void a_key_that_is_taken_is_a_conflict_and_changes_nothing() {
    monitors.add(Wanted.http("taken", url()).build());

    assertProblem(
        admin.post("/api/monitors", Wanted.http("taken", url()).add("group", "new").build()), 409);

    assertThat(monitors.get("taken").get("group")).isEqualTo(JsonValue.NULL);
  }

  @Test
  void what_was_read_can_be_written_back_and_counts_as_a_revision() {
    monitors.add(
        Wanted.http("back", url())
            .add("group", "g")
            .add("tags", Json.createArrayBuilder().add("a").add("b"))
            .add("degradedWhen", Json.createArrayBuilder().add("[RESPONSE_TIME] > 300"))
            .add("dependsOn", Json.createArrayBuilder().add("nobody"))
            .build());
    JsonObject read = monitors.get("back");

    Answer written = admin.send("PUT", "/api/monitors/back", read);

    assertThat(written.status()).as(written.body()).isEqualTo(200);
    assertThat(configured(written.json())).isEqualTo(configured(read));
    assertThat(written.header("ETag")).isEqualTo("\"2\"");
    assertThat(written.json().getInt("revision")).isEqualTo(2);
    assertThat(written.json().getString("createdAt")).isEqualTo(read.getString("createdAt"));
  }

  @Test
  void what_a_put_leaves_out_has_its_default_again() {
    monitors.add(Wanted.http("put", url()).add("group", "g").add("interval", "5m").build());

    Answer replaced = admin.send("PUT", "/api/monitors/put", Wanted.http("put", url()).build());

    assertThat(replaced.json().get("group")).isEqualTo(JsonValue.NULL);
    assertThat(replaced.json().getString("interval")).isEqualTo("1m");
    assertProblem(
        admin.send("PUT", "/api/monitors/put", Wanted.http("other", url()).build()), 400, "id");
  }

  @Test
  void a_change_can_be_made_to_depend_on_the_revision() {
    monitors.add(Wanted.quick(Wanted.tcp("match", server.port())));
    monitors.awaitState("match", "UP"); // which is no revision
    String path = "/api/monitors/match";
    String patch = "{\"description\":\"changed\"}";

    assertThat(admin.get(path).header("ETag")).isEqualTo("\"1\"");
    assertProblem(admin.send("PATCH", path, MERGE_PATCH, patch, "If-Match", "\"7\""), 412);
    assertProblem(
        admin.send("PUT", path, "application/json", body("match"), "If-Match", "\"abc\""), 412);
    assertProblem(admin.bare("DELETE", path, "If-Match", "\"0\""), 412);
    assertThat(monitors.get("match").getString("description")).isEmpty();

    for (String tag : new String[] {"\"1\"", "*", "\"7\", W/\"3\""}) {
      Answer changed = admin.send("PATCH", path, MERGE_PATCH, patch, "If-Match", tag);
      assertThat(changed.status()).as(tag + changed.body()).isEqualTo(200);
    }
    assertThat(admin.get(path).header("ETag")).isEqualTo("\"4\"");
    assertProblem(admin.send("PATCH", path, MERGE_PATCH, patch, "If-Match", "4"), 400, "If-Match");
    assertThat(admin.bare("DELETE", path, "If-Match", "\"4\"").status()).isEqualTo(204);
  }

  @Test
  void a_merge_patch_changes_what_it_names_and_null_takes_away() {
    monitors.add(
        Wanted.monitor(
                "patch",
                Json.createObjectBuilder()
                    .add("type", "http")
                    .add("url", url())
                    .add("headers", Json.createObjectBuilder().add("A", "1").add("B", "2")))
            .add("group", "g")
            .add("tags", Json.createArrayBuilder().add("a").add("b"))
            .add("description", "words")
            .build());

    Answer patched =
        admin.send(
            "PATCH",
            "/api/monitors/patch",
            MERGE_PATCH,
            "{\"group\":null,\"description\":null,\"tags\":[\"c\"],"
                + "\"target\":{\"headers\":{\"A\":null,\"C\":\"3\"}}}");

    assertThat(patched.status()).as(patched.body()).isEqualTo(200);
    JsonObject monitor = patched.json();
    assertThat(monitor.get("group")).isEqualTo(JsonValue.NULL);
    assertThat(monitor.getString("description")).isEmpty();
    assertThat(monitor.getJsonArray("tags")).isEqualTo(Json.createArrayBuilder().add("c").build());
    assertThat(monitor.getJsonObject("target").getJsonObject("headers"))
        .isEqualTo(Json.createObjectBuilder().add("B", "2").add("C", "3").build());
    assertThat(monitors.get("patch").getJsonArray("tags")).isEqualTo(monitor.getJsonArray("tags"));
  }

  @Test
  void a_patch_that_leaves_no_valid_monitor_is_refused_and_changes_nothing() {
    monitors.add(Wanted.http("unpatched", url()).build());
    String path = "/api/monitors/unpatched";
    JsonObject before = monitors.get("unpatched");

    assertProblem(admin.send("PATCH", path, MERGE_PATCH, "{\"name\":null}"), 400, "name");
    assertProblem(admin.send("PATCH", path, MERGE_PATCH, "{\"colour\":1}"), 400, "colour");
    assertProblem(admin.send("PATCH", path, MERGE_PATCH, "{\"id\":\"moved\"}"), 400, "id");
    assertProblem(
        admin.send("PATCH", path, MERGE_PATCH, "{\"target\":{\"prot\":1}}"), 400, "target.prot");
    assertProblem(admin.send("PATCH", path, MERGE_PATCH, "[]"), 400);
    assertProblem(admin.send("PATCH", path, "text/plain", "{}"), 415);

    assertThat(configured(monitors.get("unpatched"))).isEqualTo(configured(before));
    assertThat(monitors.get("unpatched").getInt("revision")).isEqualTo(1);
  }

  @Test
  void a_condition_that_cannot_be_parsed_is_named_with_its_position() {
    Answer answer =
        admin.post(
            "/api/monitors",
            Wanted.http("unparsed", url())
                .add("conditions", Json.createArrayBuilder().add("[STATUS] == 200").add("[STATUS"))
                .build());

    assertProblem(answer, 400, "conditions[1]");
    assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("message"))
        .containsPattern("\\d");
    assertThat(admin.get("/api/monitors/unparsed").status()).isEqualTo(404);
  }

  @Test
  void every_fault_is_named_at_once() {
    Answer answer =
        admin.send(
            "POST",
            "/api/monitors",
            "application/json",
            "{\"id\":\"No Key\",\"interval\":\"1x\",\"failureThreshold\":21,\"colour\":\"red\","
                + "\"target\":{\"type\":\"tcp\",\"port\":70000}}");

    assertProblem(
        answer,
        400,
        "id",
        "name",
        "interval",
        "failureThreshold",
        "colour",
        "target.host",
        "target.port");
  }

  @Test
  void a_removed_monitor_is_gone() {
    monitors.add(Wanted.http("gone", url()).build());

    monitors.remove("gone");

    for (String method : new String[] {"GET", "DELETE"}) {
      assertProblem(admin.bare(method, "/api/monitors/gone"), 404);
    }
    for (String action : new String[] {"probe", "pause", "resume"}) {
      assertProblem(admin.bare("POST", "/api/monitors/gone/" + action), 404);
    }
    assertProblem(admin.send("PUT", "/api/monitors/gone", "application/json", "{"), 404);
    assertProblem(admin.send("PATCH", "/api/monitors/gone", "text/plain", "{"), 404);
    assertProblem(admin.get("/api/monitors/gone/samples"), 404);
    assertThat(admin.post("/api/monitors", Wanted.http("gone", url()).build()).status())
        .isEqualTo(201);
  }

  private static String body(String id) {
    return Wanted.http(id, url()).build().toString();
  }

  /** Without what is read-only. */
  private static JsonObject configured(JsonObject monitor) {
    return Json.createObjectBuilder(monitor)
        .remove("state")
        .remove("n")
        .remove("revision")
        .remove("managedBy")
        .remove("createdAt")
        .remove("updatedAt")
        .build();
  }
}
