package io.serversence.incident;

import io.serversence.monitor.MonitorState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of what people are told.
 *
 * @param since the first sample of those that speak for the new state
 * @param incident what it means for the incident, or null for nothing
 */
public record Transition(
    MonitorState from, MonitorState to, Instant since, @Nullable Effect incident) {

  /** What a transition does to the monitor's incident. */
  public enum Effect {
    OPENS,
    RESOLVES
  }
}
