package io.serversence.stream;

import org.jspecify.annotations.Nullable;

/** Makes chunks: events of the log, chosen by a filter, written in a form. Holds no state. */
final class Gatherer {
  /** A frame grows no further past this; a single event may be longer. */
  static final int MOST_BYTES = 32 * 1024;

  private static final int STRIDE = 256;

  private Gatherer() {}

  /**
   * The chunk after a cursor.
   *
   * @param lastMatch the newest event up to the cursor that matches
   * @param limit the last event to look at
   * @return null if the cursor has fallen behind the log
   */
  static @Nullable Chunk gather(
      EventLog log, Filter filter, Wire wire, long cursor, long lastMatch, long limit) {
    FrameWriter out = new FrameWriter(log.epoch(), wire, filter);
    long at = cursor;
    long last = lastMatch;
    long firstPrev = 0;
    while (at < limit) {
      Slice slice = log.after(at, (int) Math.min(STRIDE, limit - at));
      if (at < slice.tail() - 1) {
        return out.events() == 0
            ? null
            : new Chunk(at, last, firstPrev, out.events(), true, out.frame());
      }
      if (slice.events().isEmpty()) {
        break;
      }
      for (Event event : slice.events()) {
        if (event.matches(filter)) {
          // what was before the log's tail is no longer known by all who read this frame
          long prev = out.events() == 0 ? Math.max(last, slice.tail() - 1) : last;
          if (!out.add(event, prev)) {
            return new Chunk(at, last, firstPrev, out.events(), true, out.frame());
          }
          firstPrev = out.events() == 1 ? prev : firstPrev;
          last = event.seq();
        }
        at = event.seq();
        if (out.full()) {
          return new Chunk(at, last, firstPrev, out.events(), true, out.frame());
        }
      }
    }
    return new Chunk(at, last, firstPrev, out.events(), false, out.frame());
  }

  /** The newest event up to a cursor that matches and is still in the log; 0 if there is none. */
  static long lastMatch(EventLog log, Filter filter, long cursor) {
    long at = cursor;
    while (at > 0) {
      Slice slice = log.upTo(at, STRIDE);
      for (int i = slice.events().size() - 1; i >= 0; i--) {
        if (slice.events().get(i).matches(filter)) {
          return slice.events().get(i).seq();
        }
      }
      if (at - STRIDE < slice.tail()) {
        return 0;
      }
      at -= STRIDE;
    }
    return 0;
  }

  /** The bytes of the matching events after a cursor, counted no further than {@code most}. */
  static long bytesAfter(EventLog log, Filter filter, long cursor, long most) {
    long sum = 0;
    long at = cursor;
    while (sum <= most) {
      Slice slice = log.after(at, STRIDE);
      if (slice.events().isEmpty()) {
        break;
      }
      for (Event event : slice.events()) {
        sum += event.matches(filter) ? event.size() : 0;
        at = event.seq();
      }
    }
    return sum;
  }
}
