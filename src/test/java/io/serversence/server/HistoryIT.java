package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a server tells of a monitor that has failed once, found by the samples it tells itself. */
@ExtendWith(RunningServer.class)
class HistoryIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private static TargetFarm farm;
  private static Api admin;
  private static Instant start;

  @BeforeAll
  static void anIncident(Server server) {
    farm = new TargetFarm();
    admin = server.admin();
    start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    add("history-shop", "=a,\"b\"", "/history-shop");
    add("history-steady", "Steady", "/history-steady");
    await("UP");
    farm.fail("/history-shop");
    await("DOWN");
    farm.mend("/history-shop");
    await("UP");
  }

  private static void add(String id, String name, String path) {
    JsonObjectBuilder body =
        Json.createObjectBuilder()
            .add("id", id)
            .add("name", name)
            .add("group", "history")
            .add("tags", Json.createArrayBuilder().add(id + "-tag"))
            .add(
                "target", Json.createObjectBuilder().add("type", "http").add("url", farm.url(path)))
            .add("interval", "1s")
            .add("failureThreshold", 2)
            .add("successThreshold", 2);
    Answer created = admin.post("/api/monitors", body.build());
    assertThat(created.status()).as(created.body()).isEqualTo(201);
  }

  private static void await(String state) {
    Await.until(
        "the shop is " + state,
        SOON,
        () ->
            admin
                .get("/api/monitors/history-shop")
                .json()
                .getJsonObject("state")
                .getString("state")
                .equals(state));
  }

  @AfterAll
  static void clear() {
    admin.delete("/api/monitors/history-shop");
    admin.delete("/api/monitors/history-steady");
    farm.close();
  }

  private static String window(Instant to) {
    return "from=" + start + "&to=" + to;
  }

  private static Answer rows(String path, String type) {
    Answer answer = admin.send(admin.request(path).header("Accept", type).build());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  @Test
  void downtime_is_that_of_the_incident_and_the_window_adds_up() {
    JsonObject incident =
        admin
            .get("/api/incidents?monitor=history-shop")
            .json()
            .getJsonArray("items")
            .getJsonObject(0);
    Instant to = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    JsonObject found = admin.get("/api/monitors/history-shop/availability?" + window(to)).json();

    assertThat(found.keySet())
        .containsExactlyInAnyOrder(
            "availability",
            "coverage",
            "downtimeMs",
            "maintenanceMs",
            "unknownMs",
            "incidents",
            "mttaMs",
            "mttrMs",
            "mtbfMs",
            "longestMs");
    long window = Duration.between(start, to).toMillis();
    long down = number(found, "downtimeMs");
    long unknown = number(found, "unknownMs");
    assertThat(down).isPositive().isCloseTo(number(incident, "durationMs"), within(2L));
    assertThat(number(found, "incidents")).isEqualTo(1);
    assertThat(number(found, "longestMs")).isEqualTo(down);
    assertThat(number(found, "maintenanceMs")).isZero();
    assertThat(share(found, "availability"))
        .isCloseTo(1 - down / (double) (window - unknown), within(1e-3));
    assertThat(share(found, "coverage")).isCloseTo(1 - unknown / (double) window, within(1e-3));
  }

  @Test
  void a_history_counts_the_samples_and_has_nulls_where_there_is_none() {
    JsonObject found =
        admin
            .get(
                "/api/monitors/history-shop/history?step=1m&from="
                    + start.minusSeconds(600)
                    + "&to="
                    + start.plusSeconds(120))
            .json();

    assertThat(found.getString("step")).isEqualTo("1m");
    List<JsonObject> points = found.getJsonArray("points").getValuesAs(JsonObject.class);
    assertThat(points).hasSizeBetween(12, 13);
    JsonObject empty = points.get(0);
    assertThat(number(empty, "samples")).isZero();
    assertThat(empty.entrySet())
        .filteredOn(e -> !e.getKey().equals("at") && !e.getKey().equals("samples"))
        .hasSize(10)
        .allMatch(e -> e.getValue() == JsonValue.NULL);
    assertThat(points.stream().mapToLong(p -> p.getInt("down", 0)).sum()).isGreaterThanOrEqualTo(2);
    assertThat(points)
        .filteredOn(p -> p.getInt("samples") > 0)
        .allMatch(p -> share(p, "p50Ms") <= share(p, "p99Ms"))
        .allMatch(p -> share(p, "minMs") <= share(p, "maxMs"));
  }

  @Test
  void a_day_begins_where_the_time_zone_says() {
    JsonObject found =
        admin
            .get(
                "/api/monitors/history-shop/history?step=1d&tz=Europe/Berlin"
                    + "&from=2026-03-28T12:00:00Z&to=2026-03-30T12:00:00Z")
            .json();
    assertThat(found.getJsonArray("points").getValuesAs(JsonObject.class))
        .extracting(p -> p.getString("at"))
        .containsExactly(
            "2026-03-27T23:00:00.000Z", "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z");
  }

  @Test
  void what_cannot_be_answered_is_refused_by_the_field() {
    assertRefused("/api/monitors/history-shop/history?step=1m&from=2026-01-01T00:00:00Z", "step");
    assertRefused(
        "/api/monitors/history-shop/history?step=5m&from=2026-01-01T00:00:00Z"
            + "&to=2026-01-02T00:00:00Z",
        "step"); // forgotten long ago
    assertRefused("/api/monitors/history-shop/history?step=2m", "step");
    assertRefused("/api/monitors/history-shop/history?step=1m,5m", "step");
    assertRefused("/api/monitors/history-shop/history?tz=Mars/Olympus", "tz");
    assertRefused("/api/monitors/history-shop/availability?step=1m", "step");
    assertRefused("/api/reports/availability?from=yesterday", "from");
    assertThat(admin.get("/api/monitors/nobody/history").status()).isEqualTo(404);
    assertThat(admin.get("/api/monitors/nobody/availability").status()).isEqualTo(404);
  }

  private static void assertRefused(String path, String field) {
    Answer answer = admin.get(path);
    assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(400);
    assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
        .as(path)
        .isEqualTo(field);
  }

  @Test
  void who_has_the_answer_already_is_told_so() {
    String path = "/api/monitors/history-steady/availability?" + window(start.plusSeconds(1));
    String tag = admin.get(path).header("ETag");
    Answer again = admin.send(admin.request(path).header("If-None-Match", tag).build());
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void a_report_tells_many_monitors_and_is_narrowed_by_group_and_tag() {
    JsonObject report = admin.get("/api/reports/availability?group=history").json();
    assertThat(report.getJsonArray("items").getValuesAs(JsonObject.class))
        .extracting(row -> row.getString("monitor"))
        .containsExactly("history-shop", "history-steady");
    assertThat(
            admin
                .get("/api/reports/availability?tag=history-steady-tag")
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class))
        .singleElement()
        .satisfies(row -> assertThat(share(row, "availability")).isEqualTo(1));
  }

  @Test
  void a_report_adds_up_the_monitors_of_a_group_and_of_a_tag() {
    String window = "?" + window(Instant.now().truncatedTo(ChronoUnit.MILLIS)) + "&group=history";
    List<JsonObject> each =
        admin
            .get("/api/reports/availability" + window)
            .json()
            .getJsonArray("items")
            .getValuesAs(JsonObject.class);
    JsonObject group =
        admin
            .get("/api/reports/availability/groups" + window)
            .json()
            .getJsonArray("items")
            .getJsonObject(0);
    assertThat(group.getString("group")).isEqualTo("history");
    assertThat(number(group, "monitors")).isEqualTo(2);
    assertThat(number(group, "incidents")).isEqualTo(1);
    assertThat(number(group, "downtimeMs"))
        .isEqualTo(each.stream().mapToLong(row -> number(row, "downtimeMs")).sum());
    assertThat(number(group, "mttrMs")).isEqualTo(number(each.get(0), "mttrMs"));
    List<JsonObject> tags =
        admin
            .get("/api/reports/availability/tags" + window)
            .json()
            .getJsonArray("items")
            .getValuesAs(JsonObject.class);
    assertThat(tags)
        .extracting(row -> row.getString("tag"))
        .containsExactly("history-shop-tag", "history-steady-tag");
    assertThat(tags.get(0).get("availability")).isEqualTo(each.get(0).get("availability"));
    assertThat(rows("/api/reports/availability/tags" + window, "text/csv").body().lines())
        .hasSize(3)
        .first()
        .isEqualTo(
            "tag,monitors,availability,coverage,downtimeMs,maintenanceMs,unknownMs,incidents,"
                + "mttaMs,mttrMs,mtbfMs,longestMs");
  }

  @Test
  void a_heat_map_counts_the_samples_by_how_long_they_took() {
    String query = "?step=1m&from=" + start.minusSeconds(120) + "&to=" + start.plusSeconds(120);
    JsonObject found = admin.get("/api/monitors/history-steady/latencies" + query).json();
    assertThat(found.getString("step")).isEqualTo("1m");
    int bands = found.getJsonArray("bandsMs").size();
    assertThat(found.getJsonArray("bandsMs").getInt(0)).isZero();
    List<JsonObject> points = found.getJsonArray("points").getValuesAs(JsonObject.class);
    assertThat(points.get(0).get("counts")).isEqualTo(JsonValue.NULL);
    assertThat(points)
        .filteredOn(p -> p.getInt("samples") > 0)
        .isNotEmpty()
        .allSatisfy(
            p -> {
              assertThat(p.getJsonArray("counts")).hasSize(bands);
              assertThat(
                      p.getJsonArray("counts").stream()
                          .mapToInt(c -> ((jakarta.json.JsonNumber) c).intValue())
                          .sum())
                  .isEqualTo(p.getInt("samples"));
            });
    assertRefused("/api/monitors/history-steady/latencies?step=2m", "step");
    assertThat(admin.get("/api/monitors/nobody/latencies").status()).isEqualTo(404);
  }

  @Test
  void a_report_can_be_had_as_csv_that_no_spreadsheet_takes_for_a_formula() {
    Answer csv = rows("/api/reports/availability?group=history", "text/csv");
    assertThat(csv.header("Content-Type")).startsWith("text/csv");
    assertThat(csv.header("ETag")).isEmpty();
    List<String> lines = List.of(csv.body().split("\r\n", -1));
    assertThat(lines.get(0)).startsWith("monitor,name,group,tags,availability,coverage,");
    assertThat(lines.get(1)).startsWith("history-shop,\"'=a,\"\"b\"\"\",history,");
    assertThat(lines).hasSize(4);
  }

  @Test
  void incidents_and_samples_can_be_had_line_by_line() {
    Answer incidents = rows("/api/incidents?monitor=history-shop", "application/x-ndjson");
    assertThat(incidents.header("Content-Type")).startsWith("application/x-ndjson");
    assertThat(incidents.body().lines()).hasSize(1).allMatch(l -> l.startsWith("{\"id\":"));
    assertThat(rows("/api/incidents?monitor=history-shop", "text/csv").body().lines()).hasSize(2);

    String path = "/api/monitors/history-steady/samples";
    String to = "?to=" + Instant.now().minusSeconds(1);
    int listed = admin.get(path + to + "&limit=500").json().getJsonArray("items").size();
    assertThat(rows(path + to, "application/x-ndjson").body().lines()).hasSize(listed);
    assertThat(rows(path + to, "text/csv").body().lines()).hasSize(listed + 1);
    assertThat(rows(path + to + "&limit=2", "text/csv").body().lines()).hasSize(3);
    assertThat(rows(path + to + "&limit=2", "*/*").header("Content-Type"))
        .startsWith("application/json");
  }

  @Test
  void paused_time_is_unobserved() {
    assertThat(
            admin
                .post("/api/monitors/history-steady/pause", Json.createObjectBuilder().build())
                .status())
        .isEqualTo(200);
    Instant paused = Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.MILLIS);
    Await.until("a second has gone by", SOON, () -> Instant.now().isAfter(paused.plusMillis(50)));

    JsonObject found =
        admin
            .get(
                "/api/monitors/history-steady/availability?from="
                    + paused.minusMillis(500)
                    + "&to="
                    + paused)
            .json();

    admin.post("/api/monitors/history-steady/resume", Json.createObjectBuilder().build());
    assertThat(number(found, "unknownMs")).isEqualTo(500);
    assertThat(found.get("availability")).isEqualTo(JsonValue.NULL);
  }

  @Test
  void the_description_of_the_api_knows_them() {
    JsonObject paths = admin.get("/api/openapi.json").json().getJsonObject("paths");
    assertThat(paths)
        .containsKeys(
            "/api/monitors/{id}/history",
            "/api/monitors/{id}/availability",
            "/api/reports/availability");
    assertThat(
            paths
                .getJsonObject("/api/incidents")
                .getJsonObject("get")
                .getJsonObject("responses")
                .getJsonObject("200")
                .getJsonObject("content"))
        .containsKeys("application/json", "text/csv", "application/x-ndjson");
  }

  private static long number(JsonObject document, String name) {
    return document.getJsonNumber(name).longValueExact();
  }

  private static double share(JsonObject document, String name) {
    return document.getJsonNumber(name).doubleValue();
  }
}
