package io.serversence.monitor;

import io.serversence.document.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an operand of a condition stands for once a probe has answered.
 *
 * @param text as Gatus writes it
 * @param written a number as the body writes it, where that may differ from {@code text}: Gatus
 *     keeps numbers as floating-point ones and turns 1234567 into {@code 1.234567e+06}. Both
 *     spellings count
 * @param whole the value as a whole number, or null where it is none
 * @param seen false where the probe could not see it, so that it is no number of any size
 */
record Value(String text, @Nullable String written, @Nullable Long whole, boolean seen) {
  static Value of(String text) {
    return new Value(text, null, GoNumber.whole(text), true);
  }

  static Value of(long number) {
    return new Value(Long.toString(number), null, number, true);
  }

  static Value of(boolean flag) {
    return new Value(flag ? "true" : "false", null, null, true);
  }

  /** A number out of a JSON document. */
  static Value number(String text, String written) {
    return new Value(text, written, GoNumber.whole(written), true);
  }

  /** What cannot be seen, spelled as Gatus spells it. */
  static Value unseen(String operand) {
    return new Value(operand + " (INVALID)", null, null, false);
  }

  /** True if one of the spellings is the given text. */
  boolean is(String other) {
    return text.equals(other) || (written != null && written.equals(other));
  }

  /** Equal as whole numbers where both are some, else as texts. */
  boolean sameAs(Value other) {
    if (whole != null && other.whole != null) {
      return whole.longValue() == other.whole.longValue();
    }
    return is(other.text) || (other.written != null && is(other.written));
  }

  /**
   * The size for {@code <} and its like: milliseconds of a duration, else a whole number, else a
   * real one cut to a whole one, else 0.
   */
  long size() {
    if (whole != null) {
      return whole;
    }
    Long read = read();
    return read == null ? 0 : read;
  }

  /** Whether the text is a number or a duration. */
  boolean hasSize() {
    return whole != null || read() != null;
  }

  private @Nullable Long read() {
    Long nanos = GoDuration.parse(text);
    if (nanos != null) {
      return GoDuration.toMillis(nanos);
    }
    Duration days = Durations.parse(text); // Go's have none
    return days == null ? GoNumber.cutReal(text) : (Long) days.toMillis();
  }
}
