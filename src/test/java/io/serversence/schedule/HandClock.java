package io.serversence.schedule;

import java.time.Duration;
import java.time.Instant;

/** A clock that is moved by hand. */
final class HandClock implements Clock {
  private volatile long nanos = 1_000_000_000_000L;

  @Override
  public Instant now() {
    return Instant.parse("2026-11-22T10:00:00Z").plusNanos(nanos - 1_000_000_000_000L);
  }

  @Override
  public long nanos() {
    return nanos;
  }

  void move(Duration by) {
    moveTo(nanos + by.toNanos());
  }

  void moveTo(long to) {
    nanos = Math.max(nanos, to);
  }
}
