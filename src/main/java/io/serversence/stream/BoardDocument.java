package io.serversence.stream;

import io.serversence.document.Json;
import io.serversence.document.Times;
import io.serversence.incident.Confirming;
import io.serversence.incident.Incident;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Sample;
import io.serversence.monitor.SampleDocument;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** The written form of the board's entries (API.md, Monitors and Others). */
public final class BoardDocument {
  private BoardDocument() {}

  /** One line of the board: what names the monitor, and its state. */
  public static JsonObject row(BoardEntry entry) {
    Monitor monitor = entry.monitor().monitor();
    return Json.object()
        .add("id", monitor.id())
        .add("name", monitor.name())
        .add("group", Json.string(monitor.group()))
        .add("tags", Json.strings(monitor.tags()))
        .add("severity", monitor.severity().word())
        .add("n", entry.monitor().n())
        .addAll(state(entry))
        .build();
  }

  /** The live state alone. */
  public static JsonObjectBuilder state(BoardEntry entry) {
    Sample sample = entry.lastSample();
    Incident incident = entry.incident();
    return Json.object()
        .add("state", entry.state().name())
        .add("since", Times.format(entry.since()))
        .add("lastSample", sample == null ? JsonValue.NULL : SampleDocument.write(sample))
        .add("confirming", confirming(entry.confirming()))
        .add("muted", Json.string(entry.muted()))
        .add("incident", Json.string(incident == null ? null : incident.id().toString()));
  }

  private static JsonValue confirming(@Nullable Confirming confirming) {
    return confirming == null
        ? JsonValue.NULL
        : Json.object()
            .add("outcome", confirming.outcome().name())
            .add("seen", confirming.seen())
            .add("of", confirming.of())
            .build();
  }
}
