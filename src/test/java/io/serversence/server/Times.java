package io.serversence.server;

import jakarta.json.JsonObject;
import java.time.Instant;

/** Times in documents. */
final class Times {
  private Times() {}

  static Instant at(JsonObject document) {
    return Instant.parse(document.getString("at"));
  }
}
