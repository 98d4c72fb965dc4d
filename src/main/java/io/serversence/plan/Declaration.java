package io.serversence.plan;

import io.serversence.document.Fields;
import io.serversence.monitor.Monitor;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A document of what is to be configured, by kind. Its outline is valid; what is in it need not be.
 *
 * @param sections the things of each kind that the document has a section of, which may be none
 */
public record Declaration(Map<Kind<?>, List<JsonObject>> sections) {
  /** Declares nothing at all. */
  public static final Declaration NONE = new Declaration(Map.of());

  /**
   * Reads the outline.
   *
   * @throws io.serversence.document.InvalidDocument with every fault of it
   */
  public static Declaration read(JsonObject document) {
    Fields fields = new Fields(document);
    Map<Kind<?>, List<JsonObject>> sections = new LinkedHashMap<>();
    for (Kind<?> kind : Kind.ALL) {
      String name = fields.has(kind.section()) ? kind.section() : kind.path();
      if (fields.has(name)) {
        sections.put(kind, section(fields, kind, name, document.get(name)));
      }
    }
    fields.finish();
    return new Declaration(sections);
  }

  private static List<JsonObject> section(
      Fields fields, Kind<?> kind, String name, @Nullable JsonValue value) {
    List<JsonObject> things = new ArrayList<>();
    if (!(value instanceof JsonArray array)) {
      fields.fault(name, "must be a list");
    } else if (array.size() > kind.most()) {
      fields.fault(name, "must have at most " + kind.most() + " items");
    } else {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i) instanceof JsonObject thing) {
          things.add(thing);
        } else {
          fields.fault(name + "[" + i + "]", "must be a mapping");
        }
      }
    }
    return things;
  }

  /**
   * The same, if all in it is valid by itself: nothing is kept from before, and routes lead to the
   * channels, and status pages show the monitors, that are in it.
   *
   * @throws io.serversence.document.InvalidDocument with every fault
   */
  public Declaration alone() {
    Map<Kind<?>, Set<String>> keys =
        Map.of(Kind.MONITORS, keys(Kind.MONITORS), Kind.CHANNELS, keys(Kind.CHANNELS));
    Faults faults = new Faults();
    for (Kind<?> kind : sections.keySet()) {
      check(kind, (of, key) -> keys.getOrDefault(of, Set.of()).contains(key), faults);
    }
    faults.finish();
    Map<String, Monitor> monitors = new HashMap<>();
    for (JsonObject document : things(Kind.MONITORS)) {
      Monitor monitor = Kind.MONITORS.form().read(document, null, (kind, key) -> true);
      monitors.put(monitor.id(), monitor);
    }
    Faults.refuseCycle(monitors);
    return this;
  }

  private <T> void check(Kind<T> kind, BiPredicate<Kind<?>, String> isThere, Faults faults) {
    List<JsonObject> things = things(kind);
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < things.size(); i++) {
      T value = faults.read(kind, i, things.get(i), null, isThere);
      if (value != null && !keys.add(kind.id().apply(value))) {
        faults.twice(kind, i, kind.id().apply(value));
      }
    }
  }

  /** The keys of the things of a kind. */
  Set<String> keys(Kind<?> kind) {
    Set<String> keys = new HashSet<>();
    things(kind).forEach(thing -> keys.add(String.valueOf(Kind.key(thing))));
    return keys;
  }

  /** The things of a kind, as they are written; empty without its section. */
  List<JsonObject> things(Kind<?> kind) {
    return sections.getOrDefault(kind, List.of());
  }
}
