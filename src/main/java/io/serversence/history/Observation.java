package io.serversence.history;

import io.serversence.monitor.Outcome;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out from samples when a monitor was observed: each covers the time until the next one, at
 * most its reach; one that could not judge covers nothing. Times and reaches are microseconds. Used
 * by one thread.
 */
final class Observation {
  private final Spans.Builder spans = new Spans.Builder();
  private boolean any;
  private long first;
  private long at;
  private long reach;

  /**
   * Takes the next sample, which must not be before the one taken last.
   *
   * @param newReach how long it covers at the most, 0 or more
   */
  void add(long newAt, long newReach, Outcome outcome) {
    begin(newAt);
    at = newAt;
    reach = outcome == Outcome.UNKNOWN ? 0 : newReach;
  }

  /** Takes the next samples, as far as they are known; none may be before the one taken last. */
  void add(Observed next) {
    begin(next.first());
    next.before().list().forEach(span -> spans.add(span.from(), span.to()));
    at = next.last();
    reach = next.reach();
  }

  private void begin(long newAt) {
    if (any) {
      spans.add(at, Math.min(newAt, at + reach));
    } else {
      any = true;
      first = newAt;
    }
  }

  /** What is known so far, or null without a sample. */
  @Nullable Observed observed() {
    return any ? new Observed(first, at, reach, spans.build()) : null;
  }

  /** What is known of each so far, but for those without a sample. */
  static Map<Integer, Observed> all(Map<Integer, Observation> observations) {
    Map<Integer, Observed> all = new HashMap<>();
    observations.forEach(
        (n, observation) -> {
          Observed observed = observation.observed();
          if (observed != null) {
            all.put(n, observed);
          }
        });
    return all;
  }

  /**
   * Ends it.
   *
   * @param now no sample covers time after it, not even one of a clock that was ahead
   */
  Spans until(long now) {
    if (any) {
      spans.add(at, Math.min(now, at + reach));
    }
    return spans.build().within(Long.MIN_VALUE, now);
  }
}
