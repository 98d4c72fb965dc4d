package io.serversence.schedule;

/**
 * The times at which a monitor is due: {@code origin + phase + k × interval}, in nanoseconds of the
 * monotonic clock. A run that takes long or starts late does not shift the ones after it.
 */
final class Grid {
  private static final long MILLI = 1_000_000;

  private Grid() {}

  /** Where in its interval a monitor has its place, to the millisecond, spread by its key. */
  static long phase(String key, long interval) {
    long slots = Math.max(1, interval / MILLI);
    return Math.floorMod(spread(key), slots) * MILLI;
  }

  /** The first due time after {@code after}. */
  static long next(long origin, long phase, long interval, long after) {
    long base = origin + phase;
    return base + (Math.floorDiv(after - base, interval) + 1) * interval;
  }

  /** How many due times lie after {@code from} and not after {@code until}. */
  static long between(long origin, long phase, long interval, long from, long until) {
    long base = origin + phase;
    return Math.max(
        0, Math.floorDiv(until - base, interval) - Math.floorDiv(from - base, interval));
  }

  /** FNV-1a with murmur's finish: {@code String.hashCode} puts similar keys side by side. */
  private static long spread(String key) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }
}
