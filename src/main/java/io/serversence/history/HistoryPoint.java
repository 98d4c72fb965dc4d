package io.serversence.history;

import io.serversence.monitor.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was found in one step of a monitor's history. Latencies are those of all samples that could
 * judge, in microseconds; null without one.
 *
 * @param at the start of the step
 * @param availability 0..1, or null where no time of the step counts, see {@link Availability}
 */
public record HistoryPoint(
    Instant at,
    long samples,
    long up,
    long degraded,
    long down,
    long unknown,
    @Nullable Double availability,
    @Nullable Double p50,
    @Nullable Double p95,
    @Nullable Double p99,
    @Nullable Double min,
    @Nullable Double max) {

  /** Gathers the samples of a step. Used by one thread. */
  static final class Gathering {
    private final long[] counts = new long[Outcome.values().length];
    private final LatencySketch latencies = new LatencySketch();

    void add(Outcome outcome, long latency) {
      counts[outcome.code()]++;
      if (outcome != Outcome.UNKNOWN) {
        latencies.add(Math.max(0, latency));
      }
    }

    HistoryPoint point(Instant at, @Nullable Double availability) {
      long up = counts[Outcome.UP.code()];
      long degraded = counts[Outcome.DEGRADED.code()];
      long down = counts[Outcome.DOWN.code()];
      long unknown = counts[Outcome.UNKNOWN.code()];
      return new HistoryPoint(
          at,
          up + degraded + down + unknown,
          up,
          degraded,
          down,
          unknown,
          availability,
          latencies.quantile(0.5),
          latencies.quantile(0.95),
          latencies.quantile(0.99),
          latencies.min(),
          latencies.max());
    }
  }
}
