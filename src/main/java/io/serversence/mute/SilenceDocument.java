package io.serversence.mute;

import io.serversence.document.Fields;
import io.serversence.document.Json;
import io.serversence.document.Times;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The written form of a silence (API.md, Alerts). */
public final class SilenceDocument {
  private SilenceDocument() {}

  /**
   * Reads a silence.
   *
   * @param id whatever the document says, it gets this one, and the author
   * @param now when it starts if it does not say
   * @throws io.serversence.document.InvalidDocument with every fault
   */
  public static Silence read(JsonObject document, String id, String author, Instant now) {
    Fields fields =
        new Fields(document)
            .ignore("id", "author", "revision", "createdAt", "updatedAt", "managedBy", "state");
    List<Matcher> matchers = new ArrayList<>();
    List<Fields> items = fields.objects("matchers", 20);
    for (Fields item : items) {
      String name = item.required("name", 1, 20);
      String op = item.required("op", 1, 2);
      String value =
          item.has("value") ? item.string("value", 0, 200) : item.required("value", 0, 200);
      Matcher matcher = matcher(item, name, op, value);
      if (matcher != null) {
        matchers.add(matcher);
      }
    }
    if (items.isEmpty() && fields.valid()) {
      fields.fault("matchers", "must have at least one item");
    }
    Instant startsAt = fields.time("startsAt");
    Instant starts = startsAt == null ? now : startsAt;
    Instant endsAt =
        fields.has("endsAt") ? fields.time("endsAt") : fields.fault("endsAt", "is required");
    if (endsAt != null && !endsAt.isAfter(starts)) {
      fields.fault("endsAt", "must be after startsAt");
    }
    String comment = fields.text("comment", 2_000);
    fields.finish();
    return new Silence(
        id,
        matchers,
        starts,
        endsAt == null ? starts : endsAt,
        comment == null ? "" : comment,
        author);
  }

  private static @Nullable Matcher matcher(
      Fields item, @Nullable String name, @Nullable String op, @Nullable String value) {
    Matcher.Name what =
        Arrays.stream(Matcher.Name.values())
            .filter(n -> n.name().toLowerCase(Locale.ROOT).equals(name))
            .findFirst()
            .orElse(null);
    Matcher.Op how =
        Arrays.stream(Matcher.Op.values())
            .filter(o -> o.sign().equals(op))
            .findFirst()
            .orElse(null);
    if (name != null && what == null) {
      item.fault("name", "must be one of monitor, group, tag, severity");
    }
    if (op != null && how == null) {
      item.fault("op", "must be one of =, !=, =~, !~");
    }
    if (what == null || how == null || value == null) {
      return null;
    }
    try {
      return Matcher.of(what, how, value);
    } catch (PatternSyntaxException e) {
      return item.fault("value", "is no regular expression: " + e.getDescription());
    }
  }

  public static JsonObject write(Silence silence) {
    JsonArrayBuilder matchers = Json.array();
    for (Matcher m : silence.matchers()) {
      matchers.add(
          Json.object()
              .add("name", m.name().name().toLowerCase(Locale.ROOT))
              .add("op", m.op().sign())
              .add("value", m.value()));
    }
    return Json.object()
        .add("id", silence.id())
        .add("matchers", matchers)
        .add("startsAt", Times.format(silence.startsAt()))
        .add("endsAt", Times.format(silence.endsAt()))
        .add("comment", silence.comment())
        .add("author", silence.author())
        .build();
  }

  /** Reads what {@link #write} wrote. */
  public static Silence stored(JsonObject document) {
    return read(document, document.getString("id"), document.getString("author"), Instant.EPOCH);
  }
}
