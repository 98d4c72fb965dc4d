package io.serversence.page;

import java.time.Duration;
import java.time.Instant;

/** How long something was, as people say it. Pure. */
final class Spoken {
  private Spoken() {}

  /** Such as {@code 45 s}, {@code 12 min}, {@code 3 h 5 min} or {@code 2 d 4 h}. */
  static String of(Instant from, Instant to) {
    long seconds = Math.max(1, (Duration.between(from, to).toMillis() + 500) / 1000);
    if (seconds < 60) {
      return seconds + " s";
    }
    long minutes = seconds / 60;
    if (minutes < 60) {
      return minutes + " min";
    }
    long hours = minutes / 60;
    return hours < 24
        ? two(hours, "h", minutes % 60, "min")
        : two(hours / 24, "d", hours % 24, "h");
  }

  private static String two(long large, String unit, long small, String smaller) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + smaller);
  }
}
