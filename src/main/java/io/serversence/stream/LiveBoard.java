package io.serversence.stream;

import io.serversence.incident.Incident;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.MonitorState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The board as it stands. Guarded by the lock of the log that it belongs to. */
final class LiveBoard {
  private final TreeMap<String, BoardEntry> entries = new TreeMap<>();
  private final Map<UUID, String> incidents = new HashMap<>();
  private final Map<UUID, Incident> ofChannels = new TreeMap<>();
  private @Nullable List<BoardEntry> picture;

  void load(List<BoardEntry> loaded, List<Incident> loadedOfChannels) {
    entries.clear();
    incidents.clear();
    ofChannels.clear();
    loaded.forEach(this::put);
    loadedOfChannels.forEach(incident -> ofChannels.put(incident.id(), incident));
  }

  /** The unresolved incidents of channels, the oldest first. */
  List<Incident> ofChannels() {
    return List.copyOf(ofChannels.values());
  }

  /** All entries, ordered by key; the same list until something changes. */
  List<BoardEntry> entries() {
    List<BoardEntry> now = picture;
    if (now == null) {
      now = List.copyOf(entries.values());
      picture = now;
    }
    return now;
  }

  @Nullable BoardEntry find(String id) {
    return entries.get(id);
  }

  /** The entry of this very monitor, not of another one that has taken its key. */
  @Nullable BoardEntry find(ConfiguredMonitor monitor) {
    BoardEntry entry = entries.get(monitor.id());
    return entry == null || entry.monitor().n() != monitor.n() ? null : entry;
  }

  /** The monitor that has this incident unresolved. */
  @Nullable BoardEntry find(UUID incident) {
    String id = incidents.get(incident);
    return id == null ? null : entries.get(id);
  }

  private void put(BoardEntry entry) {
    forget(entries.put(entry.monitor().id(), entry));
    if (entry.incident() != null) {
      incidents.put(entry.incident().id(), entry.monitor().id());
    }
  }

  private void forget(@Nullable BoardEntry old) {
    picture = null;
    if (old != null && old.incident() != null) {
      incidents.remove(old.incident().id());
    }
  }

  /** False if the monitor is gone. */
  boolean sampled(Change.SampleTaken change) {
    BoardEntry old = find(change.monitor());
    if (old == null) {
      return false;
    }
    put(
        new BoardEntry(
            old.monitor(),
            old.state(),
            old.since(),
            change.sample(),
            change.confirming(),
            old.muted(),
            old.incident()));
    return true;
  }

  /** The entry as it was, or null if the monitor is gone. */
  @Nullable BoardEntry stateChanged(Change.StateChanged change) {
    BoardEntry old = find(change.monitor());
    if (old != null) {
      put(
          new BoardEntry(
              old.monitor(),
              change.to(),
              change.since(),
              old.lastSample(),
              old.confirming(),
              old.muted(),
              old.incident()));
    }
    return old;
  }

  void muted(Change.Muted change) {
    for (ConfiguredMonitor monitor : change.monitors()) {
      BoardEntry old = find(monitor);
      if (old != null) {
        put(old.mutedBy(change.by()));
      }
    }
  }

  void incidentChanged(Change.IncidentChanged change) {
    ConfiguredMonitor monitor = change.monitor();
    if (monitor == null) {
      channelChanged(change.incident());
      return;
    }
    BoardEntry old = find(monitor);
    if (old == null) {
      return;
    }
    Incident incident = old.incident();
    if (change.incident().unresolved()) {
      incident = change.incident();
    } else if (incident != null && incident.id().equals(change.incident().id())) {
      incident = null;
    }
    put(old.with(incident));
  }

  private void channelChanged(Incident incident) {
    if (incident.unresolved()) {
      ofChannels.put(incident.id(), incident);
    } else {
      ofChannels.remove(incident.id());
    }
  }

  /** The monitors that the change concerns: the one that is, and the one that was. */
  List<ConfiguredMonitor> monitorChanged(Change.MonitorChanged change) {
    ConfiguredMonitor monitor = change.monitor();
    BoardEntry old = entries.get(monitor.id());
    List<ConfiguredMonitor> concerned = new ArrayList<>(List.of(monitor));
    if (old != null) {
      concerned.add(old.monitor());
    }
    switch (change.kind()) {
      case CREATED -> put(fresh(monitor, monitor.createdAt()));
      case UPDATED ->
          put(
              old == null
                  ? fresh(monitor, monitor.updatedAt())
                  : new BoardEntry(
                      monitor,
                      old.state(),
                      old.since(),
                      old.lastSample(),
                      old.confirming(),
                      old.muted(),
                      old.incident()));
      case DELETED -> forget(entries.remove(monitor.id()));
    }
    return concerned;
  }

  private static BoardEntry fresh(ConfiguredMonitor monitor, Instant since) {
    MonitorState state = monitor.monitor().enabled() ? MonitorState.PENDING : MonitorState.PAUSED;
    return new BoardEntry(monitor, state, since, null, null, null, null);
  }
}
