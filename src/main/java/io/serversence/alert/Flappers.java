package io.serversence.alert;

import io.serversence.incident.Incident;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which monitors flap, and who was told: once, instead of each of their incidents, and once when it
 * is over. Remembers those only that have failed of late. Used by one thread.
 */
final class Flappers {
  private final FlappingLimits limits;
  private final Map<String, Unsteady> unsteady = new HashMap<>();

  /** A monitor that has failed of late, and who was told that it flaps. */
  private static final class Unsteady {
    Flapping flapping = Flapping.NONE;
    final Map<String, Target> told = new LinkedHashMap<>();
    @Nullable Incident last;
  }

  Flappers(FlappingLimits limits) {
    this.limits = limits;
  }

  /** Takes one more check into account, after which the flapping may be over. */
  void sampled(
      ConfiguredMonitor monitor,
      Outcome outcome,
      Map<UUID, Case> cases,
      Instant now,
      Alerts.Decided decided) {
    if (outcome == Outcome.UNKNOWN) {
      return;
    }
    String id = monitor.id();
    boolean down = outcome == Outcome.DOWN;
    Unsteady state = unsteady.get(id);
    if (state == null) {
      if (!down) {
        return; // nothing has changed yet
      }
      state = new Unsteady();
      unsteady.put(id, state);
      state.flapping = state.flapping.next(false, limits);
    }
    boolean was = state.flapping.on();
    state.flapping = state.flapping.next(down, limits);
    if (was && !state.flapping.on()) {
      calmed(monitor, state, cases, now, decided);
    }
    if (state.flapping.checks() == 0) {
      unsteady.remove(id);
    }
  }

  private static void calmed(
      ConfiguredMonitor monitor,
      Unsteady state,
      Map<UUID, Case> cases,
      Instant now,
      Alerts.Decided decided) {
    Incident last = state.last;
    if (last == null) {
      return;
    }
    Case open = cases.get(last.id());
    String transition = "flapping-ended-" + now.toEpochMilli();
    for (Target target : state.told.values()) {
      decided.owe(monitor, last, AlertEvent.FLAPPING_ENDED, transition, target, now);
      if (open != null) {
        open.tell(target, now);
      }
    }
    state.told.clear();
    state.last = null;
  }

  /** Notes the end of an incident, which the end of the flapping is to tell. */
  void resolved(Incident incident) {
    Unsteady state = unsteady.get(incident.monitor());
    if (state != null && state.last != null) {
      state.last = incident;
    }
  }

  /** Whether a monitor flaps, of which those that are to know are told the first time. */
  boolean has(
      Case each,
      ConfiguredMonitor monitor,
      List<Target> targets,
      Instant now,
      Alerts.Decided decided) {
    Unsteady state = unsteady.get(monitor.id());
    if (state == null || !state.flapping.on()) {
      return false;
    }
    state.last = each.incident;
    if (state.told.isEmpty()) {
      for (Target target : targets) {
        if (!target.quiet()) {
          state.told.put(target.channel(), target);
          decided.owe(monitor, each.incident, AlertEvent.FLAPPING, "flapping", target, now);
        }
      }
    }
    return true;
  }

  /** Forgets a monitor that is gone. */
  void forget(String monitor) {
    unsteady.remove(monitor);
  }
}
