package io.serversence.monitor;

/**
 * How a condition compares its two sides. They are looked for in this order, so that {@code a < b
 * == c} compares {@code a < b} with {@code c}, as in Gatus.
 */
enum Operator {
  EQUAL("=="),
  UNEQUAL("!="),
  AT_MOST("<="),
  AT_LEAST(">="),
  ABOVE(">"),
  BELOW("<");

  private final String sign;

  Operator(String sign) {
    this.sign = sign;
  }

  String sign() {
    return sign;
  }

  /** As it stands between two operands. */
  String spaced() {
    return " " + sign + " ";
  }

  /** True for those that compare by size, false for those that tell the same from other. */
  boolean bySize() {
    return this != EQUAL && this != UNEQUAL;
  }

  /** Decides by the result of comparing, negative where the left side is less. */
  boolean holds(int comparison) {
    return switch (this) {
      case EQUAL -> comparison == 0;
      case UNEQUAL -> comparison != 0;
      case AT_MOST -> comparison <= 0;
      case AT_LEAST -> comparison >= 0;
      case ABOVE -> comparison > 0;
      case BELOW -> comparison < 0;
    };
  }
}
