package io.serversence.server;

import static io.serversence.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people ask of the clockwork: probe now, pause, resume, and try out a monitor. */
@ExtendWith(RunningServer.class)
class ProbesIT {
  private static TargetFarm farm;

  private final Api admin;
  private final Monitors monitors;

  ProbesIT(Server server) {
    this.admin = server.admin();
    this.monitors = new Monitors(admin);
  }

  @BeforeAll
  static void open() {
    farm = new TargetFarm();
  }

  @AfterAll
  static void close() {
    farm.close();
  }

  private JsonObject probe(String id) {
    Answer answer = admin.bare("POST", "/api/monitors/" + id + "/probe");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void a_probe_on_demand_answers_with_its_sample_once_it_has_run() {
    monitors.add(
        Wanted.seldom(Wanted.http("now", farm.url("/now")))
            .add("conditions", Json.createArrayBuilder().add("[BODY].ok == true"))
            .build());
    monitors.awaitState("now", "UP");

    JsonObject sample = probe("now");

    assertThat(sample.getString("outcome")).isEqualTo("UP");
    assertThat(sample.getJsonNumber("latencyMs").doubleValue()).isPositive();
    assertThat(sample.getJsonObject("phases"))
        .containsKeys("resolveMs", "connectMs", "tlsMs", "processingMs", "transferMs");
    assertThat(sample.getJsonArray("conditions").getJsonObject(0))
        .isEqualTo(
            Json.createObjectBuilder()
                .add("condition", "[BODY].ok == true")
                .add("shown", sample.getJsonArray("conditions").getJsonObject(0).getString("shown"))
                .add("ok", true)
                .build());
    Await.until(
        "the sample is in the history",
        Duration.ofSeconds(10),
        () -> monitors.samples("now").contains(sample));
    Answer explained = admin.bare("POST", "/api/monitors/now/probe?evidence=true");
    assertThat(explained.json().getJsonObject("evidence").getString("response")).contains("200");
  }

  @Test
  void a_probe_on_demand_counts_like_any_other() {
    monitors.add(
        Wanted.seldom(Wanted.http("counted", farm.url("/counted")))
            .add("failureThreshold", 3)
            .add("successThreshold", 2)
            .build());
    monitors.awaitState("counted", "UP");
    farm.fail("/counted");

    assertThat(probe("counted").getString("outcome")).isEqualTo("DOWN");
    Await.until(
        "one of three is seen",
        Duration.ofSeconds(10),
        () -> !monitors.get("counted").getJsonObject("state").isNull("confirming"));
    assertThat(monitors.get("counted").getJsonObject("state").getJsonObject("confirming"))
        .isEqualTo(
            Json.createObjectBuilder().add("outcome", "DOWN").add("seen", 1).add("of", 3).build());
    probe("counted");
    assertThat(monitors.state("counted")).isEqualTo("UP");
    probe("counted");
    monitors.awaitState("counted", "DOWN");
    farm.mend("/counted");
    probe("counted");
    probe("counted");
    monitors.awaitState("counted", "UP");
  }

  @Test
  void a_paused_monitor_is_not_probed_until_it_is_resumed() {
    monitors.add(Wanted.quick(Wanted.http("paused", farm.url("/paused"))));
    monitors.awaitState("paused", "UP");

    Answer paused = admin.bare("POST", "/api/monitors/paused/pause");

    assertThat(paused.status()).isEqualTo(200);
    assertThat(paused.json().getBoolean("enabled")).isFalse();
    assertThat(paused.header("ETag")).isEqualTo("\"2\"");
    monitors.awaitState("paused", "PAUSED");
    assertProblem(admin.bare("POST", "/api/monitors/paused/probe"), 409);
    Answer again = admin.bare("POST", "/api/monitors/paused/pause");
    assertThat(again.header("ETag")).as("nothing was changed").isEqualTo("\"2\"");

    Answer resumed = admin.bare("POST", "/api/monitors/paused/resume");

    assertThat(resumed.json().getBoolean("enabled")).isTrue();
    monitors.awaitState("paused", "UP");
  }

  @Test
  void pausing_keeps_the_incident() {
    farm.fail("/kept");
    monitors.add(Wanted.quick(Wanted.http("kept", farm.url("/kept"))));
    String incident = monitors.awaitIncident("kept");

    admin.bare("POST", "/api/monitors/kept/pause");

    monitors.awaitState("kept", "PAUSED");
    assertThat(monitors.get("kept").getJsonObject("state").getString("incident"))
        .isEqualTo(incident);
    assertThat(admin.get("/api/incidents/" + incident).json().getString("state")).isEqualTo("open");
    farm.mend("/kept");
    admin.bare("POST", "/api/monitors/kept/resume");
    monitors.awaitState("kept", "UP");
    assertThat(admin.get("/api/incidents/" + incident).json().getString("state"))
        .isEqualTo("resolved");
  }

  @Test
  void a_monitor_can_be_tried_out_without_being_stored() {
    farm.fail("/tried");
    JsonObject wanted =
        Wanted.monitor(
                "tried",
                Json.createObjectBuilder()
                    .add("type", "http")
                    .add("url", farm.url("/tried"))
                    .add("headers", Json.createObjectBuilder().add("X-Asked", "yes")))
            .build();

    Answer answer = admin.post("/api/monitors/test", wanted);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonObject sample = answer.json();
    assertThat(sample.getString("outcome")).isEqualTo("DOWN");
    JsonObject evidence = sample.getJsonObject("evidence");
    assertThat(evidence.getString("request")).contains("GET").contains("/tried");
    assertThat(evidence.getString("response")).contains("503");
    assertThat(evidence.getJsonObject("requestHeaders")).containsKey("X-Asked");
    assertThat(evidence.getString("bodyExcerpt")).isEqualTo("{\"ok\":true}");
    assertThat(evidence.getJsonArray("addresses").getString(0)).contains("127.0.0.1");
    assertThat(evidence.get("certificate")).isEqualTo(JsonValue.NULL);
    assertProblem(admin.get("/api/monitors/tried"), 404);
  }

  @Test
  void a_heartbeat_can_be_neither_probed_nor_tried_out() {
    monitors.add(Wanted.heartbeat("unprobed", "1h").build());

    assertProblem(admin.bare("POST", "/api/monitors/unprobed/probe"), 409);
    assertProblem(
        admin.post("/api/monitors/test", Wanted.heartbeat("unprobed", "1h").build()), 409);
  }

  @Test
  void a_monitor_may_be_called_test() {
    monitors.add(Wanted.seldom(Wanted.http("test", farm.url("/test"))).build());

    assertThat(monitors.get("test").getString("id")).isEqualTo("test");
    assertThat(probe("test").getString("outcome")).isEqualTo("UP");
    assertProblem(admin.send("POST", "/api/monitors/test", "application/json", "{}"), 400, "name");
    monitors.remove("test");
  }
}
