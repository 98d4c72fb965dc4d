package io.serversence.monitor;

import java.util.ArrayList;
import java.util.List;

/** Reads a pattern step by step, slashes left out. Not safe for use by several threads. */
final class GlobReader {
  private final String pattern;
  private final int offset;
  private int at;

  /**
   * A reader.
   *
   * @param offset the position of the pattern in the condition
   */
  GlobReader(String pattern, int offset) {
    this.pattern = pattern;
    this.offset = offset;
  }

  boolean hasNext() {
    skipSlashes();
    return at < pattern.length();
  }

  boolean skipStar() {
    if (!hasNext() || pattern.charAt(at) != '*') {
      return false;
    }
    at++;
    return true;
  }

  GlobStep next() throws ConditionSyntaxException {
    int start = at;
    int c = take(start);
    return switch (c) {
      case '?' -> GlobStep.ANY;
      case '[' -> set(start);
      case '\\' -> GlobStep.of(take(start));
      default -> GlobStep.of(c);
    };
  }

  private GlobStep set(int start) throws ConditionSyntaxException {
    boolean negated = skip('^');
    List<GlobStep.Range> ranges = new ArrayList<>();
    while (ranges.isEmpty() || !skip(']')) {
      int low = member(start);
      ranges.add(new GlobStep.Range(low, skip('-') ? member(start) : low));
    }
    return new GlobStep(ranges, negated);
  }

  private int member(int start) throws ConditionSyntaxException {
    int c = take(start);
    if (c == '-' || c == ']') {
      throw new ConditionSyntaxException(
          "a set of characters such as [a-z] needs \\ before a - or ] of its own", offset + at - 1);
    }
    return c == '\\' ? take(start) : c;
  }

  private boolean skip(char c) {
    if (!hasNext() || pattern.charAt(at) != c) {
      return false;
    }
    at++;
    return true;
  }

  /** The next character; the one that began at {@code start} is the fault if there is none. */
  private int take(int start) throws ConditionSyntaxException {
    if (!hasNext()) {
      throw new ConditionSyntaxException(
          pattern.charAt(start) == '['
              ? "a set of characters is not closed by ]"
              : "a backslash at the end stands for nothing",
          offset + start);
    }
    int c = pattern.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  private void skipSlashes() {
    while (at < pattern.length() && pattern.charAt(at) == '/') {
      at++;
    }
  }
}
