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
}
