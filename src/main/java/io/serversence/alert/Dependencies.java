package io.serversence.alert;

import io.serversence.history.Fact;
import io.serversence.incident.Ids;
import io.serversence.incident.TimelineEntry;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which failures are explained by that of another monitor, and listed there instead of told. Used
 * by one thread.
 */
final class Dependencies {
  /** How long the verdict on a parent is waited for that has begun to fail. */
  private static final Duration VERDICT = Duration.ofMinutes(5);

  private final Function<String, @Nullable ConfiguredMonitor> monitors;
  private final Function<String, @Nullable Case> cases;
  private final Consumer<String> probeNow;
  private final Map<String, Sample> latest = new HashMap<>();

  /**
   * Knows of no sample yet.
   *
   * @param cases the unresolved incident of a monitor, or null
   * @param probeNow has a monitor probed at once; must not block
   */
  Dependencies(
      Function<String, @Nullable ConfiguredMonitor> monitors,
      Function<String, @Nullable Case> cases,
      Consumer<String> probeNow) {
    this.monitors = monitors;
    this.cases = cases;
    this.probeNow = probeNow;
  }

  void sampled(String monitor, Sample sample) {
    if (sample.outcome() != Outcome.UNKNOWN) {
      latest.put(monitor, sample);
    }
  }

  /**
   * Whether the failure of another monitor explains this one, or may yet. Once none does any more,
   * the monitor is probed at once, and must fail again.
   */
  boolean explain(Case each, Monitor monitor, Instant now, Alerts.Decided decided) {
    for (String parent : monitor.dependsOn()) {
      Case explaining = cases.apply(parent);
      if (explaining != null && explaining != each && isWatched(parent)) {
        suppress(explaining, each, now, decided);
        return true;
      }
    }
    if (now.isBefore(each.incident.openedAt().plus(VERDICT))) {
      for (String parent : monitor.dependsOn()) {
        Sample sample = latest.get(parent);
        if (sample != null && sample.outcome() == Outcome.DOWN && isWatched(parent)) {
          return true; // its own verdict is about to come
        }
      }
    }
    if (!each.suppressed) {
      return false;
    }
    if (each.released == null) {
      each.released = now;
      probeNow.accept(monitor.id());
      return true;
    }
    Sample sample = latest.get(monitor.id());
    return sample == null
        || sample.outcome() != Outcome.DOWN
        || sample.at().isBefore(each.released);
  }

  private boolean isWatched(String id) {
    ConfiguredMonitor monitor = monitors.apply(id);
    return monitor != null && monitor.monitor().enabled();
  }

  private static void suppress(Case parent, Case child, Instant now, Alerts.Decided decided) {
    child.suppressed = true;
    child.released = null;
    String key = child.incident.monitor();
    if (!parent.incident.suppressed().contains(key)) {
      parent.incident = parent.incident.suppressing(List.of(key));
      TimelineEntry entry =
          new TimelineEntry(Ids.at(now), parent.incident.id(), now, "suppressed", null, key);
      decided.facts().add(new Fact.ChildrenSuppressed(parent.incident.id(), List.of(key), entry));
    }
  }

  /** Forgets a monitor that is gone. */
  void forget(String monitor) {
    latest.remove(monitor);
  }
}
