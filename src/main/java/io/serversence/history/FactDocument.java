package io.serversence.history;

import io.serversence.document.Json;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentState;
import io.serversence.incident.TimelineEntry;
import io.serversence.monitor.ConditionResult;
import io.serversence.monitor.MonitorState;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import io.serversence.monitor.Severity;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The written form of facts in the spool; times keep their microseconds. */
final class FactDocument {
  private FactDocument() {}

  static JsonObject write(Fact fact) {
    if (fact instanceof Fact.SampleTaken taken) {
      return Json.object()
          .add("fact", "sample")
          .add("n", taken.n())
          .add("monitor", taken.monitor())
          .add("sample", sample(taken.sample()))
          .add("reach", Json.string(taken.reach() == null ? null : taken.reach().toString()))
          .build();
    }
    if (fact instanceof Fact.StateChanged changed) {
      return Json.object()
          .add("fact", "state")
          .add("n", changed.n())
          .add("state", changed.state().name())
          .add("since", changed.since().toString())
          .add(
              "incident",
              Json.string(changed.incident() == null ? null : changed.incident().toString()))
          .build();
    }
    if (fact instanceof Fact.IncidentOpened opened) {
      Incident i = opened.incident();
      return Json.object()
          .add("fact", "opened")
          .add("id", i.id().toString())
          .add("n", i.n())
          .add("monitor", i.monitor())
          .add("group", Json.string(opened.group()))
          .add("tags", Json.strings(opened.tags()))
          .add("severity", i.severity().name())
          .add("startedAt", i.startedAt().toString())
          .add("openedAt", i.openedAt().toString())
          .add("cause", i.cause())
          .add("detail", IncidentDetail.document(i.evidence(), i.phases(), i.suppressed()))
          .add("entries", entries(opened.entries()))
          .build();
    }
    if (fact instanceof Fact.IncidentResolved resolved) {
      return Json.object()
          .add("fact", "resolved")
          .add("id", resolved.id().toString())
          .add("at", resolved.at().toString())
          .add("ended", resolved.ended().toString())
          .add("entries", entries(resolved.entries()))
          .build();
    }
    return AlertFacts.write(fact);
  }

  /** Whether it is a sample; false for what is not understood. */
  static boolean isSample(JsonValue document) {
    return document instanceof JsonObject object
        && object.get("fact") instanceof JsonString fact
        && fact.getString().equals("sample");
  }

  static Fact read(JsonObject document) {
    return switch (document.getString("fact")) {
      case "sample" ->
          new Fact.SampleTaken(
              document.getInt("n"),
              document.getString("monitor"),
              sample(document.getJsonObject("sample")),
              document.get("reach") instanceof JsonString reach
                  ? Duration.parse(reach.getString())
                  : null);
      case "state" ->
          new Fact.StateChanged(
              document.getInt("n"),
              MonitorState.valueOf(document.getString("state")),
              Instant.parse(document.getString("since")),
              document.get("incident") instanceof JsonString id
                  ? UUID.fromString(id.getString())
                  : null);
      case "opened" -> opened(document);
      case "resolved" ->
          new Fact.IncidentResolved(
              UUID.fromString(document.getString("id")),
              Instant.parse(document.getString("at")),
              Instant.parse(document.getString("ended")),
              entries(document.getJsonArray("entries"), document.getString("id")));
      default -> AlertFacts.read(document);
    };
  }

  private static Fact.IncidentOpened opened(JsonObject document) {
    IncidentDetail detail = IncidentDetail.read(document.getJsonObject("detail"));
    Incident incident =
        new Incident(
            UUID.fromString(document.getString("id")),
            document.getInt("n"),
            document.getString("monitor"),
            Severity.valueOf(document.getString("severity")),
            IncidentState.OPEN,
            Instant.parse(document.getString("startedAt")),
            Instant.parse(document.getString("openedAt")),
            null,
            null,
            null,
            null,
            null,
            document.getString("cause"),
            detail.evidence(),
            detail.phases(),
            detail.suppressed());
    return new Fact.IncidentOpened(
        incident,
        text(document, "group"),
        document.getJsonArray("tags").getValuesAs(JsonString::getString),
        entries(document.getJsonArray("entries"), document.getString("id")));
  }

  private static JsonObjectBuilder sample(Sample sample) {
    Phases p = sample.phases();
    JsonArrayBuilder conditions = Json.array();
    sample
        .conditions()
        .forEach(c -> conditions.add(Json.array().add(c.condition()).add(c.shown()).add(c.ok())));
    return Json.object()
        .add("at", sample.at().toString())
        .add("outcome", sample.outcome().name())
        .add("latency", sample.latency())
        .add(
            "phases",
            Json.array()
                .add(p.resolve())
                .add(p.connect())
                .add(p.tls())
                .add(p.processing())
                .add(p.transfer()))
        .add("message", Json.string(sample.message()))
        .add("conditions", conditions);
  }

  private static Sample sample(JsonObject document) {
    JsonArray p = document.getJsonArray("phases");
    List<ConditionResult> conditions = new ArrayList<>();
    for (JsonValue value : document.getJsonArray("conditions")) {
      JsonArray c = value.asJsonArray();
      conditions.add(new ConditionResult(c.getString(0), c.getString(1), c.getBoolean(2)));
    }
    return new Sample(
        Instant.parse(document.getString("at")),
        Outcome.valueOf(document.getString("outcome")),
        document.getJsonNumber("latency").longValue(),
        new Phases(number(p, 0), number(p, 1), number(p, 2), number(p, 3), number(p, 4)),
        text(document, "message"),
        conditions);
  }

  private static long number(JsonArray array, int i) {
    return array.getJsonNumber(i).longValue();
  }

  static JsonArrayBuilder entries(List<TimelineEntry> entries) {
    JsonArrayBuilder array = Json.array();
    for (TimelineEntry e : entries) {
      array.add(
          Json.object()
              .add("id", e.id().toString())
              .add("at", e.at().toString())
              .add("type", e.type())
              .add("actor", Json.string(e.actor()))
              .add("text", Json.string(e.text())));
    }
    return array;
  }

  static List<TimelineEntry> entries(JsonArray array, String incident) {
    List<TimelineEntry> entries = new ArrayList<>();
    for (JsonValue value : array) {
      JsonObject e = value.asJsonObject();
      entries.add(
          new TimelineEntry(
              UUID.fromString(e.getString("id")),
              UUID.fromString(incident),
              Instant.parse(e.getString("at")),
              e.getString("type"),
              text(e, "actor"),
              text(e, "text")));
    }
    return entries;
  }

  static @Nullable String text(JsonObject document, String name) {
    return document.get(name) instanceof JsonString string ? string.getString() : null;
  }
}
