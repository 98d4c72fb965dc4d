package io.serversence.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How long something was, as people say it: in two units at the most. Pure. */
final class Spoken {
  /** A unit of time. */
  enum Unit {
    SECONDS,
    MINUTES,
    HOURS,
    DAYS
  }

  /** So many of a unit. */
  record Part(long number, Unit unit) {}

  private Spoken() {}

  /** Such as {@code 45 s}, {@code 12 min}, {@code 3 h 5 min} or {@code 2 d 4 h}. */
  static String of(Instant from, Instant to, PageWords words) {
    return words.length(parts(Math.max(1, (Duration.between(from, to).toMillis() + 500) / 1000)));
  }

  private static List<Part> parts(long seconds) {
    if (seconds < 60) {
      return List.of(new Part(seconds, Unit.SECONDS));
    }
    long minutes = seconds / 60;
    if (minutes < 60) {
      return List.of(new Part(minutes, Unit.MINUTES));
    }
    long hours = minutes / 60;
    return hours < 24
        ? two(hours, Unit.HOURS, minutes % 60, Unit.MINUTES)
        : two(hours / 24, Unit.DAYS, hours % 24, Unit.HOURS);
  }

  private static List<Part> two(long large, Unit unit, long small, Unit smaller) {
    Part first = new Part(large, unit);
    return small == 0 ? List.of(first) : List.of(first, new Part(small, smaller));
  }
}
