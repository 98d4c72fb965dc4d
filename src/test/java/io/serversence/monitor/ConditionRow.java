package io.serversence.monitor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One row of a table of what conditions mean.
 *
 * @param source where the rule is from: a part of Gatus's README, a file of its source, or "ours"
 * @param shown the condition as the result shows it
 */
record ConditionRow(String source, String condition, Seen seen, boolean ok, String shown) {
  static ConditionRow holds(String source, String condition, Seen seen) {
    return new ConditionRow(source, condition, seen, true, condition);
  }

  static ConditionRow fails(String source, String condition, Seen seen, String shown) {
    return new ConditionRow(source, condition, seen, false, shown);
  }

  void check() throws ConditionSyntaxException {
    ConditionResult result = Condition.parse(condition).evaluate(seen);
    assertThat(result).isEqualTo(new ConditionResult(condition, shown, ok));
  }

  @Override
  public String toString() {
    return source + ": " + condition + (ok ? " holds" : " fails");
  }
}
