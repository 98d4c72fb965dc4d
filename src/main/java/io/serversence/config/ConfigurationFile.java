package io.serversence.config;

import io.serversence.document.Fields;
import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.MonitorDocument;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The YAML file: {@code settings} and {@code monitors}, the latter with the field names of REST.
 * The file is read whole or not at all.
 *
 * @param settings by name without the prefix, such as {@code stream.max}
 * @param monitors the documents of the monitors, each valid, no key twice
 */
public record ConfigurationFile(Map<String, String> settings, List<JsonObject> monitors) {
  private static final int MAX_BYTES = 10 * 1024 * 1024;
  private static final int MAX_MONITORS = 20_000;

  /** What there is without a file. */
  public static final ConfigurationFile NONE = new ConfigurationFile(Map.of(), List.of());

  /**
   * Reads a file.
   *
   * @throws InvalidSetting with one line that names the file and the place in it
   */
  public static ConfigurationFile read(Path path) {
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
      return parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw InvalidSetting.inFile(name, "is not valid UTF-8");
    } catch (YamlEngineException | InvalidDocument e) {
      throw InvalidSetting.inFile(name, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Reads the text of a file.
   *
   * @throws YamlEngineException if it is no YAML
   * @throws InvalidDocument if a field is wrong
   */
  static ConfigurationFile parse(String yaml) {
    LoadSettings limits =
        LoadSettings.builder()
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(20)
            .setCodePointLimit(MAX_BYTES)
            .build();
    Object root = new Load(limits).loadFromReader(new StringReader(yaml));
    if (root == null) {
      return NONE;
    }
    if (!(json(root, "", new Budget()) instanceof JsonObject document)) {
      throw new InvalidDocument("", "must be a mapping with settings and monitors");
    }
    Fields fields = new Fields(document).ignore("monitors");
    Map<String, String> settings = new HashMap<>();
    if (document.get("settings") instanceof JsonObject nested) {
      fields.ignore("settings");
      flatten("", nested, settings);
    } else if (fields.has("settings")) {
      fields.fault("settings", "must be a mapping");
    }
    fields.finish();
    return new ConfigurationFile(settings, monitors(document.get("monitors")));
  }

  private static List<JsonObject> monitors(@Nullable JsonValue value) {
    List<JsonObject> monitors = new ArrayList<>();
    if (value == null || value == JsonValue.NULL) {
      return monitors;
    }
    if (!(value instanceof JsonArray array) || array.size() > MAX_MONITORS) {
      throw new InvalidDocument("monitors", "must be a list of at most " + MAX_MONITORS);
    }
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < array.size(); i++) {
      String at = "monitors[" + i + "]";
      if (!(array.get(i) instanceof JsonObject document)) {
        throw new InvalidDocument(at, "must be a mapping");
      }
      Monitor monitor;
      try {
        monitor = MonitorDocument.read(document, null);
      } catch (InvalidDocument e) {
        throw new InvalidDocument(at, String.valueOf(e.getMessage()));
      }
      if (!keys.add(monitor.id())) {
        throw new InvalidDocument(at + ".id", monitor.id() + " is there twice");
      }
      monitors.add(document);
    }
    return monitors;
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

  /** Counts values, because aliases make a small file a large document. */
  private static final class Budget {
    private int left = 1_000_000;

    void spend(String at) {
      if (--left < 0) {
        throw new InvalidDocument("", "is too large");
      }
      if (at.length() > 4_000) { // a collection that holds itself
        throw new InvalidDocument("", "is nested too deep");
      }
    }
  }

  private static JsonValue json(@Nullable Object node, String at, Budget budget) {
    budget.spend(at);
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
            object.add(name, json(value, at.isEmpty() ? name : at + "." + name, budget));
          });
      return object.build();
    }
    if (node instanceof List<?> list) {
      JsonArrayBuilder array = Json.array();
      for (int i = 0; i < list.size(); i++) {
        array.add(json(list.get(i), at + "[" + i + "]", budget));
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
