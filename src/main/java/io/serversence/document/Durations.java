package io.serversence.document;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The spelling of durations: a whole number and a unit, such as {@code 500ms} or {@code 30s}. */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h|d)");

  private Durations() {}

  /** The duration, or null where the text has another form. */
  public static @Nullable Duration parse(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      return null;
    }
    long n = Long.parseLong(m.group(1));
    return switch (m.group(2)) {
      case "ms" -> Duration.ofMillis(n);
      case "s" -> Duration.ofSeconds(n);
      case "m" -> Duration.ofMinutes(n);
      case "h" -> Duration.ofHours(n);
      default -> Duration.ofDays(n);
    };
  }

  /** The shortest spelling with one unit, rounded down to milliseconds. */
  public static String format(Duration duration) {
    long ms = duration.toMillis();
    if (ms % 1000 != 0) {
      return ms + "ms";
    }
    long s = ms / 1000;
    if (s % 60 != 0 || s == 0) {
      return s + "s";
    }
    if (s % 3600 != 0) {
      return s / 60 + "m";
    }
    return s % 86_400 != 0 ? s / 3600 + "h" : s / 86_400 + "d";
  }
}
