package io.serversence.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.serversence.server.BadRequest.Must;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The requests to one operation whose body has one thing wrong: every field of its schema in turn,
 * and the body as a whole.
 */
final class BadBodies {
  private static final int DEEP = 100_000;
  private static final byte[] PLACE = "\"@@place@@\"".getBytes(UTF_8);

  private final Described described;
  private final String head;
  private final String operation;
  private final JsonObject schema;
  private final boolean thorough;
  private final Set<String> seen = new HashSet<>();
  private final List<BadRequest> requests = new ArrayList<>();

  /**
   * Makes them.
   *
   * @param head the request's up to its length
   * @param thorough whether bodies of a mebibyte are among them
   */
  BadBodies(
      Described described, String operation, String head, JsonObject schema, boolean thorough) {
    this.described = described;
    this.operation = operation;
    this.head = head;
    this.schema = described.resolved(schema);
    this.thorough = thorough;
  }

  /** All those with a valid document as their origin; a field met before is not tried again. */
  List<BadRequest> from(JsonObject valid) {
    fields(schema, valid, valid, "");
    List<BadRequest> made = List.copyOf(requests);
    requests.clear();
    return made;
  }

  private void fields(JsonObject of, JsonObject object, JsonObject whole, String path) {
    if (!of.containsKey("properties")) { // of any name
      for (String name : object.keySet()) {
        field(of.getJsonObject("additionalProperties"), false, object, name, whole, path);
      }
      return;
    }
    JsonArray required = of.getJsonArray("required");
    described
        .writable(of)
        .forEach(
            (name, property) -> {
              boolean must =
                  required != null && required.getValuesAs(JsonString::getString).contains(name);
              if (object.containsKey(name)) {
                field(property, must, object, name, whole, path);
              }
            });
    if (seen.add(path + "?")) {
      more(
          whole,
          path,
          "an unknown field",
          ",\"no-such-field\":1",
          Must.NAME_THE_FIELD,
          "no-such-field");
      more(
          whole,
          path,
          "an unknown name",
          ",\"\\u0000<b>'\\r\\n\":1",
          Must.NAME_THE_FIELD,
          "\0<b>'\r\n");
      if (thorough) {
        String name = "n".repeat(900_000);
        more(whole, path, "a name of 900 kB", ",\"" + name + "\":1", Must.REFUSE, "");
      }
    }
  }

  private void field(
      JsonObject unresolved,
      boolean required,
      JsonObject object,
      String name,
      JsonObject whole,
      String path) {
    JsonValue value = object.get(name);
    JsonObject of = described.matching(unresolved, value);
    String at = path.isEmpty() ? name : path + "." + name;
    String key = at + (at.equals("target.type") ? value : "");
    if (seen.add(key)) {
      for (NastyValue nasty : NastyValue.of(of, required)) {
        add(whole, at, nasty.name(), nasty.json(), nasty.must(), at);
      }
      if (required) {
        without(whole, at);
      }
      doubled(whole, path, name, value);
      if (thorough) {
        add(whole, at, "deep", deep(), Must.REFUSE, "");
        String long1 = "\"" + "x".repeat(1_000_000) + "\"";
        add(whole, at, "a megabyte", long1.getBytes(UTF_8), Must.NAME_THE_FIELD, at);
      }
    }
    if (value instanceof JsonObject inner) {
      fields(of, inner, whole, at);
    } else if (value instanceof JsonArray && seen.add(at + "[0]")) {
      for (NastyValue nasty : NastyValue.of(described.resolved(of.getJsonObject("items")), true)) {
        boolean empty = nasty.json().length == 0; // no item is a list too
        add(
            whole,
            at + "[0]",
            nasty.name(),
            nasty.json(),
            empty ? Must.NOT_FAIL : nasty.must(),
            at);
      }
    }
  }

  private void add(JsonObject whole, String at, String what, byte[] json, Must must, String field) {
    String path = "/" + at.replace(".", "/").replace("[0]", "/0");
    JsonObject marked = Json.createPointer(path).replace(whole, Json.createValue("@@place@@"));
    request(at + ": " + what, replaced(marked.toString().getBytes(UTF_8), json), must, field);
  }

