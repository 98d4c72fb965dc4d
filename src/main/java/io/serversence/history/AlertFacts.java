package io.serversence.history;

import io.serversence.document.Json;
import io.serversence.incident.TimelineEntry;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The written form of facts about who is told. */
final class AlertFacts {
  private AlertFacts() {}

  static JsonObject write(Fact fact) {
    if (fact instanceof Fact.ChildrenSuppressed suppressed) {
      return Json.object()
          .add("fact", "suppressed")
          .add("id", suppressed.incident().toString())
          .add("children", Json.strings(suppressed.children()))
          .add("entries", FactDocument.entries(List.of(suppressed.entry())))
          .build();
    }
    if (fact instanceof Fact.NotificationsDue due) {
      JsonArrayBuilder dues = Json.array();
      due.dues().forEach(d -> dues.add(write(d)));
      return Json.object().add("fact", "due").add("dues", dues).build();
    }
    if (fact instanceof Fact.MessageClaimed claimed) {
      return Json.object()
          .add("fact", "claimed")
          .add("id", claimed.id().toString())
          .add("members", Json.strings(claimed.members().stream().map(UUID::toString).toList()))
          .add("body", claimed.body())
          .build();
    }
    if (fact instanceof Fact.MessageTried tried) {
      JsonArrayBuilder entries = Json.array();
      tried
          .entries()
          .forEach(
              e ->
                  entries.add(
                      Json.object()
                          .add("incident", e.incident().toString())
                          .add("entry", FactDocument.entries(List.of(e)))));
      return Json.object()
          .add("fact", "tried")
          .add("id", tried.id().toString())
          .add("state", tried.state().name())
          .add("attempts", tried.attempts())
          .add("next", time(tried.nextAttemptAt()))
          .add("sent", time(tried.sentAt()))
          .add("error", Json.string(tried.error()))
          .add("entries", entries)
          .build();
    }
    throw new IllegalStateException("no written form for " + fact.getClass());
  }

  static Fact read(JsonObject document) {
    return switch (document.getString("fact")) {
      case "suppressed" ->
          new Fact.ChildrenSuppressed(
              uuid(document, "id"),
              document.getJsonArray("children").getValuesAs(JsonString::getString),
              FactDocument.entries(document.getJsonArray("entries"), document.getString("id"))
                  .get(0));
      case "due" ->
          new Fact.NotificationsDue(
              document.getJsonArray("dues").getValuesAs(JsonObject.class).stream()
                  .map(AlertFacts::due)
                  .toList());
      case "claimed" ->
          new Fact.MessageClaimed(
              uuid(document, "id"),
              document.getJsonArray("members").getValuesAs(JsonString.class).stream()
                  .map(id -> UUID.fromString(id.getString()))
                  .toList(),
              document.getString("body"));
      case "tried" -> tried(document);
      default -> throw new IllegalStateException("the spool holds a " + document.getString("fact"));
    };
  }

  private static Fact.MessageTried tried(JsonObject document) {
    List<TimelineEntry> entries = new ArrayList<>();
    for (JsonObject e : document.getJsonArray("entries").getValuesAs(JsonObject.class)) {
      JsonArray entry = e.getJsonArray("entry");
      entries.addAll(FactDocument.entries(entry, e.getString("incident")));
    }
    return new Fact.MessageTried(
        uuid(document, "id"),
        NotificationState.valueOf(document.getString("state")),
        document.getInt("attempts"),
        time(document, "next"),
        time(document, "sent"),
        FactDocument.text(document, "error"),
        entries);
  }

  private static JsonObject write(Due due) {
    return Json.object()
        .add("id", due.id().toString())
        .add("incident", due.incident().toString())
        .add("transition", due.transition())
        .add("event", due.event())
        .add("channel", due.channel())
        .add("group", due.group())
        .add("wait", due.patience().toString())
        .add("interval", due.interval().toString())
        .add("at", due.at().toString())
        .build();
  }

  private static Due due(JsonObject document) {
    return new Due(
        uuid(document, "id"),
        uuid(document, "incident"),
        document.getString("transition"),
        document.getString("event"),
        document.getString("channel"),
        document.getString("group"),
        Duration.parse(document.getString("wait")),
        Duration.parse(document.getString("interval")),
        Instant.parse(document.getString("at")));
  }

  private static UUID uuid(JsonObject document, String name) {
    return UUID.fromString(document.getString(name));
  }

  private static JsonValue time(@Nullable Instant at) {
    return Json.string(at == null ? null : at.toString());
  }

  private static @Nullable Instant time(JsonObject document, String name) {
    String text = FactDocument.text(document, name);
    return text == null ? null : Instant.parse(text);
  }
}
