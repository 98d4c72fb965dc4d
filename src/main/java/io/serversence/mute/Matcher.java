package io.serversence.mute;

import io.serversence.monitor.Monitor;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * One condition of a silence. A regular expression must match a value as a whole, as Alertmanager
 * has it. Of several tags one must match, and with a negation none may. An expression that takes
 * too long is given up and then the matcher does not hold, whatever its operator: a message too
 * many does less harm than one too few. Immutable.
 */
public record Matcher(Name name, Op op, String value, @Nullable Pattern pattern) {
  /** What is looked at. */
  public enum Name {
    MONITOR,
    GROUP,
    TAG,
    SEVERITY
  }

  /** How it is compared. */
  public enum Op {
    EQUAL("="),
    UNEQUAL("!="),
    MATCHES("=~"),
    MATCHES_NOT("!~");

    private final String sign;

    Op(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }

    boolean negated() {
      return this == UNEQUAL || this == MATCHES_NOT;
    }

    boolean regular() {
      return this == MATCHES || this == MATCHES_NOT;
    }
  }

  private static final int MOST_STEPS = 20_000;

  /**
   * A matcher.
   *
   * @throws PatternSyntaxException if the value must be a regular expression and is none
   */
  static Matcher of(Name name, Op op, String value) {
    return new Matcher(name, op, value, op.regular() ? Pattern.compile(value) : null);
  }

  boolean accepts(Monitor monitor) {
    List<String> values =
        switch (name) {
          case MONITOR -> List.of(monitor.id());
          case GROUP -> List.of(monitor.group() == null ? "" : monitor.group());
          case TAG -> monitor.tags();
          case SEVERITY -> List.of(monitor.severity().word());
        };
    try {
      return values.stream().anyMatch(this::equal) != op.negated();
    } catch (TooLong | StackOverflowError e) {
      return false;
    }
  }

  private boolean equal(String text) {
    return pattern == null
        ? text.equals(value)
        : pattern.matcher(new Counted(text, MOST_STEPS)).matches();
  }

  private static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("the expression takes too long", null, false, false);
    }
  }

  /** A text that may be looked at only so often: backtracking ends with an error, and soon. */
  private static final class Counted implements CharSequence {
    private final CharSequence text;
    private int left;

    Counted(CharSequence text, int left) {
      this.text = text;
      this.left = left;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (--left < 0) {
        throw new TooLong();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text.subSequence(start, end), left);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
