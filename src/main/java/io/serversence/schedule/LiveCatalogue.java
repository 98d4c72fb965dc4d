package io.serversence.schedule;

import io.serversence.document.Refused;
import io.serversence.document.Refused.Reason;
import io.serversence.history.Fact;
import io.serversence.history.MonitorStore;
import io.serversence.incident.VerdictState;
import io.serversence.monitor.Catalogue;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Dependencies;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.MonitorState;
import io.serversence.stream.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The catalogue of the active node: each change goes through the one writer. */
final class LiveCatalogue implements Catalogue {
  private static final int MOST = 20_000;

  private final Clock clock;
  private final Watches watches;
  private final MonitorStore store;
  private final Recorder recorder;
  private final Scheduler scheduler;

  LiveCatalogue(
      Clock clock, Watches watches, MonitorStore store, Recorder recorder, Scheduler scheduler) {
    this.clock = clock;
    this.watches = watches;
    this.store = store;
    this.recorder = recorder;
    this.scheduler = scheduler;
  }

  @Override
  public Optional<ConfiguredMonitor> find(String id) {
    return watches.find(id).map(Watch::configured);
  }

  @Override
  public List<ConfiguredMonitor> all() {
    return watches.all().stream().map(Watch::configured).toList();
  }

  @Override
  public ConfiguredMonitor create(Monitor monitor, String actor) {
    return recorder.call(
        () -> {
          Dependencies.check(monitor, this::known);
          Recorder.Done<List<ConfiguredMonitor>> added = add(List.of(monitor), false);
          return new Recorder.Done<>(added.result().get(0), added.changes());
        });
  }

  /**
   * Adds monitors that were declared at once, all or none; of their dependencies is known that they
   * make no cycle.
   *
   * @param byFile whether the configuration file manages them
   */
  void createDeclared(List<Monitor> monitors, boolean byFile) {
    recorder.call(() -> add(monitors, byFile));
  }

  private Recorder.Done<List<ConfiguredMonitor>> add(List<Monitor> monitors, boolean byFile) {
    for (Monitor monitor : monitors) {
      if (watches.find(monitor.id()).isPresent()) {
        throw new Refused(Reason.CONFLICT, "there is a monitor " + monitor.id() + " already");
      }
    }
    if (watches.size() + monitors.size() > MOST) {
      throw new Refused(Reason.CONFLICT, "there are " + MOST + " monitors, the most there may be");
    }
    Instant now = clock.now();
    List<ConfiguredMonitor> created = store.insert(monitors, byFile, now);
    List<Change> changes = new ArrayList<>();
    for (ConfiguredMonitor one : created) {
      Watch watch = new Watch(one, VerdictState.pending(now), null, clock.nanos());
      watches.add(watch);
      scheduler.soon(watch);
      changes.add(new Change.MonitorChanged(Change.Kind.CREATED, one));
      changes.add(
          new Change.StateChanged(
              one, one.monitor().enabled() ? MonitorState.PENDING : MonitorState.PAUSED, now));
    }
    return new Recorder.Done<>(created, changes);
  }

  @Override
  public ConfiguredMonitor replace(Monitor monitor, @Nullable Long revision, String actor) {
    return recorder.call(
        () -> {
          Dependencies.check(monitor, this::known);
          return changeByHand(monitor, revision);
        });
  }

  private Recorder.Done<ConfiguredMonitor> changeByHand(Monitor monitor, @Nullable Long revision) {
    Watch watch = changeable(monitor.id(), revision);
    if (watch.configured().managedByFile()) {
      throw managedByFile(monitor.id());
    }
    return change(watch, monitor, false);
  }

  /** Replaces one of many, see {@link #createDeclared}. */
  void replaceDeclared(Monitor monitor, long revision) {
    recorder.call(() -> changeByHand(monitor, revision));
  }

  /**
   * Replaces on behalf of the configuration file.
   *
   * @param byFile whether the file manages it from now on
   */
  void replaceByFile(Monitor monitor, boolean byFile) {
    recorder.call(() -> change(changeable(monitor.id(), null), monitor, byFile));
  }

