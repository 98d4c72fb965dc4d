package io.serversence.schedule;

import java.time.Instant;

/** The one place where time is read; a test moves its own by hand. Safe for use by many threads. */
public interface Clock {
  /** The wall clock, for what people read. */
  Instant now();

  /** The monotonic clock in nanoseconds, for durations. */
  long nanos();

  /** The machine's clocks. */
  static Clock system() {
    return new Clock() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }
    };
  }
}
