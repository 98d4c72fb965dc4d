package io.serversence.server;

import static io.serversence.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may do what; every operation of the contract, by its role. */
@ExtendWith(PeopledServer.class)
@ExtendWith(RunningServer.class)
class RolesIT {
  private static final String NONE = "0190a3a0-0000-7000-8000-000000000000";
  private static final List<String> VIEWERS =
      List.of(
          "GET /api/monitors",
          "GET /api/monitors/none",
          "GET /api/monitors/none/samples",
          "GET /api/incidents",
          "GET /api/incidents/" + NONE,
          "GET /api/incidents/" + NONE + "/timeline",
          "GET /api/status",
          "GET /api/openapi.json",
          "GET /api/events",
          "GET /metrics");
  private static final List<String> OPERATORS =
      List.of(
          "POST /api/monitors/none/probe",
          "POST /api/monitors/none/pause",
          "POST /api/monitors/none/resume",
          "POST /api/monitors/test",
          "POST /api/incidents/" + NONE + "/acknowledge",
          "DELETE /api/incidents/" + NONE + "/acknowledge",
          "POST /api/incidents/" + NONE + "/comments");
  private static final List<String> ADMINS =
      List.of(
          "POST /api/monitors",
          "PUT /api/monitors/none",
          "PATCH /api/monitors/none",
          "DELETE /api/monitors/none");
  private static final Map<String, List<String>> BY_ROLE =
      Map.of("viewer", VIEWERS, "operator", OPERATORS, "admin", ADMINS);

  private final Server closed;
  private final People people;

  RolesIT(Server closed, People people) {
    this.closed = closed;
    this.people = people;
  }

  /** The status of an answer's beginning; the stream has no end. */
  private static Answer ask(Api api, String operation) {
    String[] words = operation.split(" ", -1);
    return words[1].equals("/api/events") ? api.begin(words[1]) : api.bare(words[0], words[1]);
  }

  @TestFactory
  List<DynamicTest> nobody_may_anything_where_nobody_may_read() {
    return BY_ROLE.values().stream()
        .flatMap(List::stream)
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation, () -> assertProblem(ask(closed.anyone(), operation), 401)))
        .toList();
  }

  @TestFactory
  List<DynamicTest> each_role_may_what_those_before_it_may_and_no_more() {
    List<String> roles = List.of("viewer", "operator", "admin");
    return BY_ROLE.entrySet().stream()
        .flatMap(
            needed ->
                needed.getValue().stream()
                    .map(
                        operation ->
                            DynamicTest.dynamicTest(
                                operation,
                                () -> {
                                  int least = roles.indexOf(needed.getKey());
                                  Api[] callers = {
                                    people.viewer(), people.operator(), people.admin()
                                  };
                                  for (int i = 0; i < callers.length; i++) {
                                    int status = ask(callers[i], operation).status();
                                    if (i < least) {
                                      assertThat(status).as(roles.get(i)).isEqualTo(403);
                                    } else {
                                      assertThat(status).as(roles.get(i)).isIn(200, 404, 415);
                                    }
                                  }
                                  assertThat(ask(people.anyone(), operation).status())
                                      .as("anyone, where anyone may read")
                                      .isIn(least == 0 ? List.of(200, 404) : List.of(401));
                                })))
        .toList();
  }

  @Test
  void what_is_public_needs_no_credentials() {
    for (String path : List.of("/", "/app.css", "/health/live", "/health/ready")) {
      assertThat(closed.anyone().get(path).status()).as(path).isEqualTo(200);
    }
    assertProblem(closed.anyone().get("/api/heartbeats/none"), 404);
  }

  @Test
  void wrong_credentials_are_not_taken_for_none() {
    assertProblem(new Api(people.server(), "admin", "wrong").get("/api/status"), 401);
  }

  @Test
  void without_credentials_nobody_learns_what_exists() {
    assertProblem(closed.anyone().get("/api/nothing"), 401);
    assertProblem(closed.anyone().get("/api/monitors/none"), 401);
    assertProblem(closed.anyone().bare("DELETE", "/api/status"), 401);
  }

  @Test
  void an_address_to_report_to_is_shown_to_operators_only() {
    String path = "/api/monitors/beats-of-the-file";
    for (Api reader : List.of(people.viewer(), people.anyone())) {
      assertThat(reader.get(path).json().getJsonObject("target"))
          .doesNotContainKeys("url", "token");
      assertThat(reader.get("/api/monitors").body()).doesNotContain("/api/heartbeats/");
    }
    for (Api writer : List.of(people.operator(), people.admin())) {
      assertThat(writer.get(path).json().getJsonObject("target").getString("url"))
          .startsWith(People.ADDRESS + "/api/heartbeats/");
      assertThat(writer.get("/api/monitors").body()).contains("/api/heartbeats/");
    }
  }

  @Test
  void the_address_of_a_channel_is_whole_for_admins_only() {
    String path = "/api/channels/hook-of-roles";
    JsonObject hook =
        Json.createObjectBuilder()
            .add("id", "hook-of-roles")
            .add("name", "Hook")
            .add("type", "webhook")
            .add("url", "http://hooks.example:81/canary-path?token=canary-query")
            .build();
    assertThat(people.admin().post("/api/channels", hook).status()).isEqualTo(201);
    try {
      for (Api reader : List.of(people.anyone(), people.viewer(), people.operator())) {
        JsonObject read = reader.get(path).json();
        assertThat(read.getString("url")).isEqualTo("http://hooks.example:81/***");
        assertThat(reader.get("/api/channels").body()).contains("81/***").doesNotContain("canary");
        assertThat(people.admin().send("PUT", path, read).status()).isEqualTo(200);
      }
      JsonObject patch = Json.createObjectBuilder().add("name", "The hook").build();
      assertThat(people.admin().patch(path, patch).json().getString("name")).isEqualTo("The hook");
      assertThat(people.admin().get(path).json().getString("url"))
          .as("the mask keeps what is stored")
          .isEqualTo(hook.getString("url"));
      assertThat(people.admin().get("/api/config").body()).contains("canary-path?token=");
    } finally {
      people.admin().delete(path);
    }
    JsonObject masked =
        Json.createObjectBuilder(hook).add("url", "http://hooks.example:81/***").build();
    assertProblem(people.admin().post("/api/channels", masked), 400, "url");
  }
}
