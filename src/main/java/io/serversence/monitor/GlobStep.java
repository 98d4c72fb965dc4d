package io.serversence.monitor;

import java.util.List;
import java.util.Set;

/** What one character of a text must be to fit a pattern: in one of the ranges, or in none. */
record GlobStep(List<Range> ranges, boolean negated) {
  /** Any character. */
  static final GlobStep ANY = new GlobStep(List.of(), true);

  /** Characters from {@code low} to {@code high}, both included. */
  record Range(int low, int high) {
    boolean contains(int c) {
      return c >= low && c <= high;
    }
  }

  static GlobStep of(int c) {
    return new GlobStep(List.of(new Range(c, c)), false);
  }

  boolean accepts(int c) {
    return ranges.stream().anyMatch(range -> range.contains(c)) != negated;
  }

  /** Adds the characters at which the answer may change. */
  void addEdges(Set<Integer> edges) {
    for (Range range : ranges) {
      edges.add(range.low());
      edges.add(range.high() + 1);
    }
  }
}
