package io.serversence.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a latency heat map: six to each power of ten, from a millisecond to a minute and a
 * half, which is more than a probe may take. All microseconds.
 */
public final class LatencyBands {
  private static final long[] STARTS = starting();

  private LatencyBands() {}

  private static long[] starting() {
    List<Long> starts = new ArrayList<>();
    starts.add(0L);
    for (long decade = 1_000; decade <= 10_000_000; decade *= 10) {
      for (long tenths : new long[] {10, 15, 20, 30, 50, 70}) {
        starts.add(decade / 10 * tenths);
      }
    }
    return starts.stream().mapToLong(Long::longValue).toArray();
  }

  /** Where each begins; it ends where the next one begins, and the last one never. */
  public static List<Long> starts() {
    return Arrays.stream(STARTS).boxed().toList();
  }

  static int count() {
    return STARTS.length;
  }

  /** The place of the one that a latency, 0 or more, is in. */
  static int of(double latency) {
    int found = Arrays.binarySearch(STARTS, (long) latency);
    return found >= 0 ? found : -found - 2;
  }
}
