package io.serversence.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.serversence.server.BadRequest.Must;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Something that does not belong in a field.
 *
 * @param name says what it is
 * @param json as it is written, which need not be JSON
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are written and never compared
record NastyValue(String name, byte[] json, Must must) {
  /** What attacks and accidents put where text is expected; each may happen to be allowed. */
  static final Map<String, String> TEXTS = new LinkedHashMap<>();

  static {
    TEXTS.put("SQL", "'; drop table monitor; --");
    TEXTS.put("SQL or", "\" or 1=1 /*");
    TEXTS.put("HTML", "<script>alert(1)</script>");
    TEXTS.put("CRLF", "a\r\nSet-Cookie: x=1\r\n\r\n<b>");
    TEXTS.put("JNDI", "${jndi:ldap://127.0.0.1:1/a}");
    TEXTS.put("expression", "#{7*7}${7*7}{{7*7}}%{7*7}");
    TEXTS.put("path", "../../../../../../etc/passwd");
    TEXTS.put("path of Windows", "..\\..\\con:1");
    TEXTS.put("format", "%s%n%x%1$*1$d{0}");
    TEXTS.put("NUL", "a\0b");
    TEXTS.put("control", "\u0001\u001b[31m\u007f\u0085");
    TEXTS.put("other direction", "\u202egnirts\u2066\u200b");
    TEXTS.put("no character", "\ufffe\uffff\ufeff");
    TEXTS.put("beyond the BMP", "\ud83d\udca9\ud835\udd18");
    TEXTS.put("blank", " \u00a0\u2003\t ");
    TEXTS.put("word null", "null");
    TEXTS.put("word NaN", "NaN");
    TEXTS.put("digits of elsewhere", "\u0663\u0664\uff11s");
    TEXTS.put("minus", "-1");
  }

  private static final Map<String, String> WRITTEN =
      Map.ofEntries(
          Map.entry("half a pair", "\"\\ud800\""),
          Map.entry("a pair the wrong way round", "\"a\\udc00\\ud800\""),
          Map.entry("huge number", "1e999999"),
          Map.entry("huge negative number", "-1e999999"),
          Map.entry("tiny number", "1e-999999"),
          Map.entry("beyond long", "99999999999999999999999"),
          Map.entry("exact but for a bit", "1.0000000000000000000000001"),
          Map.entry("beyond int", "2147483648"),
          Map.entry("fraction", "0.5"),
          Map.entry("negative", "-1"));

  /** What is no JSON, or not in UTF-8. */
  private static final Map<String, String> NO_JSON =
      Map.ofEntries(
          Map.entry("NaN", "NaN"),
          Map.entry("octal", "017"),
          Map.entry("plus", "+1"),
          Map.entry("hex", "0x10"),
          Map.entry("dot", ".5"),
          Map.entry("single quotes", "'x'"),
          Map.entry("no quotes", "x"),
          Map.entry("nothing", ""),
          Map.entry("a NUL as it is", "\"a\0b\""),
          Map.entry("a line end as it is", "\"a\nb\""),
          Map.entry("unknown escape", "\"\\x41\""),
          Map.entry("cut escape", "\"\\u12\""),
          Map.entry("broken UTF-8", "\"\u00ff\u00fe\""),
          Map.entry("overlong UTF-8", "\"\u00c0\u0080\""),
          Map.entry("half a pair in UTF-8", "\"\u00ed\u00a0\u0080\""),
          Map.entry("cut UTF-8", "\"\u00e2\u0082\""));

