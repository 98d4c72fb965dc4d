package io.serversence.server;

import static io.serversence.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Incidents open and end by themselves; what people do about them is kept. */
@ExtendWith(PeopledServer.class)
class IncidentsIT {
  private static TargetFarm farm;

  private final People people;
  private final Api operator;
  private final Monitors monitors;

  IncidentsIT(People people) {
    this.people = people;
    this.operator = people.operator();
    this.monitors = new Monitors(people.admin());
  }

  @BeforeAll
  static void open() {
    farm = new TargetFarm();
  }

  @AfterAll
  static void close() {
    farm.close();
  }

  /** A monitor that is down; returns its incident's path. */
  private String down(String id) {
    farm.fail("/" + id);
    monitors.add(
        Wanted.quick(
            Wanted.http(id, farm.url("/" + id))
                .add("group", "group-of-" + id)
                .add("tags", Json.createArrayBuilder().add("tag-of-" + id))
                .add("severity", "warning")));
    return "/api/incidents/" + monitors.awaitIncident(id);
  }

  private void end(String id) {
    farm.mend("/" + id);
    monitors.awaitState(id, "UP");
  }

  private static List<String> types(JsonObject incident) {
    return incident.getJsonArray("timeline").getValuesAs(JsonObject.class).stream()
        .map(entry -> entry.getString("type"))
        .toList();
  }

  @Test
  void a_failing_monitor_has_an_incident_that_ends_with_it() {
    String path = down("whole");
    JsonObject open = operator.get(path).json();

    assertThat(UUID.fromString(open.getString("id")).version()).isEqualTo(7);
    assertThat(open.getString("monitor")).isEqualTo("whole");
    assertThat(open.getString("severity")).isEqualTo("warning");
    assertThat(open.getString("state")).isEqualTo("open");
    assertThat(open.getString("cause")).isNotBlank();
    assertThat(Instant.parse(open.getString("startedAt")))
        .isBeforeOrEqualTo(Instant.parse(open.getString("openedAt")));
    for (String none : new String[] {"acknowledgedAt", "acknowledgedBy", "resolvedAt", "endedAt"}) {
      assertThat(open.get(none)).as(none).isEqualTo(JsonValue.NULL);
    }
    assertThat(open.getJsonArray("suppressed")).isEmpty();
    assertThat(types(open)).containsExactly("first-failure", "opened");

    end("whole");

    JsonObject resolved = operator.get(path).json();
    assertThat(resolved.getString("state")).isEqualTo("resolved");
    assertThat(types(resolved))
        .containsExactly("first-failure", "opened", "first-success", "resolved");
    Instant ended = Instant.parse(resolved.getString("endedAt"));
    assertThat(ended).isBeforeOrEqualTo(Instant.parse(resolved.getString("resolvedAt")));
    assertThat(resolved.getJsonNumber("durationMs").longValue())
        .isEqualTo(
            Duration.between(Instant.parse(resolved.getString("startedAt")), ended).toMillis());
    assertThat(monitors.get("whole").getJsonObject("state").get("incident"))
        .isEqualTo(JsonValue.NULL);
  }

  @Test
  void operators_see_what_was_answered_and_viewers_do_not() {
    String path = down("seen");

    JsonObject full = operator.get(path).json().getJsonObject("evidence");
    assertThat(full.getString("bodyExcerpt")).isEqualTo("{\"ok\":true}");
    assertThat(full.getJsonObject("responseHeaders")).isNotEmpty();
    assertThat(people.admin().get(path).json().getJsonObject("evidence")).isEqualTo(full);
    for (Api reader : List.of(people.viewer(), people.anyone())) {
      JsonObject part = reader.get(path).json().getJsonObject("evidence");
      assertThat(part).doesNotContainKeys("bodyExcerpt", "requestHeaders", "responseHeaders");
      assertThat(part.getString("response")).contains("503");
      assertThat(part.getJsonArray("addresses")).isEqualTo(full.getJsonArray("addresses"));
      assertThat(part.getJsonObject("phases")).isEqualTo(full.getJsonObject("phases"));
    }
    end("seen");
  }

