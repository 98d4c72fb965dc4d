package io.serversence.monitor;

import io.serversence.document.Durations;
import org.jspecify.annotations.Nullable;

/**
 * One condition on what a probe saw, in Gatus's language: {@code <left> <operator> <right>}, such
 * as {@code [STATUS] == 200}, {@code len([BODY].items) > 0} or {@code [HEADER].Server ==
 * pat(nginx*)}. The rules are those of Gatus's {@code config/endpoint/condition.go} and {@code
 * placeholder.go}; where they let a condition hold although its value could not be seen, or
 * silently never hold, this language is stricter. Immutable.
 */
public final class Condition {
  private static final int LONGEST = 1_000;
  private static final int LONGEST_VALUE = 250;
  private static final int LONGEST_BESIDE_PATTERN = 25;

  private final String text;
  private final Operator operator;
  private final Operand left;
  private final Operand right;
  private final ConditionResult holding;

  private Condition(String text, Operator operator, Operand left, Operand right) {
    this.text = text;
    this.operator = operator;
    this.left = left;
    this.right = right;
    this.holding = new ConditionResult(text, text, true);
  }

  /**
   * Parses a condition of up to 1,000 characters. Of several operators, the first one of the kind
   * that comes first in the list {@code == != <= >= > <} counts; a second one of that kind ends the
   * condition, as in Gatus.
   *
   * @throws ConditionSyntaxException with the position, if it cannot be parsed
   */
  public static Condition parse(String text) throws ConditionSyntaxException {
    return parse(text, false);
  }

  /**
   * Reads a condition that was stored, maybe before numbers that cannot be read were refused; such
   * a one counts as 0, as it did, and {@link #guesses} tells.
   *
   * @throws ConditionSyntaxException with the position, if it cannot be parsed
   */
  static Condition stored(String text) throws ConditionSyntaxException {
    return parse(text, true);
  }

  private static Condition parse(String text, boolean stored) throws ConditionSyntaxException {
    if (text.length() > LONGEST) {
      throw new ConditionSyntaxException("a condition has at most 1000 characters", LONGEST);
    }
    for (Operator operator : Operator.values()) {
      int at = text.indexOf(operator.spaced());
      if (at >= 0) {
        int from = at + operator.spaced().length();
        int second = text.indexOf(operator.spaced(), from);
        OperandReader reader = new OperandReader(operator, stored);
        Operand left = reader.read(text, 0, at);
        Operand right = reader.read(text, from, second < 0 ? text.length() : second);
        refuseUnknown(left, right, operator, text.indexOf(left.text()));
        refuseUnknown(right, left, operator, text.indexOf(right.text(), from));
        return new Condition(text, operator, left, right);
      }
    }
    throw new ConditionSyntaxException(
        "one of == != <= >= > < with a space before and after it is missing", faultyOperator(text));
  }

  private static int faultyOperator(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("=!<>".indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  /** A list of words may look like a placeholder, but only where it is compared with one. */
  private static void refuseUnknown(Operand side, Operand other, Operator operator, int at)
      throws ConditionSyntaxException {
    if (OperandReader.isUnknown(side) && (operator.bySize() || !(other instanceof Reading))) {
      throw new ConditionSyntaxException(
          "there is no placeholder " + side.text().substring(0, side.text().indexOf(']') + 1), at);
    }
  }

  /** The condition as written. */
  public String text() {
    return text;
  }

  /** True if a limit cannot be read and counts as 0, which only {@link #stored} lets pass. */
  public boolean guesses() {
    return operator.bySize()
        && (OperandReader.isUnreadable(left) || OperandReader.isUnreadable(right));
  }

  /** True if the body must be read to decide. */
  public boolean needsBody() {
    return needsBody(left) || needsBody(right);
  }

  private static boolean needsBody(Operand operand) {
    return operand instanceof Reading reading && reading.placeholder() == Placeholder.BODY;
  }

  /**
   * Decides; never throws, whatever was seen. What could not be seen is equal to nothing and of no
   * size: only {@code !=} holds then. Where the condition does not hold, the result shows what was
   * found, long values shortened.
   */
  public ConditionResult evaluate(Observation seen) {
    Value first = left.value(seen);
    Value second = right.value(seen);
    boolean ok = holds(first, second);
    return ok ? holding : new ConditionResult(text, shown(first, second), false);
  }

  private boolean holds(Value first, Value second) {
    if (!first.seen() || !second.seen()) {
      return operator == Operator.UNEQUAL;
    }
    return operator.bySize()
        ? operator.holds(Long.compare(first.size(), second.size()))
        : operator.holds(same(first, second) ? 0 : 1);
  }

  private boolean same(Value first, Value second) {
    if (left instanceof Operand.Pattern pattern) {
      return right instanceof Operand.Pattern other
          ? pattern.inner().sameAs(other.inner())
          : pattern.matches(second);
    }
    if (right instanceof Operand.Pattern pattern) {
      return pattern.matches(first);
    }
    if (left instanceof Operand.Choice choice) {
      return right instanceof Operand.Choice other
          ? choice.inner().sameAs(other.inner())
          : choice.matches(second);
    }
    if (right instanceof Operand.Choice choice) {
      return choice.matches(first);
    }
    return first.sameAs(second);
  }

  private String shown(Value first, Value second) {
    return GoText.cut(
        GoText.storable(shown(left, first, right) + operator.spaced() + shown(right, second, left)),
        LONGEST);
  }

  /** An operand as written and, where that says something else, what it stands for. */
  private String shown(Operand operand, Value value, Operand other) {
    String found = found(operand, value, other instanceof Operand.Pattern);
    return found == null || found.equals(operand.text())
        ? operand.text()
        : operand.text() + " (" + found + ")";
  }

  private @Nullable String found(Operand operand, Value value, boolean besidePattern) {
    if (!value.seen()) {
      return "INVALID";
    }
    if (operand instanceof Reading reading) {
      boolean time = reading.placeholder() == Placeholder.CERTIFICATE_EXPIRATION;
      return !operator.bySize()
          ? GoText.cut(value.text(), besidePattern ? LONGEST_BESIDE_PATTERN : LONGEST_VALUE)
          : time && reading.function() == Reading.Function.ITSELF
              ? GoDuration.format(value.size())
              : Long.toString(value.size());
    }
    boolean readable =
        !operator.bySize()
            || GoDuration.parse(operand.text()) != null
            || Durations.parse(operand.text()) != null;
    return readable ? null : Long.toString(value.size());
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Condition other && other.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
