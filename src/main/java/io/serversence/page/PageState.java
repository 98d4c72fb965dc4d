package io.serversence.page;

import io.serversence.monitor.MonitorState;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How a monitor, or all of a page, is said to be; the first of them is the worst. */
public enum PageState {
  DOWN("#b9261c", "M5 1h6l4 4v6l-4 4H5l-4-4V5z", "M5.5 5.5l5 5m0-5l-5 5"),
  DEGRADED("#8a5a00", "M8 .8l7.6 14H.4z", "M8 5.8v4m0 2.3v.1"),
  UNKNOWN("#6a4aa3", Shape.ROUND, "M6 6.2a2 2 0 1 1 2.7 1.9c-.5.2-.7.5-.7 1.1m0 2.3v.1"),
  /** Work on it was announced, whatever else is known. */
  MAINTENANCE("#46658a", "M1 1h14v14H1z", "M8 4.5v4l2.6 1.8"),
  UP("#23724b", Shape.ROUND, "M4.6 8.3l2.3 2.3 4.5-4.9"),
  /** Nothing was seen yet. */
  PENDING("#626b65", Shape.ROUND, "M4.7 8v.1m3.3-.1v.1m3.3-.1v.1"),
  PAUSED("#626b65", Shape.ROUND, "M6.3 5.5v5m3.4-5v5");

  /** The outline of several. */
  private static final class Shape {
    static final String ROUND = "M8 .5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 1 1 0-15z";
  }

  private final String colour;
  private final String icon;

  PageState(String colour, String shape, String sign) {
    this.colour = colour;
    this.icon =
        "<svg class=\"icon\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\""
            + shape
            + "\"/><path class=\"sign\" d=\""
            + sign
            + "\"/></svg>";
  }

  /** White text can be read on it. */
  String colour() {
    return colour;
  }

  /** A picture of it as SVG, which differs by its shape too. */
  String icon() {
    return icon;
  }

  /** For the names of classes in a style sheet. */
  String lower() {
    return name().toLowerCase(Locale.ROOT);
  }

  static PageState of(MonitorState state, boolean maintained) {
    if (maintained && state != MonitorState.PAUSED) {
      return MAINTENANCE;
    }
    return switch (state) {
      case UP -> UP;
      case DEGRADED -> DEGRADED;
      case DOWN -> DOWN;
      case UNKNOWN -> UNKNOWN;
      case PENDING -> PENDING;
      case PAUSED -> PAUSED;
    };
  }

  /** The state of all together. */
  static PageState worst(Collection<PageState> states) {
    Set<PageState> all = EnumSet.noneOf(PageState.class);
    all.addAll(states);
    return all.isEmpty() ? PENDING : all.iterator().next();
  }
}