  @Test
  void an_acknowledgement_says_who_and_can_be_taken_back() {
    String path = down("taken-on");

    Answer acknowledged =
        operator.post(
            path + "/acknowledge", Json.createObjectBuilder().add("comment", "on it").build());

    assertThat(acknowledged.status()).as(acknowledged.body()).isEqualTo(200);
    JsonObject incident = acknowledged.json();
    assertThat(incident.getString("state")).isEqualTo("acknowledged");
    assertThat(incident.getString("acknowledgedBy")).isEqualTo("operator");
    assertThat(incident.getString("acknowledgedAt")).isNotBlank();
    assertThat(incident.get("acknowledgedUntil")).isEqualTo(JsonValue.NULL);
    JsonObject entry = operator.get(path).json().getJsonArray("timeline").getJsonObject(2);
    assertThat(entry.getString("type")).isEqualTo("acknowledged");
    assertThat(entry.getString("actor")).isEqualTo("operator");
    assertThat(entry.getString("text")).isEqualTo("on it");

    Answer back = operator.delete(path + "/acknowledge");

    assertThat(back.json().getString("state")).isEqualTo("open");
    assertThat(back.json().get("acknowledgedBy")).isEqualTo(JsonValue.NULL);
    assertProblem(operator.delete(path + "/acknowledge"), 409);
    end("taken-on");
    assertProblem(operator.bare("POST", path + "/acknowledge"), 409);
  }

  @Test
  void an_acknowledgement_lapses_when_its_time_is_over() {
    String path = down("for-a-while");
    Instant until = Instant.now().plusSeconds(2);

    Answer acknowledged =
        operator.post(
            path + "/acknowledge",
            Json.createObjectBuilder().add("until", until.toString()).build());

    assertThat(acknowledged.json().getString("state")).isEqualTo("acknowledged");
    Await.until(
        "the acknowledgement has lapsed",
        Duration.ofSeconds(20),
        () -> operator.get(path).json().getString("state").equals("open"));
    assertThat(Instant.now()).isAfter(until);
    assertThat(types(operator.get(path).json()))
        .containsExactly("first-failure", "opened", "acknowledged", "unacknowledged");
    assertProblem(
        operator.send(
            "POST",
            path + "/acknowledge",
            "application/json",
            "{\"until\":\"2001-01-01T00:00:00Z\"}"),
        400,
        "until");
    end("for-a-while");
  }

  @Test
  void comments_are_kept_and_may_come_late() {
    String path = down("discussed");
    String comments = path + "/comments";

    Answer first =
        operator.post(comments, Json.createObjectBuilder().add("text", "why?\nü").build());
    end("discussed");
    Answer second =
        operator.post(comments, Json.createObjectBuilder().add("text", "x".repeat(10_000)).build());

    assertThat(first.status()).as(first.body()).isEqualTo(201);
    assertThat(first.json().getString("actor")).isEqualTo("operator");
    assertThat(first.json().getString("text")).isEqualTo("why?\nü");
    assertThat(second.status()).as(second.body()).isEqualTo(201);
    assertThat(types(operator.get(path).json()))
        .containsExactly(
            "first-failure", "opened", "comment", "first-success", "resolved", "comment");
    assertProblem(operator.send("POST", comments, "application/json", "{}"), 400, "text");
    assertProblem(
        operator.send("POST", comments, "application/json", "{\"text\":\" \\n\"}"), 400, "text");
    assertProblem(
        operator.post(comments, Json.createObjectBuilder().add("text", "x".repeat(10_001)).build()),
        400,
        "text");
  }

  @Test
  void the_whole_timeline_can_be_paged() {
    String path = down("paged");
    for (int i = 0; i < 4; i++) {
      operator.post(path + "/comments", Json.createObjectBuilder().add("text", "" + i).build());
    }

    JsonObject first = operator.get(path + "/timeline?limit=3").json();
    JsonObject second =
        operator.get(path + "/timeline?limit=3&cursor=" + first.getString("next")).json();

    assertThat(first.getJsonArray("items").getValuesAs(JsonObject.class))
        .extracting(e -> e.getString("text"))
        .containsExactly("3", "2", "1");
    assertThat(second.getJsonArray("items").getValuesAs(JsonObject.class))
        .extracting(e -> e.getString("type"))
        .containsExactly("comment", "opened", "first-failure");
    assertThat(second.get("next")).isEqualTo(JsonValue.NULL);
    end("paged");
  }

