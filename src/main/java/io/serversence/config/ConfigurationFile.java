package io.serversence.config;

import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The YAML file: {@code settings}, and what is configured, with the field names of REST. The file
 * is read whole or not at all.
 *
 * @param name of the file, for messages
 * @param settings by name without the prefix, such as {@code stream.max}
 * @param declared what is beside the settings, of which nothing is known here
 */
public record ConfigurationFile(String name, Map<String, String> settings, JsonObject declared) {
  private static final int MAX_BYTES = 10 * 1024 * 1024;

  /** What there is without a file. */
  public static final ConfigurationFile NONE =
      new ConfigurationFile("", Map.of(), JsonValue.EMPTY_JSON_OBJECT);

  /**
   * Reads a file.
   *
   * @param environment what its {@link Placeholders} stand for
   * @throws InvalidSetting with one line that names the file and the place in it
   */
  public static ConfigurationFile read(Path path, UnaryOperator<@Nullable String> environment) {
    String name = path.toString();
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw InvalidSetting.inFile(name, "does not exist");
    } catch (IOException e) {
      throw InvalidSetting.inFile(name, "cannot be read (" + e.getClass().getSimpleName() + ")");
    }
    if (bytes.length > MAX_BYTES) {
      throw InvalidSetting.inFile(name, "is larger than 10 MiB");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return of(name, Yaml.read(Placeholders.filled(text, environment)));
    } catch (CharacterCodingException e) {
      throw InvalidSetting.inFile(name, "is not valid UTF-8");
    } catch (InvalidDocument e) {
      throw InvalidSetting.inFile(name, e);
    }
  }

  private static ConfigurationFile of(String name, JsonValue root) {
    if (root == JsonValue.NULL) {
      return NONE;
    }
    if (!(root instanceof JsonObject document)) {
      throw new InvalidDocument("", "must be a mapping");
    }
    Map<String, String> settings = new HashMap<>();
    JsonValue given = document.getOrDefault("settings", JsonValue.NULL);
    if (given instanceof JsonObject nested) {
      flatten("", nested, settings);
    } else if (given != JsonValue.NULL) {
      throw new InvalidDocument("settings", "must be a mapping");
    }
    JsonObject declared = Json.object(document).remove("settings").build();
    return new ConfigurationFile(name, Map.copyOf(settings), declared);
  }

  private static void flatten(String prefix, JsonObject nested, Map<String, String> into) {
    nested.forEach(
        (key, value) -> {
          String name = prefix + key;
          if (value instanceof JsonObject inner) {
            flatten(name + ".", inner, into);
          } else if (value instanceof JsonString string) {
            into.put(name, string.getString());
          } else if (value instanceof JsonArray) {
            throw new InvalidDocument("settings." + name, "must be a single value");
          } else if (value != JsonValue.NULL) {
            into.put(name, value.toString());
          }
        });
  }
}
