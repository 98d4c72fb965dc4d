package io.serversence.monitor;

/** One condition on what a probe saw, in Gatus's language. Immutable. */
public final class Condition {
  private final String text;

  private Condition(String text) {
    this.text = text;
  }

  /**
   * Parses a condition.
   *
   * @throws ConditionSyntaxException with the position, if it cannot be parsed
   */
  public static Condition parse(String text) throws ConditionSyntaxException {
    return new Condition(text);
  }

  /** The condition as written. */
  public String text() {
    return text;
  }

  /** True if the body must be read to decide. */
  public boolean needsBody() {
    return text.contains("[BODY]");
  }

  /** Decides; never throws, whatever was seen. */
  public ConditionResult evaluate(Observation seen) {
    return new ConditionResult(text, text, seen.connected());
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
