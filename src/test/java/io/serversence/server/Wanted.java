package io.serversence.server;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** Monitors as clients write them. */
final class Wanted {
  private Wanted() {}

  static JsonObjectBuilder http(String id, String url) {
    return monitor(id, Json.createObjectBuilder().add("type", "http").add("url", url));
  }

  static JsonObjectBuilder tcp(String id, int port) {
    return monitor(
        id,
        Json.createObjectBuilder().add("type", "tcp").add("host", "127.0.0.1").add("port", port));
  }

  static JsonObjectBuilder heartbeat(String id, String grace) {
    return monitor(id, Json.createObjectBuilder().add("type", "heartbeat").add("grace", grace));
  }

  static JsonObjectBuilder monitor(String id, JsonObjectBuilder target) {
    return Json.createObjectBuilder().add("id", id).add("name", "The " + id).add("target", target);
  }

  /** Probed every second and judged by one sample. */
  static JsonObject quick(JsonObjectBuilder monitor) {
    return monitor
        .add("interval", "1s")
        .add("failureThreshold", 1)
        .add("successThreshold", 1)
        .build();
  }

  /** Probed when asked only, as far as a test can tell. */
  static JsonObjectBuilder seldom(JsonObjectBuilder monitor) {
    return monitor.add("interval", "24h").add("timeout", "5s");
  }
}
