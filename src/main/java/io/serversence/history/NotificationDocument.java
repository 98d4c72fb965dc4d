package io.serversence.history;

import io.serversence.document.Json;
import io.serversence.document.Times;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The written form of a notification (API.md, Alerts). */
public final class NotificationDocument {
  private NotificationDocument() {}

  public static JsonObject write(Notification notification) {
    return Json.object()
        .add("id", notification.id().toString())
        .add("channel", notification.channel())
        .add("event", notification.event())
        .add(
            "incidents",
            Json.strings(notification.incidents().stream().map(UUID::toString).toList()))
        .add("state", notification.state().word())
        .add("attempts", notification.attempts())
        .add("nextAttemptAt", time(notification.nextAttemptAt()))
        .add("sentAt", time(notification.sentAt()))
        .add("error", Json.string(notification.error()))
        .build();
  }

  private static JsonValue time(@Nullable Instant at) {
    return Json.string(at == null ? null : Times.format(at));
  }
}
