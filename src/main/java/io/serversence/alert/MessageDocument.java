package io.serversence.alert;

import io.serversence.document.Json;
import io.serversence.document.Times;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentDocument;
import io.serversence.incident.IncidentState;
import io.serversence.monitor.Evidence;
import io.serversence.monitor.MonitorDocument;
import io.serversence.monitor.Phases;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The written form of a message, which is the body of a webhook (API.md, Alerts). */
public final class MessageDocument {
  private MessageDocument() {}

  /** Writes a message; always the same text for the same message. */
  public static JsonObject write(Message message) {
    JsonArrayBuilder incidents = Json.array();
    message.incidents().forEach(i -> incidents.add(IncidentDocument.write(i, message.sentAt())));
    JsonArrayBuilder monitors = Json.array();
    message.monitors().forEach(m -> monitors.add(write(m)));
    return Json.object()
        .add("version", "1")
        .add("id", message.id().toString())
        .add("idempotencyKey", message.idempotencyKey())
        .add("event", message.event().word())
        .add("sentAt", Times.format(message.sentAt()))
        .add("truncated", message.truncated())
        .add("incidents", incidents)
        .add("monitors", monitors)
        .add("link", message.link())
        .build();
  }

  private static JsonObject write(AlertedMonitor monitor) {
    return Json.object()
        .add("id", monitor.id())
        .add("name", monitor.name())
        .add("group", Json.string(monitor.group()))
        .add("tags", Json.strings(monitor.tags()))
        .build();
  }

  /**
   * Reads what {@link #write} wrote. The incidents have no evidence, and 0 for the monitor's
   * number, because the document has neither.
   *
   * @throws RuntimeException of any kind if it is none
   */
  public static Message read(JsonObject document) {
    return new Message(
        UUID.fromString(document.getString("id")),
        document.getString("idempotencyKey"),
        AlertEvent.of(document.getString("event")),
        required(document, "sentAt"),
        document.getInt("truncated"),
        objects(document, "incidents").stream().map(MessageDocument::incident).toList(),
        objects(document, "monitors").stream().map(MessageDocument::monitor).toList(),
        document.getString("link"));
  }

  private static Incident incident(JsonObject from) {
    return new Incident(
        UUID.fromString(from.getString("id")),
        0,
        subject(from),
        MonitorDocument.severityOf(from.getString("severity")),
        IncidentState.valueOf(from.getString("state").toUpperCase(Locale.ROOT)),
        required(from, "startedAt"),
        required(from, "openedAt"),
        time(from, "acknowledgedAt"),
        text(from, "acknowledgedBy"),
        time(from, "acknowledgedUntil"),
        time(from, "resolvedAt"),
        time(from, "endedAt"),
        from.getString("cause"),
        Evidence.NONE,
        Phases.UNREACHED,
        strings(from, "suppressed"));
  }

  private static String subject(JsonObject from) {
    String channel = text(from, "channel");
    return channel == null ? from.getString("monitor") : Incident.ofChannel(channel);
  }

  private static AlertedMonitor monitor(JsonObject from) {
    return new AlertedMonitor(
        from.getString("id"), from.getString("name"), text(from, "group"), strings(from, "tags"));
  }

  private static List<JsonObject> objects(JsonObject from, String name) {
    return from.getJsonArray(name).getValuesAs(JsonObject.class);
  }

  private static List<String> strings(JsonObject from, String name) {
    JsonArray array = from.getJsonArray(name);
    return array == null
        ? List.of()
        : array.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
  }

  private static @Nullable String text(JsonObject from, String name) {
    return from.get(name) instanceof JsonString string ? string.getString() : null;
  }

  private static @Nullable Instant time(JsonObject from, String name) {
    String text = text(from, name);
    return text == null ? null : Times.parse(text);
  }

  private static Instant required(JsonObject from, String name) {
    return Objects.requireNonNull(time(from, name), name);
  }
}
