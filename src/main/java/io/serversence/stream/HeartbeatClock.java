package io.serversence.stream;

import java.util.concurrent.TimeUnit;

/**
 * When a client is due a heartbeat. Times are those of the monotonic clock, in nanoseconds. For its
 * writer's thread.
 */
final class HeartbeatClock {
  /** Whatever else is written, so that the id of a client with a narrow filter moves on. */
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);

  private final long every;
  private long sentAt;
  private long beatAt;

  HeartbeatClock(StreamSettings settings, long now) {
    every = settings.heartbeat().toNanos();
    sentAt = now;
    beatAt = now;
  }

  /** Something is written, whatever it is. */
  void sent(long now) {
    sentAt = now;
  }

  /** A heartbeat is written. */
  void beat(long now) {
    beatAt = now;
  }

  boolean due(long now) {
    return now - sentAt >= every || now - beatAt >= LONGEST;
  }
}
