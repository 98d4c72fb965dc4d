package io.serversence.monitor;

import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParsingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lists and objects as Gatus writes them: a list as Go's {@code %v} shows it, {@code [1 map[a:b]]},
 * an object as minified JSON; names are sorted in both. The opening event has been read before.
 */
final class JsonRendering {
  private static final String HEX = "0123456789abcdef";

  private final boolean json;
  private final StringBuilder out = new StringBuilder();

  private JsonRendering(boolean json) {
    this.json = json;
  }

  /** A list with {@code %v}. */
  static String list(JsonEvents events) {
    return new JsonRendering(false).write(items(events));
  }

  /** An object as JSON. */
  static String json(JsonEvents events) {
    return new JsonRendering(true).write(members(events));
  }

  private sealed interface Node {}

  private record Items(List<Node> items) implements Node {}

  private record Members(TreeMap<String, Node> members) implements Node {}

  private record Text(String text) implements Node {}

  private record Real(GoReal number) implements Node {}

  private enum Word implements Node {
    TRUE,
    FALSE,
    NULL
  }

  private static Node node(Event event, JsonEvents events) {
    return switch (event) {
      case START_OBJECT -> members(events);
      case START_ARRAY -> items(events);
      case VALUE_STRING -> new Text(events.text());
      case VALUE_NUMBER -> number(events.text());
      case VALUE_TRUE -> Word.TRUE;
      case VALUE_FALSE -> Word.FALSE;
      case VALUE_NULL -> Word.NULL;
      case KEY_NAME, END_OBJECT, END_ARRAY -> throw new IllegalStateException("no value");
    };
  }

  private static Node items(JsonEvents events) {
    List<Node> items = new ArrayList<>();
    for (Event event = events.next(); event != Event.END_ARRAY; event = events.next()) {
      items.add(node(event, events));
    }
    return new Items(items);
  }

  private static Node members(JsonEvents events) {
    TreeMap<String, Node> members = new TreeMap<>();
    while (events.next() != Event.END_OBJECT) {
      String name = events.text();
      members.put(name, node(events.next(), events)); // of two, the last
    }
    return new Members(members);
  }

  private static Node number(String written) {
    GoReal real = GoReal.parse(written);
    if (real == null) {
      throw new JsonParsingException("a number out of range", null);
    }
    return new Real(real);
  }

  private String write(Node node) {
    append(node);
    return out.toString();
  }

  private void append(Node node) {
    if (node instanceof Items list) {
      String before = "[";
      for (Node item : list.items()) {
        out.append(before);
        append(item);
        before = json ? "," : " ";
      }
      out.append(list.items().isEmpty() ? "[]" : "]");
    } else if (node instanceof Members object) {
      append(object.members());
    } else if (node instanceof Text string) {
      string(string.text());
    } else if (node instanceof Real real) {
      out.append(json ? real.number().json() : real.number().text());
    } else if (node instanceof Word word) {
      out.append(
          switch (word) {
            case TRUE -> "true";
            case FALSE -> "false";
            case NULL -> json ? "null" : "<nil>";
          });
    }
  }

  private void append(Map<String, Node> members) {
    out.append(json ? "{" : "map[");
    String before = "";
    for (Map.Entry<String, Node> member : members.entrySet()) {
      out.append(before);
      string(member.getKey());
      out.append(':');
      append(member.getValue());
      before = json ? "," : " ";
    }
    out.append(json ? '}' : ']');
  }

  private void string(String text) {
    if (!json) {
      out.append(text);
      return;
    }
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      escape(text.charAt(i));
    }
    out.append('"');
  }

  /** Go's JSON also escapes what would be special in HTML or JavaScript. */
  private void escape(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (c < ' ' || c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029) {
          out.append("\\u");
          for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(c >> shift & 15));
          }
        } else {
          out.append(c);
        }
      }
    }
  }
}
