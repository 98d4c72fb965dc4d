package io.serversence.stream;

import io.serversence.document.Json;
import io.serversence.document.Times;
import io.serversence.incident.Confirming;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.SampleDocument;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

/** The written form of the board: its rows, and the live state of one monitor. */
public final class BoardDocument {
  private BoardDocument() {}

  /** A row as {@code GET /api/status} and {@code snapshot} have it. */
  public static JsonObject row(BoardEntry entry) {
    Monitor monitor = entry.monitor().monitor();
    JsonObjectBuilder row =
        Json.object()
            .add("id", monitor.id())
            .add("name", monitor.name())
            .add("group", Json.string(monitor.group()))
            .add("tags", Json.strings(monitor.tags()))
            .add("severity", monitor.severity().word())
            .add("n", entry.monitor().n());
    return state(row, entry).build();
  }

  /** The {@code state} of a monitor as {@code GET /api/monitors} has it. */
  public static JsonObject state(BoardEntry entry) {
    return state(Json.object(), entry).build();
  }

  private static JsonObjectBuilder state(JsonObjectBuilder document, BoardEntry entry) {
    return document
        .add("state", entry.state().name())
        .add("since", Times.format(entry.since()))
        .add(
            "lastSample",
            entry.lastSample() == null ? JsonValue.NULL : SampleDocument.write(entry.lastSample()))
        .add("confirming", confirming(entry))
        .add("muted", Json.string(entry.muted()))
        .add(
            "incident",
            Json.string(entry.incident() == null ? null : entry.incident().id().toString()));
  }

  private static JsonValue confirming(BoardEntry entry) {
    Confirming confirming = entry.confirming();
    return confirming == null
        ? JsonValue.NULL
        : Json.object()
            .add("outcome", confirming.outcome().name())
            .add("seen", confirming.seen())
            .add("of", confirming.of())
            .build();
  }
}
