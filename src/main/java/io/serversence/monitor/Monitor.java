package io.serversence.monitor;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is watched, as configured. Immutable and valid: {@link MonitorDocument} makes them.
 *
 * @param id the key
 * @param group the name of its group, or null
 * @param interval 1 s to 24 h
 * @param timeout at most the interval and 60 s; of no meaning for heartbeats
 * @param retryInterval the interval while a change is being confirmed
 * @param dependsOn the keys of monitors whose failure explains this one's
 */
public record Monitor(
    String id,
    String name,
    @Nullable String group,
    List<String> tags,
    String description,
    boolean enabled,
    Target target,
    List<Condition> conditions,
    List<Condition> degradedWhen,
    Duration interval,
    Duration timeout,
    Duration retryInterval,
    Thresholds thresholds,
    List<String> dependsOn,
    Severity severity) {

  public Monitor {
    tags = List.copyOf(tags);
    conditions = List.copyOf(conditions);
    degradedWhen = List.copyOf(degradedWhen);
    dependsOn = List.copyOf(dependsOn);
  }

  /**
   * How long a sample covers at the most, when no other follows it: a beat as long as the next may
   * take, any other one interval and timeout.
   */
  public Duration reach() {
    return interval.plus(target instanceof Target.Heartbeat beat ? beat.grace() : timeout);
  }

  /** Those that decide whether it is down, and those that decide whether it is degraded. */
  public Stream<Condition> allConditions() {
    return Stream.concat(conditions.stream(), degradedWhen.stream());
  }

  /** The same monitor, switched on or off. */
  public Monitor withEnabled(boolean on) {
    return new Monitor(
        id,
        name,
        group,
        tags,
        description,
        on,
        target,
        conditions,
        degradedWhen,
        interval,
        timeout,
        retryInterval,
        thresholds,
        dependsOn,
        severity);
  }
}
