package io.serversence.api;

import io.serversence.document.Json;
import io.serversence.document.Times;
import io.serversence.history.Availability;
import io.serversence.history.HistoryPoint;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The written form of a monitor's history (API.md, Samples and history). */
final class HistoryDocument {
  private static final List<String> FIGURES =
      List.of(
          "availability",
          "coverage",
          "downtimeMs",
          "maintenanceMs",
          "unknownMs",
          "incidents",
          "mttaMs",
          "mttrMs",
          "mtbfMs",
          "longestMs");

  private HistoryDocument() {}

  /** The columns of a report: these, and the figures. */
  static List<String> columns(String... before) {
    List<String> columns = new ArrayList<>(List.of(before));
    columns.addAll(FIGURES);
    return List.copyOf(columns);
  }

  static JsonObject write(HistoryPoint point) {
    boolean any = point.samples() > 0;
    return Json.object()
        .add("at", Times.format(point.at()))
        .add("samples", point.samples())
        .add("up", count(any, point.up()))
        .add("degraded", count(any, point.degraded()))
        .add("down", count(any, point.down()))
        .add("unknown", count(any, point.unknown()))
        .add("availability", share(point.availability()))
        .add("p50Ms", millis(point.p50()))
        .add("p95Ms", millis(point.p95()))
        .add("p99Ms", millis(point.p99()))
        .add("minMs", millis(point.min()))
        .add("maxMs", millis(point.max()))
        .build();
  }

  /** Adds the figures of an availability. */
  static JsonObjectBuilder write(JsonObjectBuilder document, Availability figures) {
    return document
        .add("availability", share(figures.availability()))
        .add("coverage", share(figures.coverage()))
        .add("downtimeMs", figures.downtimeMs())
        .add("maintenanceMs", figures.maintenanceMs())
        .add("unknownMs", figures.unknownMs())
        .add("incidents", figures.incidents())
        .add("mttaMs", number(figures.mttaMs()))
        .add("mttrMs", number(figures.mttrMs()))
        .add("mtbfMs", number(figures.mtbfMs()))
        .add("longestMs", number(figures.longestMs()));
  }

  private static JsonValue count(boolean any, long count) {
    return any ? Json.number(count) : JsonValue.NULL;
  }

  private static JsonValue number(@Nullable Long value) {
    return value == null ? JsonValue.NULL : Json.number(value);
  }

  private static JsonValue millis(@Nullable Double micros) {
    return Json.millis(micros == null ? null : Double.valueOf(micros / 1_000));
  }

  /** As exact as it was computed, and never in the notation with an exponent. */
  private static JsonValue share(@Nullable Double share) {
    return share == null
        ? JsonValue.NULL
        : Json.decimal(BigDecimal.valueOf(share).stripTrailingZeros());
  }
}
