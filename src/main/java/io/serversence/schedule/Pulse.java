package io.serversence.schedule;

import java.time.Duration;

/**
 * Knows when ServerSence itself was unwell: its own tick came late, because the process was stopped
 * or starved. What a probe found at such a time says nothing of its target. Times are nanoseconds
 * of the monotonic clock. Safe for use by many threads.
 */
final class Pulse {
  /** A tick later than this is a gap; ticks come ten times a second. */
  static final long GAP = Duration.ofSeconds(2).toNanos();

  private static final int REMEMBERED = 16;

  private final long[] from = new long[REMEMBERED];
  private final long[] until = new long[REMEMBERED];
  private int next;
  private int count;
  private long last;
  private long gaps;

  Pulse(long now) {
    last = now;
  }

  /** The tick, at its time. */
  synchronized void beat(long now) {
    if (now - last > GAP) {
      from[next] = last;
      until[next] = now;
      next = (next + 1) % REMEMBERED;
      count = Math.min(count + 1, REMEMBERED);
      gaps++;
    }
    last = now;
  }

  /** True if a gap touched the time between start and end of a probe. */
  synchronized boolean unwellBetween(long start, long end) {
    if (end - last > GAP) {
      return true;
    }
    for (int i = 0; i < count; i++) {
      if (start < until[i] && end > from[i]) {
        return true;
      }
    }
    return false;
  }

  /** The end of the latest gap, or {@code otherwise} where there was none. */
  synchronized long endOfLatestGap(long otherwise) {
    return count == 0 ? otherwise : until[(next + REMEMBERED - 1) % REMEMBERED];
  }

  /** The time since the last tick. */
  synchronized Duration since(long now) {
    return Duration.ofNanos(now - last);
  }

  /** How many gaps there were. */
  synchronized long gaps() {
    return gaps;
  }
}
