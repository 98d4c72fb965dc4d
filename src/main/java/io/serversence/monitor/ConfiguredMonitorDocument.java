package io.serversence.monitor;

import io.serversence.document.Json;
import io.serversence.document.Times;
import jakarta.json.JsonObjectBuilder;

/** The written form of a monitor as it is kept, without its secrets and its live state. */
public final class ConfiguredMonitorDocument {
  private ConfiguredMonitorDocument() {}

  public static JsonObjectBuilder write(ConfiguredMonitor configured) {
    return Json.object(MonitorDocument.write(configured.monitor(), false))
        .add("n", configured.n())
        .add("revision", configured.revision())
        .add("managedBy", configured.managedByFile() ? "file" : "api")
        .add("createdAt", Times.format(configured.createdAt()))
        .add("updatedAt", Times.format(configured.updatedAt()));
  }
}
