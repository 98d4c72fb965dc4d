package io.serversence.server;

import java.util.Arrays;

/** Measured values, kept all. Safe for use by many threads. */
final class Distribution {
  private long[] values = new long[16];
  private int count;

  synchronized void add(long value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, count * 2);
    }
    values[count++] = value;
  }

  void add(Distribution other) {
    for (long value : other.copy()) {
      add(value);
    }
  }

  synchronized int count() {
    return count;
  }

  /** The value that the given share of all does not exceed; 0 where there is none. */
  long quantile(double share) {
    long[] sorted = copy();
    Arrays.sort(sorted);
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }

  /** In milliseconds, for nanoseconds measured. */
  String shown() {
    return String.format(
        "p50 %.1f ms, p99 %.1f ms, max %.1f ms (%d)",
        quantile(0.5) / 1e6, quantile(0.99) / 1e6, quantile(1) / 1e6, count());
  }

  private synchronized long[] copy() {
    return Arrays.copyOf(values, count);
  }
}
