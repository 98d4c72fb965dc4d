package io.serversence.stream;

import java.util.concurrent.TimeUnit;

/**
 * When a writer may walk over its clients again: at once where it has time, else so late that
 * events gather. Times are those of the monotonic clock, in nanoseconds. For one thread.
 */
final class WalkPace {
  /** Events are gathered no longer than this, beside the time that a walk takes anyway. */
  private static final long LONGEST_GATHERING = TimeUnit.MILLISECONDS.toNanos(50);

  /** Under load are those who would walk more than this share of their time, a walk per event. */
  private static final double LOAD = 0.08;

  /** The same, where others would come while one is held back. */
  private static final double LOAD_OF_MANY = 0.03;

  /** How many events there are is looked at over this time. */
  private static final long RATED_OVER = TimeUnit.MILLISECONDS.toNanos(250);

  private long ratedAt;
  private long ratedHead;
  private double perNano;

  WalkPace(long now) {
    this.ratedAt = now;
  }

  /** A walk begins, with all events up to this one. */
  void begins(long now, long head) {
    if (now - ratedAt >= RATED_OVER) {
      perNano = (double) (head - ratedHead) / (now - ratedAt);
      ratedHead = head;
      ratedAt = now;
    }
  }

  /**
   * The earliest beginning of the next walk, after one from a start to an end.
   *
   * @param waiting whether something new waits already
   */
  long next(long start, long end, boolean waiting) {
    return underLoad(end - start) ? afterGathering(start, end, waiting) : start;
  }

  private boolean underLoad(long walk) {
    double load = perNano * LONGEST_GATHERING > 1 ? LOAD_OF_MANY : LOAD;
    return perNano * walk > load;
  }

  /**
   * After a long walk threads that write and those who read on this machine need time as well. If
   * nothing new waits at its end, they have some anyway, and what comes next would only wait.
   */
  private static long afterGathering(long start, long end, boolean waiting) {
    long rest = waiting ? Math.min(end - start, LONGEST_GATHERING) : 0;
    return Math.max(start + LONGEST_GATHERING, end + rest);
  }
}
