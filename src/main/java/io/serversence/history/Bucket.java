package io.serversence.history;

import io.serversence.monitor.Outcome;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The samples of some stretch of time added up: how many had which outcome, and the latencies of
 * those that could judge. Buckets can be added up themselves. Used by one thread.
 */
final class Bucket {
  private static final int OUTCOMES = Outcome.values().length;

  private final long[] counts = new long[OUTCOMES];
  private final LatencySketch latencies = new LatencySketch();

  void add(Outcome outcome, long latency) {
    counts[outcome.code()]++;
    if (outcome != Outcome.UNKNOWN) {
      latencies.add(Math.max(0, latency));
    }
  }

  /** Adds what {@link #write} wrote. */
  void add(PackedReader reader) {
    for (int i = 0; i < OUTCOMES; i++) {
      counts[i] += reader.unsigned();
    }
    latencies.add(reader);
  }

  void write(PackedWriter writer) {
    for (long count : counts) {
      writer.unsigned(count);
    }
    latencies.write(writer);
  }

  byte[] toBytes() {
    PackedWriter writer = new PackedWriter();
    write(writer);
    return writer.toBytes();
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

  LatencyPoint spread(Instant at) {
    long[] counts = latencies.counts();
    long samples = Arrays.stream(counts).sum();
    return new LatencyPoint(
        at, samples, samples == 0 ? List.of() : Arrays.stream(counts).boxed().toList());
  }
}
