package io.serversence.config;

import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 as what JSON can hold, within limits: no types of its own, no key twice, nothing
 * nested deep, and no small text that becomes a large document by its aliases.
 */
public final class Yaml {
  private static final int DEEPEST = 50;
  private static final int MOST_VALUES = 1_000_000;
  private static final int MOST_ALIASES = 20;
  private static final int LONGEST_NUMBER = 100;
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.][-+0-9.eE]*+");

  private int left = MOST_VALUES;

  private Yaml() {}

  /**
   * Reads a text, JSON's null if there is nothing in it.
   *
   * @throws InvalidDocument in one line, with the place where the text is no YAML
   */
  public static JsonValue read(String text) {
    LoadSettings limits =
        LoadSettings.builder()
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setCodePointLimit(Integer.MAX_VALUE) // whoever has the bytes has limited them
            .build();
    try {
      check(new Parse(limits).parseString(text)); // the next step goes as deep as the text does
      return new Yaml().json(new Load(limits).loadFromString(text), "", 0);
    } catch (YamlEngineException e) {
      throw new InvalidDocument("", "not valid YAML: " + line(e));
    }
  }

  private static void check(Iterable<Event> events) {
    int depth = 0;
    for (Event event : events) {
      if (event instanceof CollectionStartEvent start) {
        if (++depth > DEEPEST) {
          throw new InvalidDocument("", "nested deeper than " + DEEPEST);
        }
        refuseTag(start.getTag().isPresent(), event);
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      } else if (event instanceof ScalarEvent scalar) {
        refuseTag(scalar.getTag().isPresent(), event);
        if (scalar.getScalarStyle() == ScalarStyle.PLAIN
            && scalar.getValue().length() > LONGEST_NUMBER
            && NUMBER.matcher(scalar.getValue()).matches()) {
          throw new InvalidDocument(
              "", "a number has more than " + LONGEST_NUMBER + " characters" + at(event));
        }
      }
    }
  }

  private static void refuseTag(boolean given, Event event) {
    if (given) {
      throw new InvalidDocument("", "a type cannot be given by a tag" + at(event));
    }
  }

  private static String at(Event event) {
    return event.getStartMark().map(mark -> " (line " + (mark.getLine() + 1) + ")").orElse("");
  }

  /** The engine's message has the text around the place too, over several lines. */
  private static String line(YamlEngineException e) {
    String[] lines = String.valueOf(e.getMessage()).split("\n", -1);
    StringBuilder line = new StringBuilder();
    for (String part : lines) {
      String plain = part.strip();
      if (!part.startsWith("  ") && !plain.isEmpty() && !line.toString().endsWith(plain)) {
        line.append(line.isEmpty() ? "" : ", ").append(plain);
      }
    }
    return line.toString().replace("in reader, ", "");
  }

  private JsonValue json(@Nullable Object node, String at, int depth) {
    if (--left < 0) {
      throw new InvalidDocument("", "is too large");
    }
    if (depth > DEEPEST) { // a collection that holds itself, by an alias
      throw new InvalidDocument("", "nested deeper than " + DEEPEST);
    }
    if (node == null) {
      return JsonValue.NULL;
    }
    if (node instanceof Map<?, ?> map) {
      JsonObjectBuilder object = Json.object();
      map.forEach(
          (key, value) -> {
            if (!(key instanceof String name)) {
              throw new InvalidDocument(at, "must have text as keys");
            }
            object.add(name, json(value, at.isEmpty() ? name : at + "." + name, depth + 1));
          });
      return object.build();
    }
    if (node instanceof List<?> list) {
      JsonArrayBuilder array = Json.array();
      for (int i = 0; i < list.size(); i++) {
        array.add(json(list.get(i), at + "[" + i + "]", depth + 1));
      }
      return array.build();
    }
    if (node instanceof Boolean flag) {
      return flag ? JsonValue.TRUE : JsonValue.FALSE;
    }
    if (node instanceof Integer || node instanceof Long) {
      return Json.number(((Number) node).longValue());
    }
    if (node instanceof BigInteger || node instanceof Double || node instanceof BigDecimal) {
      return Json.string(node.toString());
    }
    return Json.string(String.valueOf(node));
  }
}
