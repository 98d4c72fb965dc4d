package io.serversence.monitor;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one probe found.
 *
 * @param at the start of the probe
 * @param latency microseconds, never negative
 * @param message why it failed, in words a person understands; null where there is nothing to say
 */
public record Sample(
    Instant at,
    Outcome outcome,
    long latency,
    Phases phases,
    @Nullable String message,
    List<ConditionResult> conditions) {
  public Sample {
    conditions = List.copyOf(conditions);
  }

  /** The same probe, with another outcome. */
  public Sample as(Outcome other, @Nullable String why) {
    return new Sample(at, other, latency, phases, why, conditions);
  }
}
