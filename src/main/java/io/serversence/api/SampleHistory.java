package io.serversence.api;

import io.serversence.monitor.Outcome;
import io.serversence.monitor.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the API asks of the stored samples. Safe for use by many threads; blocks. */
public interface SampleHistory {
  /**
   * Samples of a monitor, newest first.
   *
   * @param n the monitor's number
   * @param from the earliest
   * @param to after the latest
   * @param outcomes those wanted; empty for all
   * @param before only samples before this moment, or null
   * @param limit the most there are in the answer
   */
  List<Sample> page(
      int n, Instant from, Instant to, Set<Outcome> outcomes, @Nullable Instant before, int limit);
}
