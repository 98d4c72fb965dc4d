package io.serversence.stream;

import java.util.concurrent.TimeUnit;

/**
 * What a connection shows of being alive. Times are those of the monotonic clock, in nanoseconds.
 * Written and read by several threads; a reading that is late by one write does no harm.
 */
final class Liveness {
  private static final long PING_EVERY = TimeUnit.SECONDS.toNanos(15);

  /** A faster write only filled a buffer; it says nothing about the client. */
  private static final long TELLING = TimeUnit.MILLISECONDS.toNanos(100);

  /** Twice what sockets were seen to hold for one that reads nothing, over the loopback. */
  private static final long READ_BY_THEN = 8L << 20;

  private volatile long startedAt;
  private volatile long progressAt;
  private volatile long aliveAt;
  private volatile long pingedAt;
  private volatile boolean answered = true;
  private volatile boolean ponged;
  private long handed; // of the writer's thread

  Liveness(long now) {
    startedAt = now;
    progressAt = now;
    aliveAt = now;
    pingedAt = now;
  }

  /** A write of so many bytes begins. */
  void started(long now, int size) {
    handed += size;
    startedAt = now;
    progressAt = now;
  }

  /** A part of a write went out. */
  void progressed(long now) {
    if (now - progressAt > TELLING) {
      aliveAt = now;
    }
    progressAt = now;
  }

  /** A write is done. */
  void written(long now) {
    if (now - startedAt > TELLING) {
      aliveAt = now;
    }
  }

  void ponged(long now) {
    answered = true;
    ponged = true;
    aliveAt = now;
  }

  /** It has answered a ping, or been given so much that it must have read. For its writer alone. */
  boolean hasRead() {
    return ponged || handed > READ_BY_THEN;
  }

  /** How long the write in flight has made no progress. */
  long stalledFor(long now) {
    return now - progressAt;
  }

  /** How long a ping has waited without any sign of life; 0 if none waits. */
  long unansweredFor(long now) {
    return answered ? 0 : Math.min(now - pingedAt, now - aliveAt);
  }

  /** True, once each time, if a ping is due. At most one is on its way. */
  boolean wantsPing(long now) {
    if (!answered || now - pingedAt < PING_EVERY) {
      return false;
    }
    answered = false;
    pingedAt = now;
    return true;
  }
}
