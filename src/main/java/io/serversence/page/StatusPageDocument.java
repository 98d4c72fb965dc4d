package io.serversence.page;

import io.serversence.document.Fields;
import io.serversence.document.Json;
import io.serversence.document.Keys;
import io.serversence.mute.Match;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The written form of a status page. */
public final class StatusPageDocument {
  private StatusPageDocument() {}

  /**
   * Reads a status page.
   *
   * @param previous the page that this one replaces, whose key counts if none is given
   * @param isMonitor whether a monitor of a key is there; a page that leaves out what it was meant
   *     to show would look well
   * @throws io.serversence.document.InvalidDocument with every fault
   */
  public static StatusPage read(
      JsonObject document, @Nullable StatusPage previous, Predicate<String> isMonitor) {
    Fields fields = new Fields(document).ignore("revision", "createdAt", "updatedAt", "managedBy");
    String title = fields.required("title", 1, 200);
    String id = fields.id(title, previous == null ? null : previous.id());
    String description = fields.text("description", 2_000);
    List<String> monitors = fields.strings("monitors", StatusPage.MOST, 63);
    for (int i = 0; i < monitors.size(); i++) {
      if (!Keys.isKey(monitors.get(i))) {
        fields.fault("monitors[" + i + "]", "must be a key: " + Keys.FORM);
      } else if (!isMonitor.test(monitors.get(i))) {
        fields.fault("monitors[" + i + "]", "is no monitor");
      }
    }
    Match match = fields.has("match") ? Match.read(fields.object("match")) : null;
    Boolean published = fields.bool("published");
    fields.finish();
    if (id == null || title == null) {
      throw new IllegalStateException("a fault was not noted");
    }
    return new StatusPage(
        id,
        title,
        description == null ? "" : description,
        monitors.stream().distinct().toList(),
        match,
        published != null && published);
  }

  /** Writes a status page. */
  public static JsonObject write(StatusPage page) {
    return Json.object()
        .add("id", page.id())
        .add("title", page.title())
        .add("description", page.description())
        .add("monitors", Json.strings(page.monitors()))
        .add("match", page.match() == null ? JsonValue.NULL : page.match().write())
        .add("published", page.published())
        .build();
  }
}
