package io.serversence.alert;

import io.serversence.document.Fields;
import io.serversence.document.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Words of one's own for the messages of a channel: text with the names of values in double braces,
 * and no logic. Immutable and valid.
 *
 * @param title one line, or null for the usual one
 * @param body in the markup of the medium, or null for the usual one; what stands for values is
 *     escaped
 */
public record Template(@Nullable String title, @Nullable String body) {
  /** What may stand in braces. */
  enum Value {
    EVENT,
    TITLE,
    NAME,
    NAMES,
    MONITOR,
    GROUP,
    TAGS,
    SEVERITY,
    STATE,
    DURATION,
    CAUSE,
    SINCE,
    ACKNOWLEDGED_BY,
    COUNT,
    LIST,
    HINT,
    LINK;

    /** The word in braces, such as {@code acknowledgedBy}. */
    String word() {
      return this == ACKNOWLEDGED_BY ? "acknowledgedBy" : name().toLowerCase(Locale.ROOT);
    }
  }

  /** The types of channels that take one; what the others get is their vendor's form. */
  static final Set<String> TYPES =
      Set.of("email", "slack", "teams", "discord", "telegram", "ntfy", "apprise");

  private static final int TITLE = 200;
  private static final int BODY = 2_000;
  private static final int MOST = 20;
  private static final Pattern NAMED = Pattern.compile("\\{\\{\\s*([A-Za-z]{1,30})\\s*}}");
  private static final List<Value> OF_MANY = List.of(Value.LIST, Value.LINK);

  /** Reads one, or answers null where there is none; faults are noted. */
  static @Nullable Template read(@Nullable Fields fields) {
    if (fields == null) {
      return null;
    }
    String title = fields.string("title", 1, TITLE);
    String body = fields.text("body", BODY);
    check(fields, "title", title);
    check(fields, "body", body);
    if (title == null && body == null && fields.valid()) {
      fields.fault("title", "is required, or else body");
    }
    return new Template(title, body);
  }

  private static void check(Fields fields, String field, @Nullable String text) {
    if (text == null) {
      return;
    }
    Matcher named = NAMED.matcher(text);
    int values = 0;
    while (named.find()) {
      Value value = value(named.group(1));
      if (value == null) {
        fields.fault(field, "{{" + named.group(1) + "}} is not known; known are " + words());
        return;
      }
      if (field.equals("title") && OF_MANY.contains(value)) {
        fields.fault(field, "{{" + value.word() + "}} belongs in the body");
        return;
      }
      values++;
    }
    if (values > MOST) {
      fields.fault(field, "must name at most " + MOST + " values");
    }
    String rest = named.replaceAll("");
    if (rest.contains("{{") || rest.contains("}}")) {
      fields.fault(field, "has braces that are no {{value}}");
    }
  }

  private static String words() {
    return Stream.of(Value.values()).map(Value::word).collect(Collectors.joining(", "));
  }

  private static @Nullable Value value(String word) {
    return Stream.of(Value.values()).filter(v -> v.word().equals(word)).findFirst().orElse(null);
  }

  /** The text with values in place of their names. */
  static String filled(String text, Function<Value, String> values) {
    return NAMED
        .matcher(text)
        .replaceAll(
            found -> {
              Value value = value(found.group(1));
              return Matcher.quoteReplacement(value == null ? "" : values.apply(value));
            });
  }

  JsonObject write() {
    return Json.object().add("title", Json.string(title)).add("body", Json.string(body)).build();
  }
}
