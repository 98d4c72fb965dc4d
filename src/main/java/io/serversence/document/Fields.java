package io.serversence.document;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one JSON object strictly: every field that is asked for is checked, and every
 * field that nobody asked for is an error. Faults are collected, so that one answer names them all:
 * a reading method answers null (or an empty collection) for a faulty field, and {@link #finish()}
 * throws. JSON's null counts as absent. Not safe for use by several threads.
 */
public final class Fields {
  private static final int MOST = 300;

  private final JsonObject object;
  private final String path;
  private final List<FieldError> errors;
  private final Set<String> asked = new HashSet<>();
  private final List<Fields> children = new ArrayList<>();

  public Fields(JsonObject object) {
    this(object, "", new ArrayList<>());
  }

  private Fields(JsonObject object, String path, List<FieldError> errors) {
    this.object = object;
    this.path = path;
    this.errors = errors;
  }

  /** Marks fields as known without reading them, such as read-only ones. */
  public Fields ignore(String... names) {
    asked.addAll(List.of(names));
    return this;
  }

  /** True if the field is there and not null. */
  public boolean has(String name) {
    return value(name) != null;
  }

  /** The names that the object has. */
  public Set<String> names() {
    return object.keySet();
  }

  /**
   * A string of {@code min} to {@code max} characters (UTF-16 units) without control characters.
   */
  public @Nullable String string(String name, int min, int max) {
    String text = text(name, max);
    if (text == null) {
      return null;
    }
    if (text.length() < min) {
      return fault(
          name, min == 1 ? "must not be empty" : "must have at least " + min + " characters");
    }
    return hasControl(text) ? fault(name, "must not contain control characters") : text;
  }

  /** True if a character controls the text rather than being part of it, line ends among them. */
  private static boolean hasControl(String text) {
    return text.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
  }

  /** A string of up to {@code max} characters that may hold any character but NUL. */
  public @Nullable String text(String name, int max) {
    JsonValue value = value(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof JsonString string)) {
      return fault(name, "must be a string");
    }
    return checked(name, string.getString(), max);
  }

  private @Nullable String checked(String name, String text, int max) {
    if (text.length() > max) {
      return fault(name, "must have at most " + max + " characters");
    }
    if (text.indexOf('\0') >= 0) {
      return fault(name, "must not contain NUL");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return fault(name, "must not contain half a surrogate pair");
      }
    }
    return text;
  }

  /** Like {@link #string}, and its absence is a fault. */
  public @Nullable String required(String name, int min, int max) {
    return has(name) ? string(name, min, max) : fault(name, "is required");
  }

  public @Nullable Boolean bool(String name) {
    JsonValue value = value(name);
    if (value == null) {
      return null;
    }
    return switch (value.getValueType()) {
      case TRUE -> Boolean.TRUE;
      case FALSE -> Boolean.FALSE;
      default -> fault(name, "must be true or false");
    };
  }

  /** A whole number from {@code min} to {@code max}, both included. */
  public @Nullable Integer integer(String name, int min, int max) {
    JsonValue value = value(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof JsonNumber number)) {
      return fault(name, "must be a whole number");
    }
    double d = number.doubleValue(); // never bigIntegerValue: 1e999999999 would be written out
    if (d != Math.rint(d) || Double.isInfinite(d)) {
      return fault(name, "must be a whole number");
    }
    if (d < min || d > max) {
      return fault(name, "must be from " + min + " to " + max);
    }
    return (int) d;
  }

  /** A duration from {@code min} to {@code max}, both included. */
  public @Nullable Duration duration(String name, Duration min, Duration max) {
    JsonValue value = value(name);
    if (value == null) {
      return null;
    }
    Duration duration =
        value instanceof JsonString string ? Durations.parse(string.getString()) : null;
    if (duration == null) {
      return fault(name, "must be a duration such as \"30s\" (ms, s, m, h, d)");
    }
    if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
      return fault(name, "must be from " + Durations.format(min) + " to " + Durations.format(max));
    }
    return duration;
  }

  public @Nullable Instant time(String name) {
    JsonValue value = value(name);
    if (value == null) {
      return null;
    }
    Instant at = value instanceof JsonString string ? Times.parse(string.getString()) : null;
    return at != null ? at : fault(name, Times.REQUIRED);
  }

  /** One of the given words, exactly as written. */
  public @Nullable String oneOf(String name, Collection<String> words) {
    JsonValue value = value(name);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonString string && words.contains(string.getString())) {
      return string.getString();
    }
    return fault(name, "must be one of " + String.join(", ", words));
  }

  /** A key as in {@link Keys}. */
  public @Nullable String key(String name) {
    JsonValue value = value(name);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonString string && Keys.isKey(string.getString())) {
      return string.getString();
    }
    return fault(name, "must be a key: " + Keys.FORM);
  }

  /**
   * The field {@code id} of a thing that is configured: as given, else a key made of its name. That
   * of a thing that is there already cannot be changed, and need not be given.
   *
   * @param previous the thing's id so far, or null for a new one
   */
  public @Nullable String id(@Nullable String name, @Nullable String previous) {
    String given = key("id");
    if (previous != null) {
      if (given != null && !given.equals(previous)) {
        fault("id", "cannot be changed");
      }
      return previous;
    }
    if (has("id")) {
      return given;
    }
    String derived = name == null ? null : Keys.from(name);
    return derived != null && derived.isEmpty()
        ? fault("id", "is required, because none can be made of this name")
        : derived;
  }

  /**
   * A list of strings without control characters; empty where the field is absent.
   *
   * @param maxItems the greatest number of items
   * @param maxLength the greatest length of one, at least 1 each
   */
  public List<String> strings(String name, int maxItems, int maxLength) {
    JsonValue value = value(name);
    List<String> items = new ArrayList<>();
    if (value == null) {
      return items;
    }
    if (!(value instanceof JsonArray array)) {
      fault(name, "must be a list of strings");
      return items;
    }
    if (array.size() > maxItems) {
      fault(name, "must have at most " + maxItems + " items");
      return items;
    }
    for (int i = 0; i < array.size(); i++) {
      String at = name + "[" + i + "]";
      if (!(array.get(i) instanceof JsonString string)) {
        fault(at, "must be a string");
      } else if (string.getString().isEmpty()) {
        fault(at, "must not be empty");
      } else if (hasControl(string.getString())) {
        fault(at, "must not contain control characters");
      } else {
        String text = checked(at, string.getString(), maxLength);
        if (text != null) {
          items.add(text);
        }
      }
    }
    return items;
  }

  /** An object whose values are strings, in its order; empty where the field is absent. */
  public Map<String, String> stringMap(String name, int maxItems, int maxLength) {
    Map<String, String> map = new LinkedHashMap<>();
    Fields inner = object(name);
    if (inner == null) {
      return map;
    }
    if (inner.object.size() > maxItems) {
      inner.ignore(inner.object.keySet().toArray(String[]::new));
      fault(name, "must have at most " + maxItems + " entries");
      return map;
    }
    for (String key : inner.object.keySet()) {
      String value = inner.string(key, 0, maxLength);
      if (value != null) {
        map.put(key, value);
      }
    }
    return map;
  }

  /** The fields of an object within this one, whose faults are collected here. */
  public @Nullable Fields object(String name) {
    JsonValue value = value(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof JsonObject inner)) {
      return fault(name, "must be an object");
    }
    return child(inner, path + name + ".");
  }

  /** The objects of a list within this one; empty where the field is absent. */
  public List<Fields> objects(String name, int maxItems) {
    JsonValue value = value(name);
    List<Fields> items = new ArrayList<>();
    if (value == null) {
      return items;
    }
    if (!(value instanceof JsonArray array)) {
      fault(name, "must be a list of objects");
    } else if (array.size() > maxItems) {
      fault(name, "must have at most " + maxItems + " items");
    } else {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i) instanceof JsonObject inner) {
          items.add(child(inner, path + name + "[" + i + "]."));
        } else {
          fault(name + "[" + i + "]", "must be an object");
        }
      }
    }
    return items;
  }

  private Fields child(JsonObject inner, String innerPath) {
    Fields child = new Fields(inner, innerPath, errors);
    children.add(child);
    return child;
  }

  /** Notes a fault of a field of this object. Always answers null, for use in a return. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // only ever null
  public <T> @Nullable T fault(String name, String message) {
    String field = path + name; // which may be a megabyte of what somebody sent
    errors.add(new FieldError(field.length() > MOST ? field.substring(0, MOST) : field, message));
    return null;
  }

  /** True while no fault was found, in this object or any that it is part of. */
  public boolean valid() {
    return errors.isEmpty();
  }

  /**
   * Ends the reading.
   *
   * @throws InvalidDocument if any field was faulty or unknown, here or in an object within
   */
  public void finish() {
    collectUnknown();
    if (!errors.isEmpty()) {
      throw new InvalidDocument(errors.stream().limit(100).collect(Collectors.toList()));
    }
  }

  private void collectUnknown() {
    for (String name : object.keySet()) {
      if (!asked.contains(name)) {
        fault(name, "is not a known field");
      }
    }
    children.forEach(Fields::collectUnknown);
  }

  private @Nullable JsonValue value(String name) {
    asked.add(name);
    JsonValue value = object.get(name);
    return value == null || value.getValueType() == JsonValue.ValueType.NULL ? null : value;
  }
}
