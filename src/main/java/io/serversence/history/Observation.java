package io.serversence.history;

import io.serversence.monitor.Outcome;

/**
 * Finds out from samples when a monitor was observed: each covers the time until the next one, at
 * most its reach; one that could not judge covers nothing. Times and reaches are microseconds. Used
 * by one thread.
 */
final class Observation {
  private final Spans.Builder spans = new Spans.Builder();
  private long at = Long.MIN_VALUE;
  private long reach;

  /**
   * Takes the next sample, which must not be before the one taken last.
   *
   * @param newReach how long it covers at the most, 0 or more
   */
  void add(long newAt, long newReach, Outcome outcome) {
    cover(newAt);
    at = newAt;
    reach = outcome == Outcome.UNKNOWN ? 0 : newReach;
  }

  private void cover(long limit) {
    if (at != Long.MIN_VALUE) {
      spans.add(at, Math.min(limit, at + reach));
    }
  }

  /**
   * Ends it.
   *
   * @param now no sample covers time after it, not even one of a clock that was ahead
   */
  Spans until(long now) {
    cover(now);
    return spans.build().within(Long.MIN_VALUE, now);
  }
}