  private void without(JsonObject whole, String at) {
    JsonObject less = Json.createPointer("/" + at.replace(".", "/")).remove(whole);
    Must must = operation.startsWith("PATCH") ? Must.NOT_FAIL : Must.NAME_THE_FIELD;
    request(at + ": missing", less.toString().getBytes(UTF_8), must, at);
  }

  /** A second member of the same name; which one counts is nobody's business. */
  private void doubled(JsonObject whole, String path, String name, JsonValue value) {
    more(whole, path, name + " twice", ",\"" + name + "\":" + value, Must.NOT_FAIL, "");
  }

  /** Puts text before the end of the object at a path. */
  private void more(
      JsonObject whole, String path, String what, String text, Must must, String field) {
    JsonObject object =
        path.isEmpty() ? whole : whole.getValue("/" + path.replace(".", "/")).asJsonObject();
    String body = object.toString();
    String changed = body.substring(0, body.length() - 1) + text + "}";
    byte[] bytes =
        path.isEmpty()
            ? changed.getBytes(UTF_8)
            : replaced(
                Json.createPointer("/" + path.replace(".", "/"))
                    .replace(whole, Json.createValue("@@place@@"))
                    .toString()
                    .getBytes(UTF_8),
                changed.getBytes(UTF_8));
    request(
        path + ": " + what,
        bytes,
        must,
        path.isEmpty() || field.isEmpty() ? field : path + "." + field);
  }

  private static byte[] replaced(byte[] body, byte[] by) {
    int at = indexOf(body, PLACE);
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + by.length);
    out.write(body, 0, at);
    out.writeBytes(by);
    out.write(body, at + PLACE.length, body.length - at - PLACE.length);
    return out.toByteArray();
  }

  private static int indexOf(byte[] all, byte[] part) {
    for (int i = 0; i + part.length <= all.length; i++) {
      if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new IllegalArgumentException("there is no place");
  }

  private static byte[] deep() {
    return ("[".repeat(DEEP) + "]".repeat(DEEP)).getBytes(UTF_8);
  }

  /** What can be wrong with a body, whatever it is for. */
  List<BadRequest> wholes() {
    Map<String, byte[]> wrong = new LinkedHashMap<>();
    wrong.put("blank", " \n\t".getBytes(UTF_8));
    for (String text :
        List.of(
            "null",
            "true",
            "1",
            "\"x\"",
            "[]",
            "[{}]",
            "{",
            "}",
            "{\"a\"}",
            "{\"a\":}",
            "{a:1}",
            "{\"a\":1,}",
            "{,}",
            "{} {}",
            "{}x",
            "// no\n{}",
            "{'a':1}",
            "<a/>",
            "a=b&c=d",
            "--- a: b",
            "\\",
            "{\"\":1}",
            "{\"__proto__\":{\"a\":1}}",
            "{\"@type\":\"x\"}")) {
      wrong.put(text, text.getBytes(UTF_8));
    }
    wrong.put("deep arrays", deep());
    wrong.put("deep objects", ("{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP)).getBytes(UTF_8));
    wrong.put("deep without an end", "[".repeat(DEEP).getBytes(UTF_8));
    wrong.put("UTF-16", "{\"a\":1}".getBytes(UTF_16LE));
    wrong.put("NULs", new byte[1000]);
    wrong.put("gzip's beginning", "\u001f\u008b\b\0\0\0".getBytes(ISO_8859_1));
    wrong.put("Latin-1", "{\"\u00e4\":\"\u00f6\"}".getBytes(ISO_8859_1));
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 50_000; i++) {
      many.append("\"f").append(i).append("\":1,");
    }
    wrong.put("50,000 unknown fields", (many + "\"x\":1}").getBytes(UTF_8));
    wrong.put("digits", "9".repeat(500_000).getBytes(UTF_8));
    wrong.forEach((name, body) -> request(name, body, Must.REFUSE, ""));
    List<BadRequest> made = List.copyOf(requests);
    requests.clear();
    return made;
  }

  private void request(String what, byte[] body, Must must, String field) {
    requests.add(
        new BadRequest(operation + " with " + what, BadRequest.request(head, body), must, field));
  }
}
