package io.serversence.api;

import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.MonitorDocument;
import jakarta.json.JsonObject;

/** Merge patches of monitors, RFC 7396. */
final class MonitorPatch {
  private MonitorPatch() {}

  /**
   * The document that the patch makes of the monitor as clients see it, secrets masked: reading it
   * with the monitor as the previous one keeps those that the patch does not name.
   */
  static JsonObject apply(Monitor monitor, JsonObject patch) {
    if (Json.merge(MonitorDocument.write(monitor, false), patch) instanceof JsonObject merged) {
      return merged;
    }
    throw new InvalidDocument("", "the patch must be a JSON object");
  }
}
