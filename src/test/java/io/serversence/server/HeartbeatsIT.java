package io.serversence.server;

import static io.serversence.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs report to their monitor's address, and are missed when they do not. */
@ExtendWith(RunningServer.class)
class HeartbeatsIT {
  private final Server server;
  private final Api admin;
  private final Api job;
  private final Monitors monitors;

  HeartbeatsIT(Server server) {
    this.server = server;
    this.admin = server.admin();
    this.job = server.anyone();
    this.monitors = new Monitors(admin);
  }

  /** Adds a heartbeat and returns the path to report to. */
  private String added(String id) {
    String url =
        monitors.add(Wanted.heartbeat(id, "1h").build()).getJsonObject("target").getString("url");
    return path(url);
  }

  private String path(String url) {
    assertThat(url).startsWith(server.base() + "api/heartbeats/");
    return url.substring(server.base().toString().length() - 1);
  }

  private JsonObject newest(String id) {
    Await.until(
        id + " has a sample", Duration.ofSeconds(10), () -> !monitors.samples(id).isEmpty());
    return monitors.samples(id).get(0);
  }

  @Test
  void a_beat_is_a_sample_by_any_method_and_needs_no_credentials() {
    for (String method : new String[] {"GET", "HEAD", "POST"}) {
      String id = "by-" + method.toLowerCase(Locale.ROOT);
      String path = added(id);

      assertThat(job.bare(method, path).status()).as(method).isEqualTo(200);

      monitors.awaitState(id, "UP");
      assertThat(newest(id).getString("outcome")).isEqualTo("UP");
    }
  }

  @Test
  void what_a_job_says_is_kept_as_its_message() {
    String path = added("says");

    assertThat(job.send("POST", path, "text/plain", "12 rows\nüber alles").status()).isEqualTo(200);

    assertThat(newest("says").getString("message")).isEqualTo("12 rows\nüber alles");
  }

  @Test
  void of_a_longer_message_the_first_10_000_bytes_are_kept() {
    String path = added("says-much");

    assertThat(job.send("POST", path, "x/y", "ab" + "ü".repeat(20_000)).status()).isEqualTo(200);

    assertThat(newest("says-much").getString("message")).isEqualTo("ab" + "ü".repeat(4_999));
    assertProblem(job.send("POST", path, "x/y", "a".repeat(1024 * 1024 + 1)), 413);
  }

  @Test
  void a_start_tells_how_long_the_work_took() {
    String path = added("starts");

    assertThat(job.bare("POST", path + "/start").status()).isEqualTo(200);
    assertThat(monitors.state("starts")).as("a start is no judgement").isEqualTo("PENDING");
    assertThat(job.bare("GET", path).status()).isEqualTo(200);

    assertThat(newest("starts").getJsonNumber("latencyMs").doubleValue()).isPositive();
  }

  @Test
  void a_failure_opens_an_incident_and_the_next_success_ends_it() {
    String path = added("fails");
    job.bare("GET", path);
    monitors.awaitState("fails", "UP");

    assertThat(job.send("POST", path + "/fail", "text/plain", "disk full").status()).isEqualTo(200);

    String incident = monitors.awaitIncident("fails");
    monitors.awaitState("fails", "DOWN");
    assertThat(admin.get("/api/incidents/" + incident).json().getString("cause"))
        .isEqualTo("disk full");
    job.bare("HEAD", path);
    monitors.awaitState("fails", "UP");
    assertThat(admin.get("/api/incidents/" + incident).json().getString("state"))
        .isEqualTo("resolved");
  }

  @Test
  void one_that_does_not_come_within_interval_and_grace_is_down() {
    String url =
        monitors
            .add(Wanted.heartbeat("missed", "500ms").add("interval", "1s").build())
            .getJsonObject("target")
            .getString("url");
    job.bare("GET", path(url));
    monitors.awaitState("missed", "UP");

    monitors.awaitState("missed", "DOWN");

    assertThat(newest("missed").getString("message")).startsWith("no beat for ");
    job.bare("GET", path(url));
    monitors.awaitState("missed", "UP");
    monitors.remove("missed");
  }

  @Test
  void a_change_of_the_monitor_keeps_its_address() {
    String path = added("stays");
    JsonObject read = monitors.get("stays");

    admin.send("PUT", "/api/monitors/stays", read);
    admin.patch(
        "/api/monitors/stays",
        Json.createObjectBuilder()
            .add("target", Json.createObjectBuilder().add("grace", "2h"))
            .build());

    assertThat(path(monitors.get("stays").getJsonObject("target").getString("url")))
        .isEqualTo(path);
    assertThat(job.bare("GET", path).status()).isEqualTo(200);
  }

  @Test
  void nobody_listens_at_another_address() {
    String path = added("removed");
    monitors.remove("removed");

    for (String method : new String[] {"GET", "POST"}) {
      assertProblem(job.bare(method, path), 404);
      assertProblem(job.bare(method, "/api/heartbeats/none/fail"), 404);
    }
    assertThat(job.bare("HEAD", path).status()).isEqualTo(404);
    assertProblem(admin.get("/api/heartbeats/none/stop"), 404);
  }
}
