package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The monitors of a server and what became of them, as one caller sees them. */
final class Monitors {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Api api;

  Monitors(Api api) {
    this.api = api;
  }

  /** Adds a monitor and returns it as it was answered. */
  JsonObject add(JsonObject wanted) {
    Answer created = api.post("/api/monitors", wanted);
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    return created.json();
  }

  JsonObject get(String id) {
    Answer answer = api.get("/api/monitors/" + id);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  void remove(String id) {
    assertThat(api.delete("/api/monitors/" + id).status()).isEqualTo(204);
  }

  String state(String id) {
    return get(id).getJsonObject("state").getString("state");
  }

  void awaitState(String id, String state) {
    Await.until(id + " is " + state, PATIENCE, () -> state(id).equals(state));
  }

  /** Waits for an unresolved incident of a monitor and returns its id. */
  String awaitIncident(String id) {
    return Await.value(
        id + " has an incident",
        PATIENCE,
        () -> {
          JsonValue incident = get(id).getJsonObject("state").get("incident");
          return incident == JsonValue.NULL
              ? Optional.empty()
              : Optional.of(get(id).getJsonObject("state").getString("incident"));
        });
  }

  List<JsonObject> incidents(String id) {
    return items("/api/incidents?limit=500&monitor=" + id);
  }

  /** The newest samples of a monitor. */
  List<JsonObject> samples(String id) {
    return items("/api/monitors/" + id + "/samples");
  }

  List<JsonObject> items(String path) {
    Answer answer = api.get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().getJsonArray("items").getValuesAs(JsonObject.class);
  }
}
