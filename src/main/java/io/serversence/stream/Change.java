package io.serversence.stream;

import io.serversence.history.Notification;
import io.serversence.incident.Confirming;
import io.serversence.incident.Incident;
import io.serversence.incident.TimelineEntry;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.MonitorState;
import io.serversence.monitor.Sample;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something durable that happened, to be told to everyone. */
public sealed interface Change {
  /** A probe was done. */
  record SampleTaken(ConfiguredMonitor monitor, Sample sample, @Nullable Confirming confirming)
      implements Change {}

  /** A monitor's state changed. */
  record StateChanged(ConfiguredMonitor monitor, MonitorState to, Instant since)
      implements Change {}

  /**
   * An incident was opened, changed or resolved, as the timeline entry says.
   *
   * @param monitor its monitor, or null where a channel fails
   */
  record IncidentChanged(
      @Nullable ConfiguredMonitor monitor, Incident incident, TimelineEntry entry)
      implements Change {}

  /** A monitor was configured. */
  record MonitorChanged(Kind kind, ConfiguredMonitor monitor) implements Change {}

  /**
   * Nobody is told of some monitors any more, or again.
   *
   * @param monitors at most 500, so that the event stays small
   * @param was by what they were muted: {@code silence}, {@code maintenance} or null
   * @param by by what they are now, or null; not both are null
   * @param id of the silence or maintenance window that mutes them, or did so until now; null where
   *     that is no longer known
   */
  record Muted(
      List<ConfiguredMonitor> monitors,
      @Nullable String was,
      @Nullable String by,
      @Nullable String id)
      implements Change {
    /** The most monitors of one change. */
    public static final int MOST = 500;

    public Muted {
      monitors = List.copyOf(monitors);
    }
  }

  /**
   * What became of a message.
   *
   * @param monitors those it tells of that are still there
   */
  record NotificationChanged(List<ConfiguredMonitor> monitors, Notification notification)
      implements Change {
    public NotificationChanged {
      monitors = List.copyOf(monitors);
    }
  }

  /** How a monitor was configured. */
  enum Kind {
    CREATED,
    UPDATED,
    DELETED
  }
}
