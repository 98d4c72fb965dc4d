package io.serversence.document;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Reads and builds JSON values. Holds the one provider, because looking it up costs more than a
 * small document. Safe for use by many threads.
 */
public final class Json {
  private static final JsonProvider PROVIDER = JsonProvider.provider();
  private static final int DEEPEST = 200;

  private Json() {}

  public static JsonObjectBuilder object() {
    return PROVIDER.createObjectBuilder();
  }

  public static JsonObjectBuilder object(JsonObject start) {
    return PROVIDER.createObjectBuilder(start);
  }

  public static JsonArrayBuilder array() {
    return PROVIDER.createArrayBuilder();
  }

  public static JsonArray strings(Collection<String> values) {
    JsonArrayBuilder array = array();
    values.forEach(array::add);
    return array.build();
  }

  /** The string as a JSON value, or JSON's null. */
  public static JsonValue string(@Nullable String value) {
    return value == null ? JsonValue.NULL : PROVIDER.createValue(value);
  }

  /** A number with at most three decimals, or JSON's null. */
  public static JsonValue millis(@Nullable Double value) {
    return value == null ? JsonValue.NULL : PROVIDER.createValue(Math.round(value * 1000) / 1000.0);
  }

  public static JsonValue decimal(BigDecimal value) {
    return PROVIDER.createValue(value.scale() < 0 ? value.setScale(0) : value);
  }

  public static JsonValue number(long value) {
    return PROVIDER.createValue(value);
  }

  /** Applies an RFC 7396 merge patch. */
  public static JsonValue merge(JsonObject target, JsonObject patch) {
    return PROVIDER.createMergePatch(patch).apply(target);
  }

  /** A parser of a text, which is to be closed. It throws a RuntimeException of any kind. */
  public static JsonParser parser(String text) {
    return PROVIDER.createParser(new StringReader(text));
  }

  /**
   * Parses one JSON value, whatever its type.
   *
   * @throws InvalidDocument if it is no JSON, nested deeper than 200, or followed by anything
   */
  public static JsonValue parse(String text) {
    if (isTooDeep(text)) { // not left to the parser, which may use up its stack
      throw new InvalidDocument("", "nested deeper than " + DEEPEST);
    }
    JsonValue value;
    boolean more;
    try (JsonParser parser = parser(text)) {
      parser.next();
      value = parser.getValue();
      more = parser.hasNext();
    } catch (RuntimeException e) { // not only JsonException: a number may be too long for it
      throw new InvalidDocument("", "not valid JSON: " + firstLine(e));
    }
    if (more) {
      throw new InvalidDocument("", "not valid JSON: more than one value");
    }
    return value;
  }

  private static boolean isTooDeep(String text) {
    int depth = 0;
    boolean inString = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        inString = !inString;
      } else if (inString) {
        i += c == '\\' ? 1 : 0;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      }
      if (depth > DEEPEST) {
        return true;
      }
    }
    return false;
  }

  /**
   * Parses a JSON object from UTF-8 bytes, refusing malformed UTF-8.
   *
   * @throws InvalidDocument if the bytes are not UTF-8, not JSON, or not an object
   */
  public static JsonObject parseObject(byte[] utf8) {
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(utf8))
              .toString();
    } catch (CharacterCodingException e) {
      throw new InvalidDocument("", "not valid UTF-8");
    }
    if (text.isBlank()) {
      throw new InvalidDocument("", "a JSON object is required");
    }
    if (parse(text) instanceof JsonObject object) {
      return object;
    }
    throw new InvalidDocument("", "must be a JSON object");
  }

  private static String firstLine(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
