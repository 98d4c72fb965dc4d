package io.serversence.schedule;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** What the schedule counts about itself. Safe for use by many threads. */
final class ScheduleMeters {
  /** Upper bounds of the lateness histogram, in milliseconds. */
  static final long[] BOUNDS = {1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000};

  private final LongAdder[] lateness = new LongAdder[BOUNDS.length + 1];
  private final LongAdder started = new LongAdder();
  private final LongAdder latenessMicros = new LongAdder();
  private final LongAdder shed = new LongAdder();

  ScheduleMeters() {
    for (int i = 0; i < lateness.length; i++) {
      lateness[i] = new LongAdder();
    }
  }

  /** A probe was started so many nanoseconds after it was due. */
  void started(long late) {
    started.increment();
    latenessMicros.add(Math.max(0, late) / 1_000);
    int i = 0;
    while (i < BOUNDS.length && late > BOUNDS[i] * 1_000_000) {
      i++;
    }
    lateness[i].increment();
  }

  /** Due times that found their monitor still running, or no room. */
  void shed(long count) {
    shed.add(count);
  }

  long started() {
    return started.sum();
  }

  long shed() {
    return shed.sum();
  }

  double latenessSeconds() {
    return latenessMicros.sum() / 1e6;
  }

  /** How many started within each bound and not within the one before; last, the later ones. */
  long[] lateness() {
    long[] counts = new long[lateness.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = lateness[i].sum();
    }
    return counts;
  }

  static double[] boundsInSeconds() {
    return Arrays.stream(BOUNDS).mapToDouble(bound -> bound / 1e3).toArray();
  }
}