  @Test
  void lists_are_newest_first_and_filtered() {
    String a = id(down("listed-a"));
    String b = id(down("listed-b"));
    String both = "/api/incidents?monitor=listed-a,listed-b";
    operator.bare("POST", "/api/incidents/" + a + "/acknowledge");

    assertThat(ids(both)).containsExactly(b, a);
    assertThat(ids(both + "&state=open")).containsExactly(b);
    assertThat(ids(both + "&state=open,acknowledged")).containsExactly(b, a);
    assertThat(ids(both + "&state=resolved")).isEmpty();
    assertThat(ids("/api/incidents?group=group-of-listed-a")).containsExactly(a);
    assertThat(ids("/api/incidents?tag=tag-of-listed-a,tag-of-listed-b")).containsExactly(b, a);
    assertThat(ids(both + "&severity=critical")).isEmpty();
    assertThat(ids(both + "&severity=warning,info")).containsExactly(b, a);
    assertThat(ids(both + "&from=2001-01-01T00:00:00Z&to=2001-01-02T00:00:00Z")).isEmpty();
    assertThat(ids(both + "&from=2001-01-01T00:00:00%2B01:00")).containsExactly(b, a);
    JsonObject first = operator.get(both + "&limit=1").json();
    assertThat(ids(both + "&limit=1&cursor=" + first.getString("next"))).containsExactly(a);
    JsonObject listed = first.getJsonArray("items").getJsonObject(0);
    assertThat(listed).doesNotContainKeys("evidence", "timeline");

    end("listed-a");
    end("listed-b");
    assertThat(ids(both + "&state=resolved")).containsExactly(b, a);
    assertProblem(operator.get("/api/incidents?state=closed"), 400, "state");
    assertProblem(operator.get("/api/incidents?from=yesterday"), 400, "from");
    assertProblem(operator.get("/api/incidents?to=2001-01-02&monitor=A"), 400, "to", "monitor");
    assertProblem(
        operator.get("/api/incidents?from=2001-01-02T00:00:00Z&to=2001-01-01T00:00:00Z"),
        400,
        "from");
  }

  @Test
  void a_list_is_searched_by_its_words() {
    String incident = id(down("searched"));

    assertThat(ids("/api/incidents?q=SEARCH")).containsExactly(incident);
    assertThat(ids("/api/incidents?q=%25&monitor=searched")).isEmpty();
    end("searched");
  }

  @Test
  void a_deleted_or_retargeted_monitor_has_its_incident_resolved_with_that_as_cause() {
    String deleted = down("deleted");
    String retargeted = down("retargeted");

    monitors.remove("deleted");
    people
        .admin()
        .patch(
            "/api/monitors/retargeted",
            Json.createObjectBuilder()
                .add("target", Json.createObjectBuilder().add("url", farm.url("/elsewhere")))
                .build());

    for (String path : new String[] {deleted, retargeted}) {
      JsonObject incident = operator.get(path).json();
      assertThat(incident.getString("state")).isEqualTo("resolved");
      List<JsonObject> timeline = incident.getJsonArray("timeline").getValuesAs(JsonObject.class);
      JsonObject last = timeline.get(timeline.size() - 1);
      assertThat(last.getString("type")).isEqualTo("resolved");
      assertThat(last.getString("text"))
          .isEqualTo(path.equals(deleted) ? "the monitor was deleted" : "the target was changed");
    }
    monitors.awaitState("retargeted", "UP");
    assertThat(ids("/api/incidents?monitor=deleted")).containsExactly(id(deleted));
  }

  @Test
  void an_incident_that_is_none_is_not_found() {
    for (String id : new String[] {"x", UUID.randomUUID().toString(), "1-1-1-1-1"}) {
      assertProblem(operator.get("/api/incidents/" + id), 404);
      assertProblem(operator.get("/api/incidents/" + id + "/timeline"), 404);
      assertProblem(operator.bare("POST", "/api/incidents/" + id + "/acknowledge"), 404);
      assertProblem(operator.delete("/api/incidents/" + id + "/acknowledge"), 404);
      assertProblem(operator.send("POST", "/api/incidents/" + id + "/comments", "x/y", ""), 404);
    }
  }

  private List<String> ids(String path) {
    Answer answer = operator.get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().getJsonArray("items").getValuesAs(JsonObject.class).stream()
        .map(i -> i.getString("id"))
        .toList();
  }

  private static String id(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
