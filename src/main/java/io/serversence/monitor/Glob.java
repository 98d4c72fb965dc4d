package io.serversence.monitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/**
 * A pattern of {@code pat()}: {@code *} for any characters, {@code ?} for one, {@code [a-z]} and
 * {@code [^a-z]} for one of a set, {@code \} before a character that stands for itself; Go's {@code
 * filepath.Match}, with slashes left out of pattern and text before, as Gatus does. Immutable.
 *
 * <p>A state is "so many characters of the pattern have been met". All states that are possible are
 * kept as bits of words and moved on together by each character of the text, so matching takes a
 * time in proportion to the text, whatever pattern and text are.
 */
final class Glob {
  private static final int WORD = 64;

  private final int length; // of the pattern without its stars; the last state
  private final boolean openEnd; // any rest fits after the last state
  private final int[] starts; // where the ranges of characters begin that are treated alike
  private final int[] rangeOfAscii = new int[128];
  private final long[][] accepting; // for each range, the states that such a character moves on
  private final long[] looping; // states that any character leaves as they are

  private Glob(List<GlobStep> steps, BitSet loops) {
    this.length = steps.size();
    this.openEnd = loops.get(length);
    TreeSet<Integer> edges = new TreeSet<>(List.of(0));
    steps.forEach(step -> step.addEdges(edges));
    this.starts = edges.stream().mapToInt(Integer::intValue).toArray();
    this.accepting = new long[starts.length][];
    for (int i = 0; i < starts.length; i++) {
      BitSet states = new BitSet();
      for (int at = 0; at < length; at++) {
        if (steps.get(at).accepts(starts[i])) {
          states.set(at);
        }
      }
      accepting[i] = words(states);
    }
    for (int c = 0; c < rangeOfAscii.length; c++) {
      rangeOfAscii[c] = search(c);
    }
    this.looping = words(loops);
  }

  private long[] words(BitSet states) {
    return Arrays.copyOf(states.toLongArray(), length / WORD + 1);
  }

  /**
   * Parses a pattern.
   *
   * @param at the position of the pattern in the condition
   * @throws ConditionSyntaxException if a set is not closed, is empty or ends in the middle of a
   *     range, or a backslash has nothing after it
   */
  static Glob parse(String pattern, int at) throws ConditionSyntaxException {
    List<GlobStep> steps = new ArrayList<>();
    BitSet loops = new BitSet();
    GlobReader reader = new GlobReader(pattern, at);
    while (reader.hasNext()) {
      if (reader.skipStar()) {
        loops.set(steps.size());
      } else {
        steps.add(reader.next());
      }
    }
    return new Glob(steps, loops);
  }

  /** True if the whole text fits. */
  boolean matches(String text) {
    long[] states = new long[looping.length];
    states[0] = 1;
    for (int i = 0; i < text.length(); i++) {
      int c = text.charAt(i);
      if (Character.isHighSurrogate((char) c)) {
        c = text.codePointAt(i);
        i += Character.charCount(c) - 1;
      }
      if (c != '/' && !step(states, accepting[c < 128 ? rangeOfAscii[c] : search(c)])) {
        return false;
      }
      if (openEnd && isIn(states, length)) {
        return true;
      }
    }
    return isIn(states, length);
  }

  /** Moves all states on by one character; false if none is left. */
  private boolean step(long[] states, long[] accepted) {
    long carry = 0;
    long any = 0;
    for (int w = 0; w < states.length; w++) {
      long moved = states[w] & accepted[w];
      states[w] = (moved << 1) | carry | (states[w] & looping[w]);
      carry = moved >>> (WORD - 1);
      any |= states[w];
    }
    return any != 0;
  }

  private static boolean isIn(long[] states, int state) {
    return (states[state / WORD] & (1L << state)) != 0;
  }

  private int search(int c) {
    int found = Arrays.binarySearch(starts, c);
    return found >= 0 ? found : -found - 2;
  }
}
