package io.serversence.mute;

import io.serversence.document.Durations;
import io.serversence.document.Fields;
import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import io.serversence.document.Times;
import jakarta.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The written form of a maintenance window (API.md, Alerts). */
public final class WindowDocument {
  private static final Duration LONGEST = Duration.ofDays(366);

  private WindowDocument() {}

  /**
   * Reads a window.
   *
   * @param previous the window that this one replaces, whose key counts if none is given
   * @throws InvalidDocument with every fault
   */
  public static Window read(JsonObject document, @Nullable Window previous) {
    Fields fields =
        new Fields(document).ignore("revision", "createdAt", "updatedAt", "managedBy", "state");
    String name = fields.required("name", 1, 200);
    String id = fields.id(name, previous == null ? null : previous.id());
    Match match = Match.read(fields.object("match"));
    Instant startsAt =
        fields.has("startsAt") ? fields.time("startsAt") : fields.fault("startsAt", "is required");
    Duration duration =
        fields.has("duration")
            ? fields.duration("duration", Duration.ofSeconds(1), LONGEST)
            : fields.fault("duration", "is required");
    ZoneId zone = zone(fields);
    String recurrence = fields.string("recurrence", 1, 500);
    if (recurrence != null) {
      try {
        Rrule.parse(recurrence, zone);
      } catch (InvalidDocument e) {
        e.errors().forEach(error -> fields.fault(error.field(), error.message()));
      }
    }
    fields.finish();
    if (id == null || name == null || startsAt == null || duration == null) {
      throw new IllegalStateException("a fault was not noted");
    }
    return new Window(id, name, match, startsAt, duration, recurrence, zone);
  }

  private static ZoneId zone(Fields fields) {
    String text = fields.string("timezone", 1, 60);
    try {
      return text == null ? ZoneOffset.UTC : ZoneId.of(text);
    } catch (DateTimeException e) {
      fields.fault("timezone", "must be a time zone such as Europe/Berlin");
      return ZoneOffset.UTC;
    }
  }

  public static JsonObject write(Window window) {
    String zone = window.timezone().equals(ZoneOffset.UTC) ? "UTC" : window.timezone().getId();
    return Json.object()
        .add("id", window.id())
        .add("name", window.name())
        .add("match", window.match().write())
        .add("startsAt", Times.format(window.startsAt()))
        .add("duration", Durations.format(window.duration()))
        .add("recurrence", Json.string(window.recurrence()))
        .add("timezone", zone)
        .build();
  }
}
