package io.serversence.monitor;

import io.serversence.document.Json;
import io.serversence.document.Times;
import jakarta.json.JsonObjectBuilder;

/** The written form of a monitor as it is kept: what was configured, and its read-only fields. */
public final class ConfiguredMonitorDocument {
  private ConfiguredMonitorDocument() {}

  /** Writes a monitor with secrets as {@code ***} and without its state, which may be added. */
  public static JsonObjectBuilder write(ConfiguredMonitor kept) {
    return Json.object(MonitorDocument.write(kept.monitor(), false))
        .add("n", kept.n())
        .add("revision", kept.revision())
        .add("managedBy", kept.managedByFile() ? "file" : "api")
        .add("createdAt", Times.format(kept.createdAt()))
        .add("updatedAt", Times.format(kept.updatedAt()));
  }
}
