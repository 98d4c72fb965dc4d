package io.serversence.server;

import static io.serversence.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Status pages, badges and feeds: what anyone sees, and what nobody does. */
@ExtendWith(RunningServer.class)
class StatusPagesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Api admin;
  private final Api anyone;
  private final Monitors monitors;
  private TargetFarm farm;

  StatusPagesIT(Server server) {
    admin = server.admin();
    anyone = server.anyone();
    monitors = new Monitors(admin);
  }

  @BeforeEach
  void add() {
    farm = new TargetFarm();
    monitors.add(Wanted.quick(Wanted.http("shown", farm.url("/shown"))));
    monitors.add(Wanted.quick(Wanted.http("hidden-canary", farm.url("/hidden"))));
    monitors.awaitState("shown", "UP");
  }

  @AfterEach
  void remove() {
    admin.delete("/api/status-pages/shop");
    admin.delete("/api/maintenance-windows/page-work");
    monitors.remove("shown");
    monitors.remove("hidden-canary");
    farm.close();
  }

  private static JsonObjectBuilder page(boolean published) {
    return Json.createObjectBuilder()
        .add("id", "shop")
        .add("title", "The <b>shop</b>")
        .add("monitors", Json.createArrayBuilder().add("shown"))
        .add("published", published);
  }

  private void publish(boolean published) {
    Answer created = admin.post("/api/status-pages", page(published).build());
    assertThat(created.status()).as(created.body()).isEqualTo(201);
  }

  @Test
  void a_page_is_kept_like_everything_that_is_configured() {
    Answer created = admin.post("/api/status-pages", page(false).build());
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    assertThat(created.header("Location")).endsWith("/api/status-pages/shop");
    assertThat(created.header("ETag")).isEqualTo("\"1\"");
    assertThat(created.json().getString("managedBy")).isEqualTo("api");
    String path = "/api/status-pages/shop";
    Answer put = admin.send("PUT", path, created.json());
    assertThat(put.json().getInt("revision")).isEqualTo(2);
    JsonObject patch = Json.createObjectBuilder().add("published", true).build();
    assertThat(admin.patch(path, patch).json().getBoolean("published")).isTrue();
    assertProblem(admin.bare("DELETE", path, "If-Match", "\"1\""), 412);
    assertProblem(admin.post("/api/status-pages", page(true).build()), 409);
    assertProblem(
        admin.post("/api/status-pages", page(true).add("colour", 1).build()), 400, "colour");
    assertProblem(
        admin.post("/api/status-pages", Json.createObjectBuilder().add("id", "x").build()),
        400,
        "title");
    assertThat(admin.get("/api/status-pages").body()).contains("\"shop\"");
    assertThat(admin.delete(path).status()).isEqualTo(204);
    assertProblem(admin.get(path), 404);
  }

  private static JsonObject naming(String... keys) {
    return page(true).add("monitors", Json.createArrayBuilder(List.of(keys))).build();
  }

  @Test
  void a_page_of_a_monitor_that_is_not_there_is_refused_lest_it_look_well() {
    String path = "/api/status-pages/shop";
    assertProblem(admin.post("/api/status-pages", naming("shown", "no-such")), 400, "monitors[1]");
    assertProblem(admin.get(path), 404);
    publish(true);
    assertProblem(admin.send("PUT", path, naming("no-such", "shown")), 400, "monitors[0]");
    JsonObject patch =
        Json.createObjectBuilder()
            .add("monitors", Json.createArrayBuilder(List.of("shown", "shown", "no-such")))
            .build();
    assertProblem(admin.patch(path, patch), 400, "monitors[2]");
    assertThat(admin.get(path).json().getInt("revision")).isEqualTo(1);
    String yaml = "statusPages: [{title: T, monitors: [shown, no-such]}]";
    assertProblem(
        admin.send("POST", "/api/config?dryRun=true", "application/yaml", yaml),
        400,
        "statusPages[0].monitors[1]");
  }

  @Test
  void a_monitor_that_is_deleted_leaves_the_pages_that_name_it() {
    monitors.add(Wanted.quick(Wanted.http("leaver", farm.url("/leaver"))));
    assertThat(admin.post("/api/status-pages", naming("leaver", "shown")).status()).isEqualTo(201);
    monitors.remove("leaver");

    String path = "/api/status-pages/shop";
    JsonObject read = admin.get(path).json();
    assertThat(read.getJsonArray("monitors").toString()).isEqualTo("[\"shown\"]");
    assertThat(anyone.get("/status/shop/summary.json").body()).doesNotContain("leaver");
    JsonObject patch = Json.createObjectBuilder().add("description", "new").build();
    assertThat(admin.patch(path, patch).status()).isEqualTo(200);
    assertThat(admin.send("PUT", path, read).status()).isEqualTo(200);
    assertThat(admin.get("/api/config").body()).doesNotContain("leaver");
  }

  @Test
  void anyone_reads_a_published_page_and_nothing_of_what_is_not_on_it() {
    publish(true);
    farm.fail("/shown");
    monitors.awaitState("shown", "DOWN");
    String incident = monitors.awaitIncident("shown");

    String html =
        Await.value(
            "the page says so",
            PATIENCE,
            () ->
                Optional.of(anyone.get("/status/shop").body())
                    .filter(
                        body ->
                            body.contains("Everything is down")
                                && body.contains("Incidents under way")));

    assertThat(html)
        .contains("The &lt;b&gt;shop&lt;/b&gt;", "The shown", "90 days")
        .doesNotContain("hidden-canary", "127.0.0.1", "[STATUS]", "<b>");
    Answer page = anyone.get("/status/shop");
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.header("Content-Security-Policy"))
        .contains("script-src 'self'", "style-src 'self'")
        .doesNotContain("unsafe");
    Answer summary = anyone.get("/status/shop/summary.json");
    assertThat(summary.json().getString("state")).isEqualTo("DOWN");
    assertThat(summary.json().getJsonArray("monitors")).hasSize(1);
    assertThat(summary.body()).doesNotContain("127.0.0.1", "hidden", "[STATUS]");
    Answer feed = anyone.get("/status/shop/feed.atom");
    assertThat(feed.header("Content-Type")).startsWith("application/atom+xml");
    assertThat(feed.body()).contains(incident).doesNotContain(farm.url("/shown"), "hidden");
    assertThat(anyone.get("/status/server-sence-status.js").header("Content-Type"))
        .startsWith("text/javascript");
    assertThat(anyone.get("/js/status-page.js").status()).isEqualTo(200);
    assertThat(anyone.get("/status-page.css").status()).isEqualTo(200);
  }

  private Answer read(String path, String... headers) {
    return anyone.bare("GET", path, headers);
  }

  @Test
  void a_page_is_in_the_language_that_the_browser_asks_for() {
    publish(true);
    Answer english = read("/status/shop", "Accept-Language", "fr, en;q=0.5");
    Answer german = read("/status/shop", "Accept-Language", "de-AT, en;q=0.5");

    assertThat(english.body()).contains("<html lang=\"en\">", "Systems</h2>");
    assertThat(german.body()).contains("<html lang=\"de\">", "Systeme</h2>");
    assertThat(german.header("Content-Language")).isEqualTo("de");
    assertThat(german.header("Vary")).contains("Accept-Language");
    assertThat(german.header("Cache-Control")).startsWith("public, max-age=");
    assertThat(german.header("ETag")).isNotEqualTo(english.header("ETag"));
    Answer other =
        read("/status/shop", "Accept-Language", "de", "If-None-Match", english.header("ETag"));
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.header("Vary")).contains("Accept-Language");
    assertThat(read("/status/shop?lang=en", "Accept-Language", "de").body())
        .contains("<html lang=\"en\">");
    assertThat(anyone.get("/status/shop").body()).contains("<html lang=\"en\">");
    for (String path : List.of("", "/summary.json", "/events")) {
      assertProblem(anyone.get("/status/shop" + path + "?lang=fr"), 400);
    }
    assertThat(anyone.get("/status/shop/summary.json?lang=de").json().getString("headline"))
        .isIn("Alle Systeme sind in Betrieb", "Noch wurde nichts geprüft");
    assertThat(
            read("/status/shop/summary.json", "Accept-Language", "de").json().getString("headline"))
        .isIn("All systems are operational", "Nothing was checked yet");
  }

  @Test
  void maintenance_is_announced_and_explains_the_state() {
    publish(true);
    JsonObject window =
        Json.createObjectBuilder()
            .add("name", "Page work")
            .add("startsAt", Instant.now().minusSeconds(60).toString())
            .add("duration", "1h")
            .add(
                "match",
                Json.createObjectBuilder().add("monitor", Json.createArrayBuilder().add("shown")))
            .build();
    assertThat(admin.post("/api/maintenance-windows", window).status()).isEqualTo(201);
    Await.until(
        "the page says so",
        PATIENCE,
        () -> anyone.get("/status/shop").body().contains("Maintenance is under way"));
    assertThat(anyone.get("/status/shop").body()).contains("Page work");
  }

  @Test
  void a_page_that_is_not_published_is_there_for_viewers_only() {
    publish(false);
    for (String path : List.of("", "/summary.json", "/feed.atom")) {
      Answer refused = anyone.get("/status/shop" + path);
      assertProblem(refused, 404);
      assertThat(refused.body()).isEqualTo(anyone.get("/status/none" + path).body());
      Answer seen = admin.get("/status/shop" + path);
      assertThat(seen.status()).isEqualTo(200);
      assertThat(seen.header("Cache-Control")).startsWith("private");
    }
    assertProblem(anyone.get("/status/"), 404);
    assertProblem(anyone.get("/status/shop/more"), 404);
  }

  @Test
  void a_badge_is_public_where_its_monitor_is() {
    String badge = "/badges/shown/status.svg";
    assertProblem(anyone.get(badge), 401);
    assertProblem(anyone.get("/badges/none/status.svg"), 401);
    publish(true);
    for (String kind : List.of("status", "uptime-7d", "uptime-30d", "latency-24h")) {
      Answer answer = anyone.get("/badges/shown/" + kind + ".svg");
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(answer.header("Content-Type")).startsWith("image/svg+xml");
      assertThat(answer.header("Cache-Control")).startsWith("public, max-age=");
      assertThat(answer.body()).contains("<title>The shown: ");
      assertThat(
              anyone
                  .bare(
                      "GET",
                      "/badges/shown/" + kind + ".svg",
                      "If-None-Match",
                      answer.header("ETag"))
                  .status())
          .isIn(304, 200); // a figure may have changed
    }
    assertThat(anyone.get(badge).body()).contains("Operational");
    assertProblem(anyone.get("/badges/hidden-canary/status.svg"), 401);
    assertThat(admin.get("/badges/hidden-canary/status.svg").status()).isEqualTo(200);
    assertProblem(admin.get("/badges/none/status.svg"), 404);
    assertProblem(admin.get("/badges/shown/other.svg"), 404);
    assertProblem(admin.get("/badges/shown"), 404);
  }

  @Test
  void the_feed_of_all_incidents_is_for_viewers() {
    farm.fail("/hidden");
    String incident = monitors.awaitIncident("hidden-canary");
    assertProblem(anyone.get("/feeds/incidents.atom"), 401);
    Answer feed = admin.get("/feeds/incidents.atom");
    assertThat(feed.status()).isEqualTo(200);
    assertThat(feed.header("Content-Type")).startsWith("application/atom+xml");
    assertThat(feed.body()).contains("urn:uuid:" + incident, "hidden-canary is open");
    assertThat(
            admin
                .bare("GET", "/feeds/incidents.atom", "If-None-Match", feed.header("ETag"))
                .status())
        .isIn(304, 200);
  }
}
