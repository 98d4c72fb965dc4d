package io.serversence.monitor;

import org.jspecify.annotations.Nullable;

/** Durations as Go spells them: {@code 48h}, {@code 1h30m}, {@code 1.5s}, {@code -500ms}. */
final class GoDuration {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private GoDuration() {}

  /**
   * Nanoseconds, as {@code time.ParseDuration} reads them; null where the text is no duration, has
   * a number without a unit (but {@code 0} is one), or lasts more than about 292 years.
   */
  static @Nullable Long parse(String text) {
    int at = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    if (at == text.length()) {
      return null;
    }
    if (text.length() == at + 1 && text.charAt(at) == '0') {
      return 0L;
    }
    try {
      long sum = 0;
      while (at < text.length()) {
        int whole = endOfDigits(text, at);
        boolean dot = whole < text.length() && text.charAt(whole) == '.';
        int end = dot ? endOfDigits(text, whole + 1) : whole;
        if (end - at == (dot ? 1 : 0)) {
          return null; // no digit at all
        }
        int next = endOfUnit(text, end);
        long unit = unit(text.substring(end, Math.min(next, end + 3)));
        if (unit == 0) {
          return null;
        }
        long amount = whole == at ? 0 : Long.parseLong(text, at, whole, 10);
        sum = Math.addExact(sum, Math.multiplyExact(amount, unit));
        sum = dot ? Math.addExact(sum, fraction(text, whole + 1, end, unit)) : sum;
        at = next;
      }
      return text.charAt(0) == '-' ? -sum : sum;
    } catch (ArithmeticException | NumberFormatException e) {
      return null; // too long
    }
  }

  private static int endOfDigits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private static int endOfUnit(String text, int from) {
    int at = from;
    while (at < text.length()
        && text.charAt(at) != '.'
        && (text.charAt(at) < '0' || text.charAt(at) > '9')) {
      at++;
    }
    return at;
  }

  private static long unit(String name) {
    return switch (name) {
      case "ns" -> 1;
      case "us", "\u00b5s", "\u03bcs" -> 1_000;
      case "ms" -> NANOS_PER_MILLI;
      case "s" -> 1_000_000_000;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      default -> 0;
    };
  }

  /** The nanoseconds of the decimals from {@code from} to {@code end}; 18 of them are enough. */
  private static long fraction(String text, int from, int end, long unit) {
    int last = Math.min(end, from + 18);
    if (from == last) {
      return 0;
    }
    long digits = Long.parseLong(text, from, last, 10);
    return (long) (digits * (unit / Math.pow(10, last - from)));
  }

  /** Whole milliseconds of a duration, cut, as {@code Duration.Milliseconds} has them. */
  static long toMillis(long nanos) {
    return nanos / NANOS_PER_MILLI;
  }

  /**
   * Spells a duration in hours, minutes and whole seconds, such as {@code 336h} or {@code 1h0m15s}.
   */
  static String format(long millis) {
    long seconds = millis / 1000;
    if (seconds == 0) {
      return "0s";
    }
    String sign = seconds < 0 ? "-" : "";
    long s = Math.abs(seconds % 60);
    long m = Math.abs(seconds / 60 % 60);
    long h = Math.abs(seconds / 3600);
    StringBuilder text = new StringBuilder(sign);
    if (h > 0) {
      text.append(h).append('h');
    }
    if (m > 0 || (h > 0 && s > 0)) {
      text.append(m).append('m');
    }
    if (s > 0) {
      text.append(s).append('s');
    }
    return text.toString();
  }
}
