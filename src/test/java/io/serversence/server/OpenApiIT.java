package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The description of the API is valid, whole, and true. */
@ExtendWith(RunningServer.class)
class OpenApiIT {
  /** All operations of the contract, with the role that each needs. */
  private static final Set<String> CONTRACT =
      Set.of(
          "get /api/monitors viewer",
          "post /api/monitors admin",
          "get /api/monitors/{id} viewer",
          "put /api/monitors/{id} admin",
          "patch /api/monitors/{id} admin",
          "delete /api/monitors/{id} admin",
          "post /api/monitors/{id}/probe operator",
          "post /api/monitors/{id}/pause operator",
          "post /api/monitors/{id}/resume operator",
          "post /api/monitors/test operator",
          "post /api/monitors/{id}/recipients operator",
          "get /api/monitors/{id}/samples viewer",
          "get /api/incidents viewer",
          "get /api/incidents/{id} viewer",
          "get /api/incidents/{id}/timeline viewer",
          "post /api/incidents/{id}/acknowledge operator",
          "delete /api/incidents/{id}/acknowledge operator",
          "post /api/incidents/{id}/comments operator",
          "get /api/heartbeats/{token} public",
          "post /api/heartbeats/{token} public",
          "get /api/heartbeats/{token}/start public",
          "post /api/heartbeats/{token}/start public",
          "get /api/heartbeats/{token}/fail public",
          "post /api/heartbeats/{token}/fail public",
          "get /api/status viewer",
          "get /api/events viewer",
          "post /api/session public",
          "get /api/sign-in public",
          "get /api/session viewer",
          "delete /api/session viewer",
          "put /api/session/password viewer",
          "get /api/tokens admin",
          "post /api/tokens admin",
          "delete /api/tokens/{id} admin",
          "get /api/users admin",
          "post /api/users admin",
          "get /api/users/{name} admin",
          "patch /api/users/{name} admin",
          "delete /api/users/{name} admin",
          "get /api/audit admin",
          "get /api/monitors/{id}/history viewer",
          "get /api/monitors/{id}/latencies viewer",
          "get /api/reports/availability/groups viewer",
          "get /api/reports/availability/tags viewer",
          "get /api/monitors/{id}/availability viewer",
          "get /api/reports/availability viewer",
          "get /api/channels viewer",
          "delete /api/routes/{id} admin",
          "get /api/notifications viewer",
          "get /api/routes viewer",
          "get /api/routes/{id} viewer",
          "patch /api/routes/{id} admin",
          "post /api/notifications/{id}/resend operator",
          "post /api/routes admin",
          "put /api/routes/{id} admin",
          "post /api/channels admin",
          "get /api/channels/{id} viewer",
          "put /api/channels/{id} admin",
          "patch /api/channels/{id} admin",
          "delete /api/channels/{id} admin",
          "post /api/channels/{id}/test admin",
          "post /api/channels/{id}/preview operator",
          "get /api/silences viewer",
          "post /api/silences operator",
          "get /api/silences/{id} viewer",
          "put /api/silences/{id} operator",
          "patch /api/silences/{id} operator",
          "delete /api/silences/{id} operator",
          "get /api/maintenance-windows viewer",
          "post /api/maintenance-windows admin",
          "get /api/maintenance-windows/{id} viewer",
          "get /api/maintenance-windows/{id}/occurrences viewer",
          "put /api/maintenance-windows/{id} admin",
          "patch /api/maintenance-windows/{id} admin",
          "delete /api/maintenance-windows/{id} admin",
          "get /api/config admin",
          "post /api/config admin",
          "get /api/status-pages viewer",
          "post /api/status-pages admin",
          "get /api/status-pages/{id} viewer",
          "put /api/status-pages/{id} admin",
          "patch /api/status-pages/{id} admin",
          "delete /api/status-pages/{id} admin",
          "get /api/openapi.json viewer",
          "get /badges/{monitor}/{badge} viewer",
          "get /feeds/incidents.atom viewer",
          "get /status/{page} public",
          "get /status/{page}/events public",
          "get /status/{page}/feed.atom public",
          "get /status/{page}/summary.json public",
          "get /metrics viewer",
          "get /health/live public",
          "get /health/ready public");

  private final Api admin;
  private final JsonObject document;

  OpenApiIT(Server server) {
    admin = server.admin();
    document = admin.get("/api/openapi.json").json();
  }

  private record Found(String method, String path, JsonObject operation) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private List<Found> operations() {
    List<Found> found = new ArrayList<>();
    document
        .getJsonObject("paths")
        .forEach(
            (path, item) ->
                item.asJsonObject()
                    .forEach(
                        (method, operation) ->
                            found.add(new Found(method, path, operation.asJsonObject()))));
    return found;
  }

