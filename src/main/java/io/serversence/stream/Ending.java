package io.serversence.stream;

import org.jspecify.annotations.Nullable;

/** Why the server ends a connection: the word in {@code bye} and the WebSocket close code. */
enum Ending {
  LIFETIME(4000, "lifetime", 100, 3_000),
  SHUTDOWN(4001, "shutdown", 500, 10_000),
  STALLED(4008, "stalled", 1_000, 5_000),
  NO_PONG(4009, null, 0, 0),
  LIMIT(4029, "limit", 5_000, 30_000),
  BAD_MESSAGES(4500, null, 0, 0),
  REVOKED(4501, "revoked", 0, 0),
  TOO_BIG(1009, null, 0, 0),
  TOO_MANY_MESSAGES(1008, null, 0, 0),
  /** A fault of ours. */
  FAILED(1011, null, 0, 0),
  /** The client is gone already. */
  LEFT(1000, null, 0, 0);

  private final int code;
  private final @Nullable String word;
  private final int leastMs;
  private final int mostMs;

  Ending(int code, @Nullable String word, int leastMs, int mostMs) {
    this.code = code;
    this.word = word;
    this.leastMs = leastMs;
    this.mostMs = mostMs;
  }

  int code() {
    return code;
  }

  /** The reason in {@code bye}, or null if there is no bye. */
  @Nullable String word() {
    return word;
  }

  /**
   * When to come back, or null for never.
   *
   * @param jitter 0..1
   */
  @Nullable Long reconnectMs(double jitter) {
    return mostMs == 0 ? null : leastMs + (long) (jitter * (mostMs - leastMs));
  }
}
