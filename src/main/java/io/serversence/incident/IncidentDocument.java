package io.serversence.incident;

import io.serversence.document.Json;
import io.serversence.document.Times;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The written form of an incident (API.md, Incidents). */
public final class IncidentDocument {
  private IncidentDocument() {}

  /**
   * Writes an incident without its evidence and timeline.
   *
   * @param now for the duration of one that has not ended
   */
  public static JsonObjectBuilder write(Incident incident, Instant now) {
    Instant end = incident.endedAt() == null ? now : incident.endedAt();
    return Json.object()
        .add("id", incident.id().toString())
        .add("monitor", Json.string(incident.channel() == null ? incident.monitor() : null))
        .add("channel", Json.string(incident.channel()))
        .add("severity", incident.severity().word())
        .add("state", incident.state().word())
        .add("startedAt", Times.format(incident.startedAt()))
        .add("openedAt", Times.format(incident.openedAt()))
        .add("acknowledgedAt", time(incident.acknowledgedAt()))
        .add("acknowledgedBy", Json.string(incident.acknowledgedBy()))
        .add("acknowledgedUntil", time(incident.acknowledgedUntil()))
        .add("resolvedAt", time(incident.resolvedAt()))
        .add("endedAt", time(incident.endedAt()))
        .add("durationMs", Math.max(0, end.toEpochMilli() - incident.startedAt().toEpochMilli()))
        .add("cause", incident.cause())
        .add("suppressed", Json.strings(incident.suppressed()));
  }

  public static JsonObject write(TimelineEntry entry) {
    return Json.object()
        .add("at", Times.format(entry.at()))
        .add("type", entry.type())
        .add("actor", Json.string(entry.actor()))
        .add("text", Json.string(entry.text()))
        .build();
  }

  private static JsonValue time(@Nullable Instant at) {
    return Json.string(at == null ? null : Times.format(at));
  }
}
