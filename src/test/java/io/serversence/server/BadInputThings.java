package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One configured thing of each kind for bad requests to be about, so that what refuses them is what
 * is wrong with them. None of them sends or mutes anything.
 */
final class BadInputThings {
  private static final Map<String, String> KEYED = new LinkedHashMap<>();

  static {
    KEYED.put(
        "/api/channels",
        """
        {"id":"fuzzed","name":"x","type":"webhook","url":"http://127.0.0.1:1/","enabled":false}""");
    KEYED.put(
        "/api/routes",
        """
        {"id":"fuzzed","name":"x","match":{"tags":["no-such"]},"channels":["fuzzed"]}""");
    KEYED.put(
        "/api/maintenance-windows",
        """
        {"id":"fuzzed","name":"x","match":{"tags":["no-such"]},
         "startsAt":"2026-01-01T00:00:00Z","duration":"1h","timezone":"UTC"}""");
    KEYED.put("/api/status-pages", "{\"id\":\"fuzzed\",\"title\":\"x\"}");
    KEYED.put(
        "/api/silences",
        """
        {"matchers":[{"name":"tag","op":"=","value":"no-such"}],
         "endsAt":"2099-01-01T00:00:00Z","comment":"x"}""");
  }

  private final Api admin;
  private final Map<String, String> ids = new LinkedHashMap<>();

  BadInputThings(Api admin) {
    this.admin = admin;
    ids.put("/api/monitors", "fuzzed-tcp");
  }

  void add() {
    KEYED.forEach(
        (path, document) -> {
          JsonReader reader = Json.createReader(new StringReader(document));
          Answer answer = admin.post(path, reader.readObject());
          assertThat(answer.status()).as(answer.body()).isEqualTo(201);
          ids.put(path, answer.json().getString("id"));
        });
  }

  /** Removes them, the last first, since a route uses a channel. */
  void remove() {
    for (String path :
        new String[] {
          "/api/silences", "/api/maintenance-windows", "/api/routes", "/api/channels"
        }) {
      assertThat(admin.delete(path + "/" + ids.get(path)).status()).isEqualTo(204);
    }
  }

  /**
   * A path of the OpenAPI document with its parameters filled in.
   *
   * @param incident the id of an incident that exists, if the path is of one
   */
  String path(String template, String incident) {
    String collection = template.replaceFirst("/\\{.*", "");
    String id = ids.getOrDefault(collection, incident);
    return template
        .replace("{id}", id)
        .replace("{name}", "admin")
        .replaceFirst("/api/config$", "/api/config?dryRun=true");
  }
}
