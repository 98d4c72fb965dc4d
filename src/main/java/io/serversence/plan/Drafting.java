package io.serversence.plan;

import io.serversence.alert.Route;
import io.serversence.database.Kept;
import io.serversence.document.Refused;
import io.serversence.document.Refused.Reason;
import io.serversence.monitor.Monitor;
import io.serversence.plan.Plan.Step;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the plan of one declaration, kind by kind. Used by one thread. */
final class Drafting {
  private final Declaration declaration;
  private final Map<Kind<?>, Set<String>> keys;
  private final Faults faults = new Faults();
  private final List<String> conflicts = new ArrayList<>();
  private final List<Step> create = new ArrayList<>();
  private final List<Step> update = new ArrayList<>();
  private final List<Step> delete = new ArrayList<>();
  private int unchanged;

  /**
   * An empty one.
   *
   * @param keys of the monitors and of the channels that there will be
   */
  Drafting(Declaration declaration, Map<Kind<?>, Set<String>> keys) {
    this.declaration = declaration;
    this.keys = keys;
  }

  /** Drafts what is to change on a shelf; one that the declaration has nothing on is looked at. */
  <T> void add(Shelf<T> shelf) {
    Kind<T> kind = shelf.kind();
    Map<String, Kept<T>> kept = new LinkedHashMap<>();
    Map<String, T> after = new HashMap<>();
    for (Kept<T> one : shelf.all()) { // in the order of keys
      kept.put(one.id(), one);
      after.put(one.id(), one.value());
    }
    if (declaration.sections().containsKey(kind)) {
      declared(shelf, kept, after);
    }
    if (after.size() > kind.most()) {
      conflicts.add("there would be more than " + kind.most() + " " + kind.section());
    }
    if (kind.equals(Kind.MONITORS)) {
      Map<String, Monitor> monitors = new HashMap<>();
      after.values().forEach(value -> monitors.put(kind.id().apply(value), (Monitor) value));
      faults.finish(); // first what each says, then what they say together
      Faults.refuseCycle(monitors);
    } else if (kind.equals(Kind.ROUTES)) {
      after.values().forEach(value -> inUse((Route) value));
    }
  }

  private <T> void declared(Shelf<T> shelf, Map<String, Kept<T>> kept, Map<String, T> after) {
    Kind<T> kind = shelf.kind();
    Set<String> named = new HashSet<>();
    List<JsonObject> documents = declaration.things(kind);
    for (int i = 0; i < documents.size(); i++) {
      Kept<T> old = kept.get(String.valueOf(Kind.key(documents.get(i))));
      T wanted =
          faults.read(kind, i, documents.get(i), old == null ? null : old.value(), this::isThere);
      if (wanted == null) {
        continue;
      }
      String id = kind.id().apply(wanted);
      if (!named.add(id)) {
        faults.twice(kind, i, id);
      }
      after.put(id, wanted);
      change(shelf, old, wanted, kind.path() + "/" + id);
    }
    List<Step> gone = new ArrayList<>();
    for (Kept<T> old : kept.values()) {
      if (!named.contains(old.id()) && !old.managedByFile()) {
        after.remove(old.id());
        gone.add(
            new Step(kind.path() + "/" + old.id(), () -> shelf.delete(old.id(), old.revision())));
      }
    }
    delete.addAll(0, gone); // the other way round: what uses goes before what is used
  }

  private boolean isThere(Kind<?> kind, String key) {
    return keys.getOrDefault(kind, Set.of()).contains(key);
  }

  private <T> void change(Shelf<T> shelf, @Nullable Kept<T> old, T wanted, String what) {
    if (old == null) {
      create.add(new Step(what, () -> shelf.create(wanted, false)));
    } else if (shelf.kind().same(old.value(), wanted)) {
      unchanged++;
    } else if (old.managedByFile()) {
      conflicts.add("the configuration file manages " + what + "; change it there");
    } else {
      update.add(new Step(what, () -> shelf.replace(wanted, old.revision())));
    }
  }

  private void inUse(Route route) {
    Set<String> used = new HashSet<>(route.channels());
    route.escalation().forEach(step -> used.addAll(step.channels()));
    used.stream()
        .filter(channel -> !isThere(Kind.CHANNELS, channel))
        .sorted()
        .forEach(
            channel ->
                conflicts.add("the channel " + channel + " is in use by the route " + route.id()));
  }

  /**
   * The plan.
   *
   * @throws io.serversence.document.InvalidDocument with every fault
   * @throws Refused CONFLICT, with the first reasons
   */
  Plan plan() {
    faults.finish();
    if (!conflicts.isEmpty()) {
      throw new Refused(
          Reason.CONFLICT, String.join("; ", conflicts.subList(0, Math.min(5, conflicts.size()))));
    }
    return new Plan(create, update, delete, unchanged);
  }
}
