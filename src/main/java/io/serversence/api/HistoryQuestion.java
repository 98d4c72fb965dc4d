package io.serversence.api;

import io.serversence.history.HistoryStore;
import io.serversence.history.Step;
import io.serversence.monitor.ConfiguredMonitor;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * What is asked of a monitor's history: a window in steps.
 *
 * @param bounds the start of each step, and after them the end of the last
 */
record HistoryQuestion(Step step, List<Instant> bounds, Instant now) {
  private static final int MOST_POINTS = 2_000;

  /** A chart has room for so many. */
  private static final int USUAL_POINTS = 300;

  /**
   * Reads it from a query, to its end.
   *
   * @throws io.serversence.document.InvalidDocument if there is a fault in it
   */
  static HistoryQuestion read(Asked asked, ConfiguredMonitor monitor, HistoryStore history) {
    Query query = asked.query();
    Instant now = asked.now();
    Query.Window window = query.window(now);
    Set<Step> steps = query.words("step", Step.values(), Step::word);
    if (steps.size() > 1) {
      query.fault("step", "must be one step");
    }
    Step finest = history.finest(monitor, window.from(), now);
    Step step = steps.isEmpty() ? usual(window, finest) : steps.iterator().next();
    if (step.compareTo(finest) < 0) {
      query.fault("step", "is finer than what is kept of this window, which is " + finest.word());
    }
    ZoneId zone = query.zone("tz");
    query.finish();
    List<Instant> bounds = step.bounds(window.from(), window.to(), zone, MOST_POINTS);
    if (bounds.isEmpty() && window.from().isBefore(window.to())) {
      query.fault("step", "would give more than " + MOST_POINTS + " points; take a longer one");
      query.finish();
    }
    return new HistoryQuestion(step, bounds, now);
  }

  /** The finest step that is kept and that a chart has room for. */
  private static Step usual(Query.Window window, Step finest) {
    for (Step step : Step.values()) {
      if (step.compareTo(finest) >= 0
          && !window.to().minus(step.length().multipliedBy(USUAL_POINTS)).isAfter(window.from())) {
        return step;
      }
    }
    return Step.DAY;
  }
}
