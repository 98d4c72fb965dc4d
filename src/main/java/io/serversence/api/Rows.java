package io.serversence.api;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A list as CSV (RFC 4180, UTF-8, with a line of names) or NDJSON, written a part at a time, so
 * that its length costs no memory.
 */
final class Rows {
  static final String CSV = "text/csv";
  static final String NDJSON = "application/x-ndjson";

  private static final String[] TYPES = {Answer.TYPE, CSV, NDJSON};

  private Rows() {}

  /** Which of the types is accepted best; JSON where there is no difference. */
  static String wanted(@Nullable String accept) {
    String best = Answer.TYPE;
    double most = 0;
    for (String type : TYPES) {
      double quality = accept == null ? 1 : quality(accept.toLowerCase(Locale.ROOT), type);
      if (quality > most) {
        most = quality;
        best = type;
      }
    }
    return best;
  }

  /** As the most specific of the accepted ranges says. */
  private static double quality(String accept, String type) {
    double quality = 0;
    int specific = -1;
    for (String part : accept.split(",", -1)) {
      String[] words = part.strip().split("\\s*;\\s*", -1);
      int match =
          words[0].equals(type)
              ? 2
              : words[0].equals(type.substring(0, type.indexOf('/')) + "/*")
                  ? 1
                  : words[0].equals("*/*") ? 0 : -1;
      if (match > specific) {
        specific = match;
        quality = 1;
        for (String word : words) {
          if (word.matches("q=[01](\\.[0-9]{0,3})?")) {
            quality = Double.parseDouble(word.substring(2));
          }
        }
      }
    }
    return quality;
  }

  /**
   * The answer.
   *
   * @param type CSV or NDJSON
   * @param columns the fields in a CSV; a point leads into an object
   * @param parts the next part each time; an empty one is the end. The first is asked for here
   *     already, so that what keeps it from being read is answered as a problem
   */
  static Response stream(String type, List<String> columns, Supplier<List<JsonObject>> parts) {
    List<JsonObject> first = parts.get();
    boolean csv = type.equals(CSV);
    StreamingOutput output =
        out -> {
          StringBuilder text = new StringBuilder();
          if (csv) {
            text.append(String.join(",", columns)).append("\r\n");
          }
          List<JsonObject> part = first;
          while (!part.isEmpty()) {
            for (JsonObject row : part) {
              if (csv) {
                line(text, columns, row);
              } else {
                text.append(row).append('\n');
              }
            }
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            text.setLength(0);
            part = parts.get();
          }
          out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        };
    return Response.ok(output).type(csv ? CSV + ";charset=utf-8" : NDJSON).build();
  }

  private static void line(StringBuilder text, List<String> columns, JsonObject row) {
    for (int i = 0; i < columns.size(); i++) {
      text.append(i == 0 ? "" : ",").append(cell(value(row, columns.get(i))));
    }
    text.append("\r\n");
  }

  private static @Nullable JsonValue value(JsonObject row, String column) {
    JsonValue value = row;
    for (String name : column.split("\\.", -1)) {
      value = value instanceof JsonObject object ? object.get(name) : null;
    }
    return value;
  }

  /** One cell; texts that a spreadsheet would take for a formula get an apostrophe before them. */
  private static String cell(@Nullable JsonValue value) {
    if (value == null || value.getValueType() == JsonValue.ValueType.NULL) {
      return "";
    }
    String text = value instanceof JsonString string ? string.getString() : value.toString();
    if (value instanceof JsonString && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    boolean plain = text.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
