package io.serversence.config;

import io.serversence.document.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes a document as YAML, in blocks. A text is written as it is where nobody can take it for
 * anything else, not even a reader of YAML 1.1, and otherwise as JSON has it, which is YAML too.
 * Used by one thread.
 */
public final class YamlText {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*+( [A-Za-z0-9_./()-]++)*+|[0-9]+(ms|s|m|h|d)");
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private final StringBuilder text = new StringBuilder();

  private YamlText() {}

  /** The document; each of its fields begins a line. */
  public static String of(JsonObject document) {
    YamlText yaml = new YamlText();
    if (document.isEmpty()) {
      yaml.text.append("{}\n");
    }
    yaml.fields(document, 0);
    return yaml.text.toString();
  }

  private void fields(JsonObject object, int indent) {
    object.forEach(
        (name, value) -> {
          text.append(" ".repeat(indent)).append(scalar(name)).append(':');
          value(value, indent + 2);
        });
  }

  private void value(JsonValue value, int indent) {
    if (value instanceof JsonObject object && !object.isEmpty()) {
      text.append('\n');
      fields(object, indent);
    } else if (value instanceof JsonArray array && !array.isEmpty()) {
      text.append('\n');
      items(array, indent);
    } else {
      text.append(' ').append(single(value)).append('\n');
    }
  }

  private void items(JsonArray array, int indent) {
    for (JsonValue item : array) {
      int begin = text.length();
      if (item instanceof JsonObject object && !object.isEmpty()) {
        fields(object, indent + 2);
        text.replace(begin, begin + indent + 2, " ".repeat(indent) + "- ");
      } else if (item instanceof JsonArray inner && !inner.isEmpty()) {
        text.append(" ".repeat(indent)).append("-\n");
        items(inner, indent + 2);
      } else {
        text.append(" ".repeat(indent)).append("- ").append(single(item)).append('\n');
      }
    }
  }

  private static String single(JsonValue value) {
    return value instanceof JsonString string ? scalar(string.getString()) : value.toString();
  }

  private static String scalar(String value) {
    if (PLAIN.matcher(value).matches() && !WORDS.contains(value.toLowerCase(Locale.ROOT))) {
      return value;
    }
    String quoted = Json.string(value).toString();
    if (quoted.chars().noneMatch(YamlText::unsafe)) {
      return quoted;
    }
    StringBuilder escaped = new StringBuilder();
    quoted
        .chars()
        .forEach(
            c -> escaped.append(unsafe(c) ? String.format(Locale.ROOT, "\\u%04x", c) : (char) c));
    return escaped.toString();
  }

  /** What YAML takes for the end of a line or does not allow, and JSON leaves as it is. */
  private static boolean unsafe(int c) {
    boolean control = c >= 0x7f && c < 0xa0;
    return control || c == 0x2028 || c == 0x2029 || c == 0xfeff || c >= 0xfffe;
  }
}
