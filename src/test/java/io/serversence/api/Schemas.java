package io.serversence.api;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Holds documents against the schemas of the API: a small JSON Schema validator that knows the
 * words that these schemas use and fails on any other, and that remembers which members it has
 * seen.
 */
final class Schemas {
  private static final String REFERENCE = "#/components/schemas/";
  private static final Set<String> CHECKED =
      Set.of(
          "type",
          "properties",
          "required",
          "additionalProperties",
          "enum",
          "const",
          "oneOf",
          "items",
          "$ref",
          "pattern",
          "minLength",
          "maxLength",
          "maxItems",
          "maxProperties",
          "minimum",
          "maximum");
  private static final Set<String> NOTES =
      Set.of(
          "description",
          "default",
          "format",
          "readOnly",
          "writeOnly",
          "discriminator",
          "x-required");

  private final JsonObject schemas;
  private final Set<String> seen = new HashSet<>();

  Schemas(JsonObject schemas) {
    this.schemas = schemas;
  }

  JsonObject schema(String name) {
    JsonObject schema = schemas.getJsonObject(name);
    if (schema == null) {
      throw new AssertionError("no schema " + name);
    }
    return schema;
  }

  /** The faults of a document, each with its place; empty if it is what the schema says. */
  List<String> faults(String name, JsonValue document) {
    List<String> faults = new ArrayList<>();
    check(name, schema(name), document, faults);
    return faults;
  }

  /** The members of a schema, and of what it is made of, that no document has had. */
  Set<String> unseen(String name) {
    Set<String> members = new HashSet<>();
    collect(name, schema(name), members);
    members.removeAll(seen);
    return members;
  }

  private void check(String at, JsonObject schema, JsonValue value, List<String> faults) {
    for (String word : schema.keySet()) {
      if (!CHECKED.contains(word) && !NOTES.contains(word)) {
        throw new AssertionError("unknown word of a schema: " + word);
      }
    }
    if (schema.containsKey("$ref")) {
      String name = schema.getString("$ref").substring(REFERENCE.length());
      check(name, schema(name), value, faults);
    }
    if (schema.containsKey("type") && !hasType(schema.get("type"), value)) {
      faults.add(at + ": is no " + schema.get("type") + " but " + value);
      return;
    }
    if (schema.containsKey("enum") && !schema.getJsonArray("enum").contains(value)) {
      faults.add(at + ": not in the enum: " + value);
    }
    if (schema.containsKey("const") && !schema.get("const").equals(value)) {
      faults.add(at + ": not " + schema.get("const") + " but " + value);
    }
    if (schema.containsKey("oneOf")) {
      oneOf(at, schema.getJsonArray("oneOf"), value, faults);
    }
    if (value instanceof JsonString string) {
      string(at, schema, string.getString(), faults);
    } else if (value instanceof JsonNumber number) {
      double d = number.doubleValue();
      bound(at, d >= schema.getInt("minimum", Integer.MIN_VALUE), faults);
      bound(at, d <= schema.getInt("maximum", Integer.MAX_VALUE), faults);
    } else if (value instanceof JsonArray array) {
      bound(at, array.size() <= schema.getInt("maxItems", Integer.MAX_VALUE), faults);
      for (int i = 0; i < array.size() && schema.containsKey("items"); i++) {
        check(at + "[]", schema.getJsonObject("items"), array.get(i), faults);
      }
    } else if (value instanceof JsonObject object) {
      object(at, schema, object, faults);
    }
  }

  private void oneOf(String at, JsonArray choices, JsonValue value, List<String> faults) {
    List<String> all = new ArrayList<>();
    int fitting = 0;
    for (int i = 0; i < choices.size(); i++) {
      List<String> own = new ArrayList<>();
      check(at + "|" + i, choices.getJsonObject(i), value, own);
      fitting += own.isEmpty() ? 1 : 0;
      all.addAll(own);
    }
    if (fitting != 1) {
      faults.add(at + ": fits " + fitting + " of the schemas: " + all);
    }
  }

  private static void string(String at, JsonObject schema, String text, List<String> faults) {
    bound(at, text.length() >= schema.getInt("minLength", 0), faults);
    bound(at, text.length() <= schema.getInt("maxLength", Integer.MAX_VALUE), faults);
    String pattern = schema.getString("pattern", "");
    if (!Pattern.compile(pattern).matcher(text).find()) {
      faults.add(at + ": " + text + " is not of the pattern " + pattern);
    }
  }

  private void object(String at, JsonObject schema, JsonObject object, List<String> faults) {
    bound(at, object.size() <= schema.getInt("maxProperties", Integer.MAX_VALUE), faults);
    if (schema.containsKey("required")) {
      for (JsonString name : schema.getJsonArray("required").getValuesAs(JsonString.class)) {
        if (!object.containsKey(name.getString())) {
          faults.add(at + "." + name.getString() + ": is missing");
        }
      }
    }
    JsonObject properties =
        schema.containsKey("properties")
            ? schema.getJsonObject("properties")
            : JsonValue.EMPTY_JSON_OBJECT;
    JsonValue others = schema.get("additionalProperties");
    for (Map.Entry<String, JsonValue> member : object.entrySet()) {
      String place = at + "." + member.getKey();
      if (properties.containsKey(member.getKey())) {
        seen.add(place);
        check(place, properties.getJsonObject(member.getKey()), member.getValue(), faults);
      } else if (others instanceof JsonObject other) {
        check(place, other, member.getValue(), faults);
      } else if (JsonValue.FALSE.equals(others)) {
        faults.add(place + ": is not known to the schema");
      }
    }
  }

  private void collect(String at, JsonValue schema, Set<String> members) {
    if (schema instanceof JsonArray choices) {
      for (int i = 0; i < choices.size(); i++) {
        collect(at + "|" + i, choices.get(i), members);
      }
    } else if (schema instanceof JsonObject object) {
      if (object.containsKey("$ref")) {
        String name = object.getString("$ref").substring(REFERENCE.length());
        collect(name, schema(name), members);
      }
      if (object.containsKey("properties")) {
        object
            .getJsonObject("properties")
            .forEach(
                (name, inner) -> {
                  members.add(at + "." + name);
                  collect(at + "." + name, inner, members);
                });
      }
      collect(at + "[]", object.getOrDefault("items", JsonValue.NULL), members);
      collect(at, object.getOrDefault("oneOf", JsonValue.NULL), members);
    }
  }

  private static void bound(String at, boolean kept, List<String> faults) {
    if (!kept) {
      faults.add(at + ": out of bounds");
    }
  }

  private static boolean hasType(JsonValue types, JsonValue value) {
    if (types instanceof JsonArray several) {
      return several.stream().anyMatch(type -> hasType(type, value));
    }
    String type = ((JsonString) types).getString();
    return switch (value.getValueType()) {
      case STRING -> type.equals("string");
      case TRUE, FALSE -> type.equals("boolean");
      case NULL -> type.equals("null");
      case ARRAY -> type.equals("array");
      case OBJECT -> type.equals("object");
      case NUMBER ->
          type.equals("number") || (type.equals("integer") && ((JsonNumber) value).isIntegral());
    };
  }
}
