package io.serversence.plan;

import io.serversence.database.Kept;
import io.serversence.document.Json;
import io.serversence.document.Refused;
import io.serversence.document.Refused.Reason;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that is configured on the active node. Safe for use by many threads. */
public final class Inventory implements ConfigurationDesk {
  private final List<Shelf<?>> shelves;

  /**
   * An inventory.
   *
   * @param shelves one of each kind, in the order of {@link Kind#ALL}
   */
  public Inventory(List<Shelf<?>> shelves) {
    this.shelves = List.copyOf(shelves);
  }

  List<Shelf<?>> shelves() {
    return shelves;
  }

  @Override
  public JsonObject written() {
    JsonObjectBuilder document = Json.object();
    for (Shelf<?> shelf : shelves) {
      write(document, shelf);
    }
    return document.build();
  }

  private static <T> void write(JsonObjectBuilder document, Shelf<T> shelf) {
    JsonArrayBuilder section = Json.array();
    shelf.all().forEach(kept -> section.add(shelf.kind().writer().write(kept.value(), false)));
    document.add(shelf.kind().section(), section);
  }

  @Override
  public Plan apply(Declaration declaration, boolean dryRun) {
    Drafting drafting =
        new Drafting(
            declaration,
            Map.of(
                Kind.MONITORS, keysAfter(declaration, Kind.MONITORS),
                Kind.CHANNELS, keysAfter(declaration, Kind.CHANNELS)));
    for (Shelf<?> shelf : shelves) {
      drafting.add(shelf);
    }
    Plan plan = drafting.plan();
    if (!dryRun) {
      try {
        plan.carryOut();
      } catch (Refused e) {
        if (e.reason() == Reason.STALE || e.reason() == Reason.NOT_FOUND) { // of no request header
          throw new Refused(Reason.CONFLICT, "it was changed by somebody else meanwhile", e);
        }
        throw e;
      }
    }
    return plan;
  }

  /** The keys of a kind that there will be. */
  private Set<String> keysAfter(Declaration declaration, Kind<?> kind) {
    Set<String> keys = declaration.keys(kind);
    for (Shelf<?> shelf : shelves) {
      if (shelf.kind().equals(kind)) {
        shelf.all().stream()
            .filter(kept -> kept.managedByFile() || !declaration.sections().containsKey(kind))
            .forEach(kept -> keys.add(kept.id()));
      }
    }
    return keys;
  }

  /**
   * Brings in what the configuration file declares: what it names is created or changed and is the
   * file's from then on; what it no longer names stays, and is REST's again.
   *
   * @param file found valid {@linkplain Declaration#alone() alone}
   */
  public void applyFile(Declaration file) {
    shelves.forEach(shelf -> applyFile(file, shelf));
  }

  private static <T> void applyFile(Declaration file, Shelf<T> shelf) {
    Map<String, Kept<T>> kept = new HashMap<>();
    shelf.all().forEach(one -> kept.put(one.id(), one));
    List<T> added = new ArrayList<>();
    for (JsonObject document : file.things(shelf.kind())) {
      Kept<T> old = kept.remove(String.valueOf(Kind.key(document)));
      T wanted =
          shelf.kind().form().read(document, old == null ? null : old.value(), (of, key) -> true);
      if (old == null) {
        added.add(wanted);
      } else if (!old.managedByFile() || !shelf.kind().same(old.value(), wanted)) {
        shelf.replaceByFile(wanted, true);
      }
    }
    shelf.createAll(added, true);
    kept.values().stream()
        .filter(Kept::managedByFile)
        .forEach(one -> shelf.replaceByFile(one.value(), false));
  }
}
