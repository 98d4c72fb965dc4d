package io.serversence.history;

import io.serversence.incident.Incident;
import io.serversence.incident.TimelineEntry;
import io.serversence.monitor.MonitorState;
import io.serversence.monitor.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that happened and is to be kept. */
public sealed interface Fact {
  /**
   * A probe was done.
   *
   * @param reach how long the sample covers at the most; null if that was not told
   */
  record SampleTaken(int n, String monitor, Sample sample, @Nullable Duration reach)
      implements Fact {
    public SampleTaken(int n, String monitor, Sample sample) {
      this(n, monitor, sample, null);
    }
  }

  /** A monitor's state changed. */
  record StateChanged(int n, MonitorState state, Instant since, @Nullable UUID incident)
      implements Fact {}

  /** An incident was opened on a monitor of this group and these tags. */
  record IncidentOpened(
      Incident incident, @Nullable String group, List<String> tags, List<TimelineEntry> entries)
      implements Fact {}

  /** An incident was resolved. */
  record IncidentResolved(UUID id, Instant at, Instant ended, List<TimelineEntry> entries)
      implements Fact {}

  /** An unresolved incident explains the failure of more monitors, which it lists from now on. */
  record ChildrenSuppressed(UUID incident, List<String> children, TimelineEntry entry)
      implements Fact {}

  /** Channels are to be told; those of them that were told are left out. */
  record NotificationsDue(List<Due> dues) implements Fact {}

  /**
   * A message was made of what is due, and is frozen.
   *
   * @param id one of the members'
   * @param body what each try sends
   */
  record MessageClaimed(UUID id, List<UUID> members, String body) implements Fact {}

  /**
   * A message was tried, or is to be tried again.
   *
   * @param attempts greater with each such fact of a message
   */
  record MessageTried(
      UUID id,
      NotificationState state,
      int attempts,
      @Nullable Instant nextAttemptAt,
      @Nullable Instant sentAt,
      @Nullable String error,
      List<TimelineEntry> entries)
      implements Fact {}
}
