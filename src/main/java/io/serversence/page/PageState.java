package io.serversence.page;

import io.serversence.monitor.MonitorState;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How a monitor, or all of a page, is said to be; the first of them is the worst. */
public enum PageState {
  DOWN("Down", "#b9261c"),
  DEGRADED("Degraded", "#8a5a00"),
  UNKNOWN("Unknown", "#6a4aa3"),
  /** Work on it was announced, whatever else is known. */
  MAINTENANCE("Under maintenance", "#46658a"),
  UP("Operational", "#23724b"),
  /** Nothing was seen yet. */
  PENDING("Not checked yet", "#626b65"),
  PAUSED("Paused", "#626b65");

  private final String word;
  private final String colour;

  PageState(String word, String colour) {
    this.word = word;
    this.colour = colour;
  }

  /** In words. */
  public String word() {
    return word;
  }

  /** White text can be read on it. */
  String colour() {
    return colour;
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