  @Override
  public ConfiguredMonitor enable(String id, boolean on, String actor) {
    return recorder.call(
        () -> {
          Watch watch = changeable(id, null);
          if (watch.monitor().enabled() == on) {
            return new Recorder.Done<>(watch.configured(), List.of());
          }
          return change(watch, watch.monitor().withEnabled(on), watch.configured().managedByFile());
        });
  }

  private Recorder.Done<ConfiguredMonitor> change(Watch watch, Monitor monitor, boolean byFile) {
    ConfiguredMonitor old = watch.configured();
    Instant now = clock.now();
    ConfiguredMonitor changed =
        new ConfiguredMonitor(old.n(), monitor, old.revision() + 1, byFile, old.createdAt(), now);
    boolean retargeted = !monitor.target().equals(old.monitor().target());
    List<Change> changes = new ArrayList<>();
    Fact.@Nullable IncidentResolved resolved;
    synchronized (watch) {
      resolved =
          retargeted && watch.incident != null
              ? Judge.resolution(watch.incident, now, now, "the target was changed")
              : null;
    }
    store.update(changed, old.revision(), resolved);
    synchronized (watch) {
      watches.forgetToken(watch);
      watch.configure(changed);
      watches.add(watch);
      changes.add(new Change.MonitorChanged(Change.Kind.UPDATED, changed));
      if (resolved != null) {
        watch.incident = null;
        addIfAny(changes, recorder.ended(changed, resolved));
      }
      boolean switched = monitor.enabled() != old.monitor().enabled();
      if (retargeted || switched) {
        watch.verdict =
            watch.incident == null
                ? VerdictState.pending(now)
                : VerdictState.settled(MonitorState.DOWN, watch.verdict.since());
        watch.lastBeat = clock.nanos();
        MonitorState shown = monitor.enabled() ? watch.verdict.shown() : MonitorState.PAUSED;
        changes.add(
            new Change.StateChanged(
                changed, shown, shown == MonitorState.DOWN ? watch.verdict.since() : now));
      }
    }
    scheduler.soon(watch);
    return new Recorder.Done<>(changed, changes);
  }

  @Override
  public void delete(String id, @Nullable Long revision, String actor) {
    recorder.call(
        () -> {
          Watch watch = changeable(id, revision);
          ConfiguredMonitor old = watch.configured();
          if (old.managedByFile()) {
            throw managedByFile(id);
          }
          return remove(watch);
        });
  }

  private Recorder.Done<Boolean> remove(Watch watch) {
    Instant now = clock.now();
    ConfiguredMonitor old = watch.configured();
    Fact.@Nullable IncidentResolved resolved;
    synchronized (watch) {
      watch.deleted = true; // from here on, what its probe brings is dropped
      resolved =
          watch.incident == null
              ? null
              : Judge.resolution(watch.incident, now, now, "the monitor was deleted");
    }
    try {
      store.delete(old.n(), resolved);
    } catch (RuntimeException e) {
      synchronized (watch) {
        watch.deleted = false;
      }
      scheduler.soon(watch);
      throw e;
    }
    watches.remove(watch);
    recorder.forget(old.id());
    List<Change> changes = new ArrayList<>();
    if (resolved != null) {
      addIfAny(changes, recorder.ended(old, resolved));
    }
    changes.add(new Change.MonitorChanged(Change.Kind.DELETED, old));
    return new Recorder.Done<>(true, changes);
  }

  private @Nullable Monitor known(String id) {
    return watches.find(id).map(Watch::monitor).orElse(null);
  }

  private Watch changeable(String id, @Nullable Long revision) {
    Watch watch =
        watches
            .find(id)
            .orElseThrow(() -> new Refused(Reason.NOT_FOUND, "there is no monitor " + id));
    if (revision != null && watch.configured().revision() != revision) {
      throw new Refused(
          Reason.STALE,
          "the monitor has revision " + watch.configured().revision() + ", not " + revision);
    }
    return watch;
  }

  private static Refused managedByFile(String id) {
    return new Refused(
        Reason.CONFLICT, "the configuration file manages " + id + "; change it there");
  }

  private static void addIfAny(List<Change> changes, @Nullable Change change) {
    if (change != null) {
      changes.add(change);
    }
  }
}
