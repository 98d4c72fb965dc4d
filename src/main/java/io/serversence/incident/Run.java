package io.serversence.incident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Samples in a row that have something in common.
 *
 * @param length how many, capped at 1,000 so that it never overflows
 * @param first the start of the first of them; null where there is none
 */
record Run(int length, @Nullable Instant first) {
  static final Run NONE = new Run(0, null);

  Run next(boolean holds, Instant at) {
    if (!holds) {
      return NONE;
    }
    return first == null ? new Run(1, at) : new Run(Math.min(length + 1, 1_000), first);
  }
}
