package io.serversence.history;

import java.time.Instant;
import java.util.List;

/**
 * How the latencies of one step were spread: a column of a heat map.
 *
 * @param at the start of the step
 * @param samples how many samples could judge
 * @param counts of them, for each band of latencies; empty without a sample
 */
public record LatencyPoint(Instant at, long samples, List<Long> counts) {
  public LatencyPoint {
    counts = List.copyOf(counts);
  }
}
