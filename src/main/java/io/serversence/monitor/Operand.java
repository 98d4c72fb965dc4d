package io.serversence.monitor;

import java.util.List;

/** One side of a condition. Immutable. */
sealed interface Operand permits Operand.Literal, Operand.Pattern, Operand.Choice, Reading {
  /** As written, without the space around it. */
  String text();

  /** What it stands for; never throws. */
  Value value(Observation seen);

  /** Text that stands for itself. */
  record Literal(String text, Value value) implements Operand {
    static Literal of(String text) {
      return new Literal(text, Value.of(text));
    }

    @Override
    public Value value(Observation seen) {
      return value;
    }
  }

  /**
   * {@code pat(glob)}, equal to what fits.
   *
   * @param inner the glob as a text
   */
  record Pattern(String text, Value inner, Glob glob) implements Operand {
    boolean matches(Value value) {
      String written = value.written();
      return glob.matches(value.text()) || (written != null && glob.matches(written));
    }

    @Override
    public Value value(Observation seen) {
      return Value.of(text);
    }
  }

  /**
   * {@code any(a, b)}, equal to each of its options as a text.
   *
   * @param inner the options as one text
   */
  record Choice(String text, Value inner, List<String> options) implements Operand {
    boolean matches(Value value) {
      return options.stream().anyMatch(value::is);
    }

    @Override
    public Value value(Observation seen) {
      return Value.of(text);
    }
  }
}
