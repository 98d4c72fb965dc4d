package io.serversence.history;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import org.jspecify.annotations.Nullable;

/**
 * The distribution of latencies, in microseconds: quantiles are right within 1 %, over any times
 * and monitors, because sketches can be added up. Used by one thread.
 */
final class LatencySketch {
  /** Masson, Rim, Lee: DDSketch, VLDB 2019. */
  private static final double RELATIVE_ERROR = 0.01;

  private final DDSketch sketch =
      new DDSketch(new LogarithmicMapping(RELATIVE_ERROR), UnboundedSizeDenseStore::new);

  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  void add(long latency) {
    double value = (double) latency;
    sketch.accept(value);
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  /** The latency that this share of them, 0..1, does not exceed; null if there is none. */
  @Nullable Double quantile(double share) {
    return sketch.isEmpty() ? null : Math.max(min, Math.min(max, sketch.getValueAtQuantile(share)));
  }

  @Nullable Double min() {
    return sketch.isEmpty() ? null : min;
  }

  @Nullable Double max() {
    return sketch.isEmpty() ? null : max;
  }
}
