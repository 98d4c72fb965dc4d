package io.serversence.mute;

import io.serversence.monitor.Monitor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** When a monitor was or will be under maintenance. Pure. */
public final class Maintenance {
  private Maintenance() {}

  /** The stretches within {@code [from, to)}, in their order, none touching the next. */
  public static List<Window.Span> spans(
      List<Window> windows, Monitor monitor, Instant from, Instant to) {
    List<Window.Span> all = new ArrayList<>();
    for (Window window : windows) {
      if (window.match().accepts(monitor)) {
        all.addAll(window.spans(from, to));
      }
    }
    all.sort(Comparator.comparing(Window.Span::from));
    List<Window.Span> joined = new ArrayList<>();
    for (Window.Span span : all) {
      Window.Span last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last == null || span.from().isAfter(last.to())) {
        joined.add(span);
      } else if (span.to().isAfter(last.to())) {
        joined.set(joined.size() - 1, new Window.Span(last.from(), span.to()));
      }
    }
    return joined;
  }
}
