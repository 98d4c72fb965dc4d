package io.serversence.stream;

import io.serversence.document.FieldError;
import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import io.serversence.document.Keys;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Severity;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which events a client wants: several fields narrow, several values of one widen. Immutable; equal
 * filters have equal canonical forms.
 */
public final class Filter {
  /** The names of its parts, as a query has them. */
  public static final List<String> FIELDS =
      List.of("events", "monitor", "group", "tag", "severity");

  /** Everything. */
  public static final Filter ALL = new Filter(Map.of());

  private static final int MOST_VALUES = 500;
  private static final int LONGEST_VALUE = 100;

  private final Map<String, Set<String>> values;
  private final Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
  private final JsonObject canonical;
  private final String key;

  private Filter(Map<String, Set<String>> values) {
    this.values = values;
    for (String word : of("events")) {
      EventKind kind = EventKind.of(word);
      if (kind != null) {
        kinds.add(kind);
      }
    }
    JsonObjectBuilder document = Json.object();
    FIELDS.stream().filter(values::containsKey).forEach(f -> document.add(f, Json.strings(of(f))));
    this.canonical = document.build();
    this.key = canonical.toString();
  }

  /**
   * Reads the parameters of a query, whose values are separated by comma.
   *
   * @throws InvalidDocument naming each parameter that is unknown or has a wrong value
   */
  public static Filter of(Map<String, ? extends List<String>> query) {
    Map<String, List<String>> raw = new TreeMap<>();
    query.forEach(
        (name, texts) -> {
          List<String> items = new ArrayList<>();
          texts.forEach(text -> items.addAll(Arrays.asList(text.split(",", -1))));
          raw.put(name, items);
        });
    return read(raw, new ArrayList<>(), "");
  }

  /**
   * Reads a document, whose values are strings as in a query or lists of strings.
   *
   * @param path what to put before the names of fields at fault
   * @throws InvalidDocument naming each field that is unknown or has a wrong value
   */
  public static Filter of(JsonObject document, String path) {
    Map<String, List<String>> raw = new TreeMap<>();
    List<FieldError> errors = new ArrayList<>();
    for (Map.Entry<String, JsonValue> field : document.entrySet()) {
      List<String> items = texts(field.getValue());
      if (items == null) {
        errors.add(new FieldError(path + name(field.getKey()), "must be a string or strings"));
      } else {
        raw.put(field.getKey(), items);
      }
    }
    return read(raw, errors, path);
  }

  private static @Nullable List<String> texts(JsonValue value) {
    if (value instanceof JsonString text) {
      return Arrays.asList(text.getString().split(",", -1));
    }
    if (!(value instanceof JsonArray array)) {
      return null;
    }
    List<String> items = new ArrayList<>();
    for (JsonValue item : array) {
      if (!(item instanceof JsonString text)) {
        return null;
      }
      items.add(text.getString());
    }
    return items;
  }

  private static Filter read(Map<String, List<String>> raw, List<FieldError> errors, String path) {
    Map<String, Set<String>> values = new TreeMap<>();
    raw.forEach(
        (name, items) -> {
          String fault = fault(name, items);
          if (fault != null) {
            errors.add(new FieldError(path + name(name), fault));
          } else if (!items.isEmpty()) {
            values.put(name, new TreeSet<>(items));
          }
        });
    if (!errors.isEmpty()) {
      throw new InvalidDocument(errors.subList(0, Math.min(errors.size(), 100)));
    }
    return values.isEmpty() ? ALL : new Filter(values);
  }

  private static String name(String name) {
    return name.length() > 200 ? name.substring(0, 200) : name;
  }

  private static @Nullable String fault(String name, List<String> items) {
    if (!FIELDS.contains(name)) {
      return "is not a known field";
    }
    if (items.size() > MOST_VALUES) {
      return "must have at most " + MOST_VALUES + " values";
    }
    for (String item : items) {
      String fault = fault(name, item);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private static @Nullable String fault(String name, String item) {
    if (item.isEmpty()) {
      return "must not be empty";
    }
    if (item.length() > LONGEST_VALUE || item.chars().anyMatch(Character::isISOControl)) {
      return "must have values of at most " + LONGEST_VALUE + " characters, none of them controls";
    }
    return switch (name) {
      case "events" -> EventKind.of(item) == null ? "must be names of events: " + words() : null;
      case "monitor" -> Keys.isKey(item) ? null : "must be keys of monitors: " + Keys.FORM;
      case "severity" ->
          Arrays.stream(Severity.values()).anyMatch(s -> s.word().equals(item))
              ? null
              : "must be info, warning or critical";
      default -> null;
    };
  }

  private static String words() {
    return String.join(", ", Arrays.stream(EventKind.values()).map(EventKind::word).toList());
  }

  private Set<String> of(String field) {
    return values.getOrDefault(field, Set.of());
  }

  /** True if this filter wants events of this kind. */
  boolean matches(EventKind kind) {
    return kinds.isEmpty() || kinds.contains(kind);
  }

  /** True if this filter wants what concerns this monitor. */
  boolean matches(Monitor monitor) {
    return in("monitor", monitor.id())
        && in("group", monitor.group())
        && in("severity", monitor.severity().word())
        && (!values.containsKey("tag") || monitor.tags().stream().anyMatch(of("tag")::contains));
  }

  private boolean in(String field, @Nullable String value) {
    Set<String> wanted = values.get(field);
    return wanted == null || (value != null && wanted.contains(value));
  }

  /** True if every monitor matches. */
  boolean allMonitors() {
    return values.isEmpty() || (values.size() == 1 && values.containsKey("events"));
  }

  /** The same filter without the events of one kind. */
  Filter without(EventKind kind) {
    Map<String, Set<String>> narrower = new TreeMap<>(values);
    Set<String> words = new TreeSet<>();
    for (EventKind other : EventKind.values()) {
      if (other != kind && matches(other)) {
        words.add(other.word());
      }
    }
    narrower.put("events", words);
    return new Filter(narrower);
  }

  /** The filter as a document: its fields in a fixed order, their values sorted. */
  public JsonObject canonical() {
    return canonical;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Filter filter && filter.key.equals(key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return key;
  }
}
