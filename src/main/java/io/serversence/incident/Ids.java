package io.serversence.incident;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Time-sortable ids: UUID version 7 of RFC 9562. Safe for use by many threads. */
public final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  /** The smallest id of a millisecond: all ids made before it are smaller. */
  public static UUID first(Instant time) {
    return new UUID(time.toEpochMilli() << 16, 0);
  }

  /** A new id whose first 48 bits are the time in milliseconds. */
  public static UUID at(Instant time) {
    long ms = time.toEpochMilli();
    long high = ms << 16 | 0x7000L | RANDOM.nextInt(0x1000);
    long low = RANDOM.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
