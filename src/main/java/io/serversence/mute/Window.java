package io.serversence.mute;

import io.serversence.monitor.Monitor;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A maintenance window: a time, once or again and again, in which nobody is told of some monitors.
 * Each occurrence begins at the same time of day of its zone and lasts as long as the first, across
 * a change of the clock; where the clock skips that time, it begins that much later.
 *
 * @param recurrence the rule as it was given, or null for once
 */
public record Window(
    String id,
    String name,
    Match match,
    Instant startsAt,
    Duration duration,
    @Nullable String recurrence,
    ZoneId timezone) {

  /** A stretch of time, the end not included. */
  public record Span(Instant from, Instant to) {}

  private static final int MOST = 10_000;

  /** Whether a monitor is under maintenance at a time. */
  public boolean covers(Monitor monitor, Instant at) {
    return match.accepts(monitor) && open(at);
  }

  /** Whether there is maintenance at a time. */
  boolean open(Instant at) {
    return !spans(at, at.plusNanos(1)).isEmpty();
  }

  /** The occurrences that reach into {@code [from, to)}, in their order, cut to it. */
  public List<Span> spans(Instant from, Instant to) {
    List<Span> spans = new ArrayList<>();
    if (recurrence == null) {
      add(spans, startsAt, from, to);
      return spans;
    }
    Rrule rule = Rrule.parse(recurrence, timezone);
    rule.walk(
        startsAt.atZone(timezone).toLocalDateTime(),
        from.minus(duration).atZone(timezone).toLocalDate().minusDays(1),
        start -> {
          Instant begins = start.atZone(timezone).toInstant();
          add(spans, begins, from, to);
          return begins.isBefore(to) && spans.size() < MOST;
        });
    return spans;
  }

  private void add(List<Span> spans, Instant begins, Instant from, Instant to) {
    Instant ends = begins.plus(duration);
    if (begins.isBefore(to) && ends.isAfter(from)) {
      spans.add(new Span(begins.isBefore(from) ? from : begins, ends.isAfter(to) ? to : ends));
    }
  }
}
