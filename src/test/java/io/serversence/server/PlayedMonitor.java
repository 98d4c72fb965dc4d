package io.serversence.server;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;

/**
 * A monitor whose target is played by the test: a heartbeat that beats or fails when the test says
 * so, and never else.
 */
final class PlayedMonitor implements AutoCloseable {
  private final Server server;
  private final String id;
  private final String beats;

  private PlayedMonitor(Server server, JsonObject created) {
    this.server = server;
    this.id = created.getString("id");
    String path = URI.create(created.getJsonObject("target").getString("url")).getPath();
    this.beats = path.substring(path.indexOf("/api/"));
  }

  static PlayedMonitor create(Server server, String id) {
    return create(server, id, Json.createObjectBuilder());
  }

  /** With more fields, such as the group. */
  static PlayedMonitor create(Server server, String id, JsonObjectBuilder fields) {
    JsonObject body =
        fields
            .add("id", id)
            .add("name", "Played " + id)
            .add("target", Json.createObjectBuilder().add("type", "heartbeat").add("grace", "24h"))
            .add("interval", "24h")
            .build();
    Answer created = server.admin().post("/api/monitors", body);
    if (created.status() != 201) {
      throw new AssertionError(created.status() + " " + created.body());
    }
    return new PlayedMonitor(server, created.json());
  }

  String id() {
    return id;
  }

  void succeed() {
    beat("");
  }

  void fail() {
    beat("/fail");
  }

  private void beat(String how) {
    Answer answer = server.anyone().get(beats + how);
    if (answer.status() != 200) {
      throw new AssertionError(answer.status() + " " + answer.body());
    }
  }

  /** Fails, and waits for the incident; returns its id. */
  String incident() {
    fail();
    return Await.value(
        "an incident of " + id,
        StreamClient.PATIENCE,
        () ->
            server
                .admin()
                .get("/api/incidents?state=open&monitor=" + id)
                .json()
                .getJsonArray("items")
                .stream()
                .map(item -> item.asJsonObject().getString("id"))
                .findFirst());
  }

  /** Gives it another name, which is an event of its own. */
  void rename(String name) {
    Api admin = server.admin();
    Answer answer =
        admin.send(
            admin
                .request("/api/monitors/" + id)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
                .build());
    if (answer.status() != 200) {
      throw new AssertionError(answer.status() + " " + answer.body());
    }
  }

  @Override
  public void close() {
    server.admin().delete("/api/monitors/" + id);
  }
}
