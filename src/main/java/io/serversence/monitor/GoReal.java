package io.serversence.monitor;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A number of a JSON document as Go writes it once it has become a {@code float64}: with as few
 * digits as tell it from its neighbours. The value is 0.digits × 10^point.
 *
 * @param digits without zeros at either end; empty for zero
 */
record GoReal(boolean negative, String digits, int point) {
  /** Decimals of so many digits are told apart by a double, and so are the shortest themselves. */
  private static final int ALWAYS_EXACT = 15;

  /** Below this, doubles are so far apart that a digit may be enough. */
  private static final double SUBNORMAL = 2.3e-308;

  private static final int FAR_FROM_LIMITS = 290;

  /** Reads a number of a JSON document; null where it is out of the range of a double. */
  static @Nullable GoReal parse(String literal) {
    boolean negative = literal.startsWith("-");
    int end = endOfMantissa(literal);
    StringBuilder digits = new StringBuilder();
    int point = 0;
    boolean behindPoint = false;
    for (int i = negative ? 1 : 0; i < end; i++) {
      char c = literal.charAt(i);
      if (c == '.') {
        behindPoint = true;
      } else if (c != '0' || !digits.isEmpty()) {
        digits.append(c);
        point += behindPoint ? 0 : 1;
      } else if (behindPoint) {
        point--;
      }
    }
    while (!digits.isEmpty() && digits.charAt(digits.length() - 1) == '0') {
      digits.setLength(digits.length() - 1);
    }
    long shifted = point + exponent(literal, end);
    boolean exact = digits.length() <= ALWAYS_EXACT && Math.abs(shifted) <= FAR_FROM_LIMITS;
    return digits.isEmpty()
        ? new GoReal(negative, "", 0)
        : exact
            ? new GoReal(negative, digits.toString(), (int) shifted)
            : rounded(negative, Double.parseDouble(literal));
  }

  private static int endOfMantissa(String literal) {
    int e = literal.indexOf('e');
    int upper = e < 0 ? literal.indexOf('E') : e;
    return upper < 0 ? literal.length() : upper;
  }

  private static long exponent(String literal, int e) {
    if (e == literal.length()) {
      return 0;
    }
    String digits = literal.substring(e + (literal.charAt(e + 1) == '+' ? 2 : 1));
    boolean small = digits.length() < 10;
    return small ? Long.parseLong(digits) : Integer.MAX_VALUE; // rounded() knows better
  }

  private static @Nullable GoReal rounded(boolean negative, double value) {
    if (Double.isInfinite(value)) {
      return null;
    }
    BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(value)));
    if (shortest.signum() == 0) {
      return new GoReal(negative, "", 0);
    }
    int digits = shortest.precision(); // before Java 19 sometimes more than needed
    for (int n = Math.abs(value) < SUBNORMAL ? 1 : ALWAYS_EXACT; n < digits; n++) {
      BigDecimal candidate = shortest.round(new MathContext(n, RoundingMode.HALF_EVEN));
      if (candidate.doubleValue() == Math.abs(value)) {
        shortest = candidate;
        break;
      }
    }
    shortest = shortest.stripTrailingZeros();
    return new GoReal(
        negative, shortest.unscaledValue().toString(), shortest.precision() - shortest.scale());
  }

  /** As {@code fmt} writes it with {@code %v}: 1000000 becomes {@code 1e+06}. */
  String text() {
    return write(point - 1 < -4 || point - 1 >= 6, 2, 2);
  }

  /** As {@code encoding/json} writes it. */
  String json() {
    return write(point - 1 < -6 || point - 1 >= 21, 2, 1);
  }

  private String write(boolean scientific, int positiveWidth, int negativeWidth) {
    String sign = negative ? "-" : "";
    if (digits.isEmpty()) {
      return sign + "0";
    }
    if (scientific) {
      String exponent = Integer.toString(Math.abs(point - 1));
      int width = point - 1 < 0 ? negativeWidth : positiveWidth;
      return sign
          + digits.charAt(0)
          + (digits.length() > 1 ? "." + digits.substring(1) : "")
          + (point - 1 < 0 ? "e-" : "e+")
          + "0".repeat(Math.max(0, width - exponent.length()))
          + exponent;
    }
    if (point <= 0) {
      return sign + "0." + "0".repeat(-point) + digits;
    }
    return sign
        + (point >= digits.length()
            ? digits + "0".repeat(point - digits.length())
            : digits.substring(0, point) + "." + digits.substring(point));
  }
}
