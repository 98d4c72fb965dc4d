package io.serversence.alert;

import io.serversence.monitor.Monitor;
import io.serversence.monitor.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which channels are told of which monitors, and how. Immutable and valid: {@link RouteDocument}
 * makes them.
 *
 * @param order routes are tried from the lowest on, those of one order by key
 * @param groupWait how long a group's first message waits for more; null for what the severity says
 * @param groupInterval how long a group is left alone after a message, at the least
 * @param repeatInterval how often an unresolved incident is told again
 * @param goesOn whether later routes are asked too ({@code continue})
 */
public record Route(
    String id,
    String name,
    int order,
    Match match,
    List<String> channels,
    List<GroupBy> groupBy,
    @Nullable Duration groupWait,
    Duration groupInterval,
    Duration repeatInterval,
    @Nullable QuietHours quietHours,
    List<Escalation> escalation,
    boolean goesOn) {
  static final Duration INTERVAL = Duration.ofSeconds(10);
  static final Duration REPEAT = Duration.ofHours(4);

  /** What monitors must agree in to be told of together. */
  public enum GroupBy {
    GROUP,
    TAG,
    MONITOR
  }

  /** Channels that are told too when nobody has acknowledged for a time. */
  public record Escalation(Duration after, List<String> channels) {
    public Escalation {
      channels = List.copyOf(channels);
    }
  }

  /** What a monitor must be like: in each field that is not empty, one of its values. */
  public record Match(
      Set<String> tags, Set<String> groups, Set<Severity> severities, Set<String> monitors) {
    static final Match ALL = new Match(Set.of(), Set.of(), Set.of(), Set.of());

    public Match {
      tags = Set.copyOf(tags);
      groups = Set.copyOf(groups);
      severities = Set.copyOf(severities);
      monitors = Set.copyOf(monitors);
    }

    /** Whether a monitor is like that. */
    public boolean accepts(Monitor monitor) {
      String group = monitor.group();
      return (monitors.isEmpty() || monitors.contains(monitor.id()))
          && (severities.isEmpty() || severities.contains(monitor.severity()))
          && (groups.isEmpty() || (group != null && groups.contains(group)))
          && (tags.isEmpty() || monitor.tags().stream().anyMatch(tags::contains));
    }
  }

  public Route {
    channels = List.copyOf(channels);
    groupBy = List.copyOf(groupBy);
    escalation = List.copyOf(escalation);
  }
}