  @Test
  void it_names_every_operation_of_the_contract_with_its_role_and_no_other() {
    Set<String> named = new TreeSet<>();
    for (Found found : operations()) {
      named.add(found + " " + found.operation().getString("x-role", "public"));
    }

    assertThat(named).isEqualTo(new TreeSet<>(CONTRACT));
  }

  @Test
  void it_has_what_openapi_demands() {
    assertThat(document.getString("openapi")).startsWith("3.");
    assertThat(document.getJsonObject("info").getString("title")).isNotBlank();
    assertThat(document.getJsonObject("info").getString("version")).isNotBlank();
    Set<String> ids = new HashSet<>();
    for (Found found : operations()) {
      JsonObject operation = found.operation();
      assertThat(operation.getString("summary")).as(found.toString()).isNotBlank();
      if (operation.containsKey("operationId")) {
        assertThat(ids.add(operation.getString("operationId"))).as(found.toString()).isTrue();
      }
      assertThat(operation.getJsonObject("responses")).as(found.toString()).isNotEmpty();
      operation
          .getJsonObject("responses")
          .forEach(
              (status, response) -> {
                assertThat(status).matches("[1-5][0-9]{2}|default");
                assertThat(response.asJsonObject().getString("description")).isNotBlank();
              });
    }
  }

  @Test
  void the_parameters_of_a_path_are_those_of_its_template() {
    for (Found found : operations()) {
      Set<String> template = new TreeSet<>();
      Matcher matcher = Pattern.compile("\\{([^}]+)}").matcher(found.path());
      while (matcher.find()) {
        template.add(matcher.group(1));
      }
      Set<String> inPath = new TreeSet<>();
      Set<String> all = new HashSet<>();
      JsonArray parameters = found.operation().getJsonArray("parameters");
      for (JsonObject p :
          parameters == null ? List.<JsonObject>of() : parameters.getValuesAs(JsonObject.class)) {
        assertThat(all.add(p.getString("in") + " " + p.getString("name"))).isTrue();
        assertThat(p.getJsonObject("schema")).as(found + " " + p).isNotEmpty();
        if (p.getString("in").equals("path")) {
          assertThat(p.getBoolean("required")).isTrue();
          inPath.add(p.getString("name"));
        }
      }
      assertThat(inPath).as(found.toString()).isEqualTo(template);
    }
  }

  @Test
  void every_reference_leads_somewhere_and_every_schema_is_used() {
    Set<String> used = new HashSet<>();
    collect(document, used);

    for (String reference : used) {
      assertThat(reference).startsWith("#/");
      assertThat(document.getValue(reference.substring(1))).as(reference).isNotNull();
    }
    assertThat(document.getJsonObject("components").getJsonObject("schemas").keySet())
        .allSatisfy(name -> assertThat(used).contains("#/components/schemas/" + name));
  }

  private static void collect(JsonValue value, Set<String> references) {
    if (value instanceof JsonObject object) {
      object.forEach(
          (name, inner) -> {
            if (name.equals("$ref") && inner instanceof JsonString text) {
              references.add(text.getString());
            } else if (name.equals("mapping") && inner instanceof JsonObject mapping) {
              mapping.values().forEach(v -> references.add(((JsonString) v).getString()));
            }
            collect(inner, references);
          });
    } else if (value instanceof JsonArray array) {
      array.forEach(inner -> collect(inner, references));
    }
  }

  @Test
  void every_operation_is_there() {
    for (Found found : operations()) {
      String path = found.path().replaceAll("\\{\\w+\\}", "none");
      Answer answer =
          path.equals("/api/events") || path.equals("/api/session")
              ? admin.begin(path)
              : admin.bare(found.method().toUpperCase(Locale.ROOT), path);

      boolean template = found.path().contains("{");
      assertThat(answer.status())
          .as(found + ": " + answer.body())
          .isIn(template ? List.of(200, 404) : List.of(200, 415));
      if (answer.status() == 404) {
        assertThat(answer.json().getString("detail"))
            .as("not known is the thing, not the path")
            .doesNotContain("path");
      }
    }
  }

  @Test
  void a_monitor_is_answered_in_the_form_that_is_described() {
    JsonObject monitor = new Monitors(admin).add(Wanted.heartbeat("described", "1h").build());
    JsonObject schema =
        document.getJsonObject("components").getJsonObject("schemas").getJsonObject("Monitor");

    assertThat(schema.getJsonObject("properties").keySet()).isEqualTo(monitor.keySet());
  }
}
