package io.serversence.monitor;

/** A condition that cannot be parsed. */
public final class ConditionSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int position;

  public ConditionSyntaxException(String message, int position) {
    super(message + " at position " + position);
    this.position = position;
  }

  /** Where, counted in characters from 0. */
  public int position() {
    return position;
  }
}
