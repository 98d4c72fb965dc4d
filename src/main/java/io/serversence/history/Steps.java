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
  private final @Nullable Bucket[] buckets;

  /**
   * Steps without samples.
   *
   * @param bounds at least two: the start of each, and the end of the last
   */
  Steps(List<Instant> bounds) {
    starts = bounds.subList(0, bounds.size() - 1);
    this.bounds = bounds.stream().mapToLong(Availability::micros).toArray();
    buckets = new Bucket[starts.size()];
  }

  /** Takes a sample; those before the first step and after the last are of no interest. */
  void add(long at, Outcome outcome, long latency) {
    Bucket bucket = bucket(at);
    if (bucket != null) {
      bucket.add(outcome, latency);
    }
  }

  /** Takes samples added up, as if all were taken at this moment. */
  void add(long at, PackedReader samples) {
    Bucket bucket = bucket(at);
    if (bucket != null) {
      bucket.add(samples);
    }
  }

  private @Nullable Bucket bucket(long at) {
    int found = Arrays.binarySearch(bounds, at);
    int i = found >= 0 ? found : -found - 2;
    if (i < 0 || i >= buckets.length) {
      return null;
    }
    Bucket bucket = buckets[i];
    if (bucket == null) {
      bucket = new Bucket();
      buckets[i] = bucket;
    }
    return bucket;
  }

  /** When the first begins. */
  Instant from() {
    return Availability.instant(bounds[0]);
  }

  /** When the last ends. */
  Instant to() {
    return Availability.instant(bounds[bounds.length - 1]);
  }

  /** Their bounds, in microseconds. */
  long[] bounds() {
    return bounds.clone();
  }

  /** All points, with or without samples. */
  List<HistoryPoint> points(Spans counted, Spans down) {
    Spans failed = counted.and(down);
    List<HistoryPoint> points = new ArrayList<>(buckets.length);
    for (int i = 0; i < buckets.length; i++) {
      Bucket bucket = buckets[i];
      long counting = counted.total(bounds[i], bounds[i + 1]);
      // A sample may reach into a step that has none of its own; that one has no figures at all.
      Double availability =
          bucket == null || counting == 0
              ? null
              : 1 - failed.total(bounds[i], bounds[i + 1]) / (double) counting;
      points.add((bucket == null ? new Bucket() : bucket).point(starts.get(i), availability));
    }
    return points;
  }

  /** How the latencies of each step are spread. */
  List<LatencyPoint> latencies() {
    List<LatencyPoint> points = new ArrayList<>(buckets.length);
    for (int i = 0; i < buckets.length; i++) {
      Bucket bucket = buckets[i];
      points.add((bucket == null ? new Bucket() : bucket).spread(starts.get(i)));
    }
    return points;
  }
}
