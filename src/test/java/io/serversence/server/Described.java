package io.serversence.server;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schemas of the OpenAPI document, and valid documents made of them. */
final class Described {
  /** Where a schema alone would make something that is not valid, or not for tests. */
  private static final Map<String, JsonValue> EXAMPLES =
      Map.ofEntries(
          Map.entry("enabled", JsonValue.FALSE), // so that nothing is probed
          Map.entry("host", Json.createValue("127.0.0.1")),
          Map.entry("serverName", Json.createValue("localhost")),
          Map.entry("method", Json.createValue("GET")),
          Map.entry("conditions", list("[CONNECTED] == true")),
          Map.entry("degradedWhen", list("[RESPONSE_TIME] > 300")),
          Map.entry("until", Json.createValue("2099-01-01T00:00:00Z")),
          Map.entry("failureThreshold", Json.createValue(1)),
          Map.entry("successThreshold", Json.createValue(1)));

  private final JsonObject document;

  Described(JsonObject openApi) {
    this.document = openApi;
  }

  JsonObject document() {
    return document;
  }

  /** The schema itself, or the one that it refers to. */
  JsonObject resolved(JsonObject schema) {
    return schema.containsKey("$ref")
        ? document.getValue(schema.getString("$ref").substring(1)).asJsonObject()
        : schema;
  }

  /** The ways to write what has a schema: one, or as many as it has alternatives. */
  List<JsonValue> valid(String name, JsonObject unresolved) {
    JsonObject schema = resolved(unresolved);
    if (EXAMPLES.containsKey(name)) {
      return List.of(EXAMPLES.get(name));
    }
    if (schema.containsKey("oneOf")) {
      return schema.getJsonArray("oneOf").getValuesAs(JsonObject.class).stream()
          .filter(one -> !resolved(one).getString("type", "").equals("null"))
          .flatMap(one -> valid(name, one).stream())
          .toList();
    }
    if (schema.containsKey("const")) {
      return List.of(schema.get("const"));
    }
    if (schema.containsKey("enum")) {
      return List.of(schema.getJsonArray("enum").get(0));
    }
    JsonValue type = schema.get("type");
    String first =
        type instanceof JsonArray some ? some.getString(0) : ((JsonString) type).getString();
    return switch (first) {
      case "object" -> objects(schema);
      case "array" -> {
        JsonArrayBuilder array = Json.createArrayBuilder();
        array.add(valid("", schema.getJsonObject("items")).get(0));
        yield List.of(array.build());
      }
      case "integer" -> List.of(Json.createValue(schema.getInt("minimum", 1)));
      case "boolean" -> List.of(JsonValue.TRUE);
      default -> List.of(Json.createValue(text(schema)));
    };
  }

  private static String text(JsonObject schema) {
    if (schema.getString("pattern", "").contains("(ms|s|m|h|d)")) {
      return "1s";
    }
    return switch (schema.getString("format", "")) {
      case "duration" -> "1s";
      case "uri" -> "http://127.0.0.1:1/";
      case "date-time" -> "2026-01-01T00:00:00Z";
      default -> "x".repeat(Math.max(1, schema.getInt("minLength", 1)));
    };
  }

  private List<JsonValue> objects(JsonObject schema) {
    List<JsonObjectBuilder> all = new ArrayList<>();
    all.add(Json.createObjectBuilder());
    if (!schema.containsKey("properties")) {
      return List.of(all.get(0).add("x", "x").build());
    }
    writable(schema)
        .forEach(
            (name, property) -> {
              List<JsonValue> values = valid(name, property);
              List<JsonObjectBuilder> more = new ArrayList<>();
              for (JsonObjectBuilder begun : all) {
                JsonObject so = begun.build();
                values.forEach(v -> more.add(Json.createObjectBuilder(so).add(name, v)));
              }
              all.clear();
              all.addAll(more);
            });
    return all.stream().map(b -> (JsonValue) b.build()).toList();
  }

  /** The properties that clients may write. */
  Map<String, JsonObject> writable(JsonObject schema) {
    Map<String, JsonObject> writable = new LinkedHashMap<>();
    schema
        .getJsonObject("properties")
        .forEach(
            (name, property) -> {
              if (!property.asJsonObject().getBoolean("readOnly", false)) {
                writable.put(name, property.asJsonObject());
              }
            });
    return writable;
  }

  /** The alternative of a schema that a value was made of. */
  JsonObject matching(JsonObject unresolved, JsonValue value) {
    JsonObject schema = resolved(unresolved);
    if (!schema.containsKey("oneOf")) {
      return schema;
    }
    return schema.getJsonArray("oneOf").getValuesAs(JsonObject.class).stream()
        .map(this::resolved)
        .filter(one -> value instanceof JsonObject object && fits(one, object))
        .findFirst()
        .orElseThrow();
  }

  private static boolean fits(JsonObject schema, JsonObject value) {
    JsonObject properties = schema.getJsonObject("properties");
    if (properties == null || !properties.keySet().containsAll(value.keySet())) {
      return false;
    }
    JsonObject type = properties.getJsonObject("type");
    return type == null || type.get("const").equals(value.get("type"));
  }

  private static JsonArray list(String text) {
    return Json.createArrayBuilder().add(text).build();
  }
}
