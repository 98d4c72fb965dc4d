package io.serversence.access;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A monotonic clock that is moved by hand; it begins just before its overflow. */
final class HandNanos implements LongSupplier {
  private long now = Long.MAX_VALUE - 1;

  void pass(Duration time) {
    now += time.toNanos();
  }

  @Override
  public long getAsLong() {
    return now;
  }
}
