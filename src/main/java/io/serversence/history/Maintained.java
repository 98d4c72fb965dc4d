package io.serversence.history;

import io.serversence.monitor.Monitor;
import io.serversence.mute.Match;
import io.serversence.mute.Window;
import java.time.Instant;
import java.util.List;

/**
 * When monitors were under maintenance in a stretch of time, by the maintenance windows as they are
 * now: one that is changed or removed is so for the past too. Immutable.
 */
final class Maintained {
  private record Unfolded(Match match, Spans spans) {}

  private final List<Unfolded> windows;

  /** Unfolds the rule of each window once, for however many monitors are asked for. */
  Maintained(List<Window> windows, Instant from, Instant to) {
    this.windows =
        windows.stream()
            .map(window -> new Unfolded(window.match(), spans(window, from, to)))
            .filter(unfolded -> unfolded.spans().total() > 0)
            .toList();
  }

  private static Spans spans(Window window, Instant from, Instant to) {
    return Spans.union(
        window.spans(from, to).stream()
            .map(s -> new Spans.Span(Availability.micros(s.from()), Availability.micros(s.to())))
            .toList());
  }

  Spans of(Monitor monitor) {
    Spans all = Spans.NONE;
    for (Unfolded window : windows) {
      if (window.match().accepts(monitor)) {
        all = all.or(window.spans());
      }
    }
    return all;
  }
}
