package io.serversence.schedule;

import io.serversence.history.Fact;
import io.serversence.incident.Confirming;
import io.serversence.incident.Incident;
import io.serversence.incident.TimelineEntry;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.stream.Change;
import io.serversence.stream.EventStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The incidents that are not resolved as recorded, and what everyone is to be told of recorded
 * facts. Changed by the recorder's thread only; may be read by any.
 */
final class UnresolvedIncidents {
  private final EventStream stream;
  private final Map<UUID, Incident> open = new ConcurrentHashMap<>();

  UnresolvedIncidents(EventStream stream, List<Incident> known) {
    this.stream = stream;
    known.forEach(i -> open.put(i.id(), i));
  }

  Optional<Incident> find(UUID id) {
    return Optional.ofNullable(open.get(id));
  }

  List<Incident> all() {
    return List.copyOf(open.values());
  }

  /** Takes an incident as it is now; nothing if it is resolved. */
  void changed(Incident incident) {
    open.computeIfPresent(incident.id(), (id, old) -> incident);
  }

  /** Takes what was found of a monitor. */
  void found(
      ConfiguredMonitor monitor,
      List<Fact> facts,
      @Nullable Confirming confirming,
      List<Change> changes) {
    for (Fact fact : facts) {
      if (fact instanceof Fact.SampleTaken taken) {
        changes.add(new Change.SampleTaken(monitor, taken.sample(), confirming));
      } else if (fact instanceof Fact.StateChanged changed) {
        changes.add(new Change.StateChanged(monitor, changed.state(), changed.since()));
      } else {
        openedOrResolved(monitor, fact, changes);
      }
    }
  }

  /** Takes what was decided about alerts; a channel's own incidents are of no monitor. */
  void decided(List<Fact> facts, List<Change> changes) {
    for (Fact fact : facts) {
      if (fact instanceof Fact.ChildrenSuppressed children) {
        suppressed(children, changes);
      } else {
        openedOrResolved(null, fact, changes);
      }
    }
  }

  private void openedOrResolved(
      @Nullable ConfiguredMonitor monitor, Fact fact, List<Change> changes) {
    if (fact instanceof Fact.IncidentOpened opened) {
      open.put(opened.incident().id(), opened.incident());
      changes.add(new Change.IncidentChanged(monitor, opened.incident(), last(opened.entries())));
    } else if (fact instanceof Fact.IncidentResolved resolved) {
      Change change = resolved(monitor, resolved);
      if (change != null) {
        changes.add(change);
      }
    }
  }

  private void suppressed(Fact.ChildrenSuppressed children, List<Change> changes) {
    Incident parent =
        open.computeIfPresent(
            children.incident(), (id, old) -> old.suppressing(children.children()));
    ConfiguredMonitor monitor =
        parent == null ? null : stream.find(parent.monitor()).map(e -> e.monitor()).orElse(null);
    if (parent != null && monitor != null) {
      changes.add(new Change.IncidentChanged(monitor, parent, children.entry()));
    }
  }

  /** Takes an incident off the unresolved ones; null if it was none of them. */
  @Nullable Change resolved(@Nullable ConfiguredMonitor monitor, Fact.IncidentResolved fact) {
    Incident incident = open.remove(fact.id());
    return incident == null
        ? null
        : new Change.IncidentChanged(
            monitor, incident.resolved(fact.at(), fact.ended()), last(fact.entries()));
  }

  private static TimelineEntry last(List<TimelineEntry> entries) {
    return entries.get(entries.size() - 1);
  }
}
