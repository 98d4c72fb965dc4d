package io.serversence.probe;

import io.serversence.monitor.Phases;
import java.util.Arrays;

/**
 * Measures the phases of one probe on the monotonic clock. A phase that is entered again, at the
 * next hop of a redirect, adds to its sum; a phase that is broken off counts until then. Used by
 * one thread.
 */
final class Stopwatch {
  static final int RESOLVE = 0;
  static final int CONNECT = 1;
  static final int TLS = 2;
  static final int PROCESSING = 3;
  static final int TRANSFER = 4;
  private static final int NOWHERE = -1;

  private final long[] sums = new long[5];
  private int phase = NOWHERE;
  private long since;

  Stopwatch() {
    Arrays.fill(sums, Phases.NONE);
  }

  /** Enters a phase, which ends the one before. */
  void enter(int next, long now) {
    if (next != phase) {
      stop(now);
      phase = next;
      since = now;
    }
  }

  /** Ends the phase under way. */
  void stop(long now) {
    if (phase != NOWHERE) {
      sums[phase] = Math.max(0, sums[phase]) + (now - since);
      phase = NOWHERE;
    }
  }

  Phases phases() {
    return new Phases(micros(0), micros(1), micros(2), micros(3), micros(4));
  }

  private long micros(int of) {
    return sums[of] < 0 ? Phases.NONE : sums[of] / 1_000;
  }
}
