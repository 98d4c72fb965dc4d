package io.serversence.monitor;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers as Go spells them, because that is how Gatus reads both sides of a condition:
 * {@code strconv.ParseInt} with base 0 and {@code strconv.ParseFloat}.
 */
final class GoNumber {
  private static final Pattern REAL =
      Pattern.compile(
          "[+-]?+(?:[0-9]++\\.?+[0-9]*+|\\.[0-9]++)(?:[eE][+-]?+[0-9]++)?+"
              + "|[+-]?+0[xX](?:[0-9a-fA-F]++\\.?+[0-9a-fA-F]*+|\\.[0-9a-fA-F]++)[pP][+-]?+[0-9]++");

  private GoNumber() {}

  /**
   * A whole number of 64 bits: decimal, or with {@code 0x}, {@code 0o} (or just {@code 0}) or
   * {@code 0b} before it, digits parted by single underscores where wanted. Null where the text is
   * none, so {@code 09} is not one. Takes time in proportion to the number's digits, not the text's
   * length.
   */
  static @Nullable Long whole(String text) {
    int length = text.length();
    int at = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    if (at == length) {
      return null;
    }
    boolean negative = text.charAt(0) == '-';
    int base = text.charAt(at) == '0' ? baseOf(text, at) : 10;
    boolean digitBefore = base != 10; // an underscore may follow the prefix
    at += base == 10 ? 0 : isPrefixed(text, at) ? 2 : 1;
    long n = 0; // negative, which has room for one more
    for (; at < length; at++) {
      char c = text.charAt(at);
      if (c == '_' && digitBefore && at + 1 < length) {
        digitBefore = false;
        continue;
      }
      int digit = c < 128 ? Character.digit(c, base) : -1;
      if (digit < 0 || n < (Long.MIN_VALUE + digit) / base) {
        return null;
      }
      n = n * base - digit;
      digitBefore = true;
    }
    return negative ? Long.valueOf(n) : n == Long.MIN_VALUE ? null : Long.valueOf(-n);
  }

  private static int baseOf(String text, int zero) {
    if (!isPrefixed(text, zero)) {
      return 8;
    }
    return switch (text.charAt(zero + 1)) {
      case 'x', 'X' -> 16;
      case 'b', 'B' -> 2;
      default -> 8;
    };
  }

  /** True if the zero is the first of two characters that tell the base. */
  private static boolean isPrefixed(String text, int zero) {
    return text.length() - zero >= 3 && "xXbBoO".indexOf(text.charAt(zero + 1)) >= 0;
  }

  /** A floating-point number cut to a whole one, or null where the text is none or out of range. */
  static @Nullable Long cutReal(String text) {
    if (text.isEmpty() || !startsNumber(text.charAt(0))) {
      return null;
    }
    String plain = text.indexOf('_') < 0 ? text : withoutUnderscores(text);
    if (!REAL.matcher(plain).matches()) {
      return null;
    }
    double real = Double.parseDouble(plain);
    return Double.isInfinite(real) ? null : (long) real;
  }

  private static boolean startsNumber(char c) {
    return (c >= '0' && c <= '9') || c == '.' || c == '+' || c == '-';
  }

  /** The text without its underscores; empty if one of them does not stand between digits. */
  private static String withoutUnderscores(String text) {
    boolean hex = text.length() > 2 && (text.indexOf("0x") >= 0 || text.indexOf("0X") >= 0);
    for (int at = text.indexOf('_'); at >= 0; at = text.indexOf('_', at + 1)) {
      if (at == 0 || at == text.length() - 1) {
        return "";
      }
      char before = text.charAt(at - 1);
      boolean prefixed = hex && (before == 'x' || before == 'X');
      int base = hex ? 16 : 10;
      if ((Character.digit(before, base) < 0 && !prefixed)
          || Character.digit(text.charAt(at + 1), base) < 0) {
        return "";
      }
    }
    return text.replace("_", "");
  }
}
