package io.serversence.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Stretches of time that neither overlap nor touch, in order; microseconds since 1970, the end not
 * included. Immutable.
 */
final class Spans {
  static final Spans NONE = new Spans(new long[0], 0);

  /** Start, end, start, end …, ever greater. */
  private final long[] bounds;

  private final int used;

  private Spans(long[] bounds, int used) {
    this.bounds = bounds;
    this.used = used;
  }

  /** One stretch. */
  record Span(long from, long to) {}

  /** The time in any of these, which may overlap and come in any order. */
  static Spans union(List<Span> spans) {
    Builder builder = new Builder();
    spans.stream()
        .sorted((a, b) -> Long.compare(a.from(), b.from()))
        .forEach(s -> builder.add(s.from(), s.to()));
    return builder.build();
  }

  static Spans of(long from, long to) {
    return from < to ? new Spans(new long[] {from, to}, 2) : NONE;
  }

  /** The time in either. */
  Spans or(Spans other) {
    if (other.used == 0) {
      return this;
    }
    List<Span> all = new ArrayList<>(list());
    all.addAll(other.list());
    return union(all);
  }

  /** The time in both. */
  Spans and(Spans other) {
    return combined(other, true);
  }

  /** The time in this and not in the other. */
  Spans without(Spans other) {
    return combined(other, false);
  }

  /** One walk over both; {@code inside} tells whether the other must hold a moment or must not. */
  private Spans combined(Spans other, boolean inside) {
    Builder builder = new Builder();
    int j = 0;
    for (int i = 0; i < used; i += 2) {
      long at = bounds[i];
      long end = bounds[i + 1];
      while (j < other.used && other.bounds[j + 1] <= at) {
        j += 2;
      }
      int k = j; // the last one may reach into the next stretch of this
      while (at < end) {
        long start = k < other.used ? Math.min(other.bounds[k], end) : end;
        long stop = k < other.used ? Math.min(other.bounds[k + 1], end) : end;
        if (inside) {
          builder.add(Math.max(at, start), stop);
        } else {
          builder.add(at, start);
        }
        at = Math.max(at, stop);
        k += 2;
      }
    }
    return builder.build();
  }

  /** The time from one moment to another, that are in it; costs what lies between them. */
  Spans within(long from, long to) {
    Builder builder = new Builder();
    for (int i = firstEndingAfter(from); i < used && bounds[i] < to; i += 2) {
      builder.add(Math.max(from, bounds[i]), Math.min(to, bounds[i + 1]));
    }
    return builder.build();
  }

  /** The microseconds of it from one moment to another. */
  long total(long from, long to) {
    long sum = 0;
    for (int i = firstEndingAfter(from); i < used && bounds[i] < to; i += 2) {
      sum += Math.min(to, bounds[i + 1]) - Math.max(from, bounds[i]);
    }
    return sum;
  }

  long total() {
    return used == 0 ? 0 : total(bounds[0], bounds[used - 1]);
  }

  private int firstEndingAfter(long moment) {
    int low = 0;
    int high = used / 2;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (bounds[2 * middle + 1] <= moment) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return 2 * low;
  }

  List<Span> list() {
    Span[] spans = new Span[used / 2];
    for (int i = 0; i < spans.length; i++) {
      spans[i] = new Span(bounds[2 * i], bounds[2 * i + 1]);
    }
    return List.of(spans);
  }

  @Override
  public String toString() {
    return Arrays.toString(Arrays.copyOf(bounds, used));
  }

  /** Takes stretches by their start, and joins those that overlap or touch. */
  static final class Builder {
    private long[] bounds = new long[8];
    private int used;

    void add(long from, long to) {
      if (from >= to) {
        return;
      }
      if (used > 0 && from <= bounds[used - 1]) {
        bounds[used - 1] = Math.max(bounds[used - 1], to);
        return;
      }
      if (used == bounds.length) {
        bounds = Arrays.copyOf(bounds, used * 2);
      }
      bounds[used++] = from;
      bounds[used++] = to;
    }

    Spans build() {
      return used == 0 ? NONE : new Spans(bounds, used);
    }
  }
}
