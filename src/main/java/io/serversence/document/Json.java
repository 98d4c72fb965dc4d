package io.serversence.document;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
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
   * @throws InvalidDocument if it is no JSON, nested too deep, or followed by anything
   */
  public static JsonValue parse(String text) {
    try (JsonReader reader = PROVIDER.createReader(new StringReader(text))) {
      return reader.readValue();
    } catch (RuntimeException e) { // the parser reports excessive depth as a bare RuntimeException
      throw new InvalidDocument("", "not valid JSON: " + firstLine(e));
    }
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