  /** All that may be tried on a field with a schema. */
  static List<NastyValue> of(JsonObject schema, boolean required) {
    List<NastyValue> values = new ArrayList<>();
    Set<String> types = types(schema);
    Map.of(
            "integer", "7",
            "boolean", "true",
            "string", "\"x\"",
            "array", "[1]",
            "object", "{\"x\":1}")
        .forEach(
            (type, json) -> {
              if (!types.contains(type)) {
                values.add(text("a " + type, json, Must.NAME_THE_FIELD));
              }
            });
    values.add(text("null", "null", required ? Must.NAME_THE_FIELD : Must.NOT_FAIL));
    TEXTS.forEach((name, text) -> values.add(text(name, quoted(text), textMust(types))));
    WRITTEN.forEach(
        (name, json) ->
            values.add(
                text(
                    name,
                    json,
                    json.startsWith("\"")
                        ? Must.NAME_THE_FIELD
                        : types.contains("integer") ? Must.NOT_FAIL : Must.NAME_THE_FIELD)));
    NO_JSON.forEach(
        (name, json) -> values.add(new NastyValue(name, json.getBytes(ISO_8859_1), Must.REFUSE)));
    limits(schema, values);
    return values;
  }

  private static Must textMust(Set<String> types) {
    return types.contains("string") ? Must.NOT_FAIL : Must.NAME_THE_FIELD;
  }

  /** Just beyond what the schema allows. */
  private static void limits(JsonObject schema, List<NastyValue> values) {
    if (schema.containsKey("maxLength")) {
      values.add(
          text(
              "too long", quoted("x".repeat(schema.getInt("maxLength") + 1)), Must.NAME_THE_FIELD));
    }
    if (schema.getInt("minLength", 0) > 0) {
      values.add(text("too short", "\"\"", Must.NAME_THE_FIELD));
    }
    if (schema.containsKey("maximum")) {
      values.add(text("too great", "" + (schema.getInt("maximum") + 1), Must.NAME_THE_FIELD));
      values.add(text("too small", "" + (schema.getInt("minimum") - 1), Must.NAME_THE_FIELD));
    }
    if (schema.containsKey("maxItems")) {
      String items = "\"x\",".repeat(schema.getInt("maxItems")) + "\"x\"";
      values.add(text("too many", "[" + items + "]", Must.NAME_THE_FIELD));
    }
    if (schema.containsKey("maxProperties")) {
      StringBuilder many = new StringBuilder("{\"x\":\"\"");
      for (int i = 0; i < schema.getInt("maxProperties"); i++) {
        many.append(",\"x").append(i).append("\":\"\"");
      }
      values.add(text("too many", many + "}", Must.NAME_THE_FIELD));
    }
    if (schema.containsKey("enum")
        || schema.containsKey("const")
        || schema.containsKey("pattern")
        || (schema.containsKey("format") && !schema.getString("format").equals("password"))) {
      values.add(text("no such word", "\"no such word!\"", Must.NAME_THE_FIELD));
    }
    if (schema.getString("format", "").equals("duration")) {
      for (String wrong :
          List.of(
              "0s", "-1s", "1", "1.5s", "1000000000s", "999999999d", "1 s", "1S", "s", "PT1S")) {
        values.add(text("duration " + wrong, quoted(wrong), Must.NAME_THE_FIELD));
      }
    }
    if (schema.getString("format", "").equals("uri")) {
      for (String wrong :
          List.of(
              "file:///etc/passwd",
              "javascript:alert(1)",
              "http://",
              "//127.0.0.1/",
              "http://127.0.0.1:99999/",
              "http://u:p@127.0.0.1/",
              "http://127.0.0.1/ x")) {
        values.add(text("URL " + wrong, quoted(wrong), Must.NAME_THE_FIELD));
      }
    }
  }

  /** The JSON types that a schema takes. */
  private static Set<String> types(JsonObject schema) {
    Set<String> types = new HashSet<>();
    JsonValue type = schema.get("type");
    if (type instanceof JsonString one) {
      types.add(one.getString());
    } else if (type instanceof JsonArray several) {
      several.getValuesAs(JsonString.class).forEach(t -> types.add(t.getString()));
    } else {
      types.add("object"); // oneOf
    }
    return types;
  }

  private static NastyValue text(String name, String json, Must must) {
    return new NastyValue(name, json.getBytes(UTF_8), must);
  }

  private static String quoted(String text) {
    return Json.createValue(text).toString();
  }
}
