package io.serversence.stream;

import io.serversence.incident.Confirming;
import io.serversence.incident.Incident;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.MonitorState;
import io.serversence.monitor.Sample;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One monitor as people see it.
 *
 * @param since when the state began
 * @param incident the unresolved incident, or null
 * @param muted {@code silence}, {@code maintenance} or null
 */
public record BoardEntry(
    ConfiguredMonitor monitor,
    MonitorState state,
    Instant since,
    @Nullable Sample lastSample,
    @Nullable Confirming confirming,
    @Nullable String muted,
    @Nullable Incident incident) {

  /** The same, muted by something else. */
  BoardEntry mutedBy(@Nullable String by) {
    return new BoardEntry(monitor, state, since, lastSample, confirming, by, incident);
  }

  /** The same with another unresolved incident, or none. */
  BoardEntry with(@Nullable Incident unresolved) {
    return new BoardEntry(monitor, state, since, lastSample, confirming, muted, unresolved);
  }
}
