package io.serversence.history;

import io.serversence.monitor.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sorts samples into the steps of a history. Used by one thread. */
final class Steps {
  private final List<Instant> starts;
  private final long[] bounds;
  private final HistoryPoint.@Nullable Gathering[] gatherings;

  /**
   * Steps without samples.
   *
   * @param bounds at least two: the start of each, and the end of the last
   */
  Steps(List<Instant> bounds) {
    starts = bounds.subList(0, bounds.size() - 1);
    this.bounds = bounds.stream().mapToLong(Availability::micros).toArray();
    gatherings = new HistoryPoint.Gathering[starts.size()];
  }

  /** Takes a sample; those before the first step and after the last are of no interest. */
  void add(long at, Outcome outcome, long latency) {
    int found = Arrays.binarySearch(bounds, at);
    int i = found >= 0 ? found : -found - 2;
    if (i < 0 || i >= gatherings.length) {
      return;
    }
    HistoryPoint.Gathering gathering = gatherings[i];
    if (gathering == null) {
      gathering = new HistoryPoint.Gathering();
      gatherings[i] = gathering;
    }
    gathering.add(outcome, latency);
  }

  /** All points, with or without samples. */
  List<HistoryPoint> points(Spans counted, Spans down) {
    Spans failed = counted.and(down);
    List<HistoryPoint> points = new ArrayList<>(gatherings.length);
    for (int i = 0; i < gatherings.length; i++) {
      HistoryPoint.Gathering gathering = gatherings[i];
      long counting = counted.total(bounds[i], bounds[i + 1]);
      // A sample may reach into a step that has none of its own; that one has no figures at all.
      Double availability =
          gathering == null || counting == 0
              ? null
              : 1 - failed.total(bounds[i], bounds[i + 1]) / (double) counting;
      points.add(
          (gathering == null ? new HistoryPoint.Gathering() : gathering)
              .point(starts.get(i), availability));
    }
    return points;
  }
}
