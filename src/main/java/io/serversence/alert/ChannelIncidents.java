package io.serversence.alert;

import io.serversence.history.Fact;
import io.serversence.incident.Ids;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentState;
import io.serversence.incident.TimelineEntry;
import io.serversence.monitor.Evidence;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What begins and ends the incident of a channel, and who is told of it. Pure functions. */
final class ChannelIncidents {
  private static final int NUMBERS = 0x3fff_ffff;
  private static final String GROUP = "/channels";

  private ChannelIncidents() {}

  /**
   * The incident of a channel that keeps failing.
   *
   * @param taken the numbers of the unresolved incidents; its own is another, and always the same
   *     for a channel as far as that goes, so that the database admits but one
   */
  static Fact.IncidentOpened opened(
      String channel, ChannelHealth.Failing failing, Set<Integer> taken, Instant now) {
    int n = -1 - (channel.hashCode() & NUMBERS);
    while (taken.contains(n)) {
      n--;
    }
    String cause = "messages to the channel fail: " + failing.error();
    Incident incident =
        new Incident(
            Ids.at(now),
            n,
            Incident.ofChannel(channel),
            Severity.CRITICAL,
            IncidentState.OPEN,
            failing.since(),
            now,
            null,
            null,
            null,
            null,
            null,
            cause,
            Evidence.NONE,
            Phases.UNREACHED,
            List.of());
    UUID id = incident.id();
    return new Fact.IncidentOpened(
        incident,
        null,
        List.of(),
        List.of(
            new TimelineEntry(Ids.at(now), id, failing.since(), "first-failure", null, null),
            new TimelineEntry(Ids.at(now.plusMillis(1)), id, now, "opened", null, cause)));
  }

  /**
   * Its end.
   *
   * @param cause why it ended without a success, or null
   */
  static Fact.IncidentResolved resolved(UUID id, Instant now, @Nullable String cause) {
    List<TimelineEntry> entries = new ArrayList<>(2);
    if (cause == null) {
      entries.add(new TimelineEntry(Ids.at(now), id, now, "first-success", null, null));
    }
    entries.add(new TimelineEntry(Ids.at(now.plusMillis(1)), id, now, "resolved", null, cause));
    return new Fact.IncidentResolved(id, now, now, entries);
  }

  /** All other channels that are used; no route chooses among them, for none matches one. */
  static List<Target> targets(String failing, List<Channel> used) {
    return used.stream()
        .filter(channel -> !channel.id().equals(failing))
        .map(channel -> target(channel.id()))
        .toList();
  }

  private static Target target(String channel) {
    return new Target(
        channel, GROUP, Duration.ZERO, Route.INTERVAL, Route.REPEAT, false, List.of(), null);
  }
}
