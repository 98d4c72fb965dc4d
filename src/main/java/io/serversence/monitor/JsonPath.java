package io.serversence.monitor;

import io.serversence.document.Json;
import jakarta.json.stream.JsonParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way into a JSON document, such as {@code data.items[0].name}, with the meaning that Gatus's
 * {@code jsonpath} gives it. Immutable.
 */
final class JsonPath {
  /** The document itself. */
  static final JsonPath WHOLE = parse("");

  private final List<Segment> segments;

  private JsonPath(List<Segment> segments) {
    this.segments = segments;
  }

  /**
   * What stands between two dots.
   *
   * @param name the member; empty where the indexes belong to the value itself
   * @param indexes the places in lists within lists; negative for one that cannot be
   */
  record Segment(String name, List<Integer> indexes) {}

  /**
   * What a path leads to.
   *
   * @param length items of a list, else bytes of the text in UTF-8
   */
  record Found(Value value, int length) {}

  /** Parses a path. Dots within brackets part nothing, and a bracket without a number is a name. */
  static JsonPath parse(String path) {
    List<Segment> segments = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      if (c == '.' && depth == 0) {
        segments.add(segment(path.substring(start, i)));
        start = i + 1;
      }
    }
    segments.add(segment(path.substring(start)));
    return new JsonPath(List.copyOf(segments));
  }

  private static Segment segment(String text) {
    int bracket = text.indexOf('[');
    if (bracket < 0 || !text.endsWith("]")) {
      return new Segment(text, List.of());
    }
    String inner = text.substring(bracket + 1, text.length() - 1);
    List<Integer> indexes = Arrays.stream(inner.split("\\]\\[", -1)).map(JsonPath::index).toList();
    return new Segment(text.substring(0, bracket), indexes);
  }

  private static int index(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /**
   * What the path leads to; null if it leads nowhere, or to null, or the text is no JSON.
   *
   * @param function what will be asked of it; the value's text is empty where it will not be
   */
  @Nullable Found find(String json, Reading.Function function) {
    try (JsonParser parser = Json.parser(json)) {
      return new JsonWalk(parser, segments, function).find();
    } catch (RuntimeException e) { // broken in whatever way; the parser's own limit is a bare one
      return null;
    }
  }
}
