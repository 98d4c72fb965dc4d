package io.serversence.history;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * A resolution in which samples are kept added up. The buckets of some hours are one chunk, which
 * is one row; hours and days are those of UTC, and hours are counted from 1970.
 */
enum Level {
  MINUTE(0, 1, 1),
  FIVE_MINUTES(1, 5, 24),
  HOUR(2, 60, 24),
  DAY(3, 1_440, 24);

  /** The microseconds of an hour. */
  static final long HOUR_MICROS = TimeUnit.HOURS.toMicros(1);

  /** No sample is from before or after these hours, and there is room for some more. */
  private static final int FIRST = -10_000_000;

  private static final int LAST = 10_000_000;

  private final short code;
  private final long bucket;
  private final int chunk;

  Level(int code, int minutes, int chunk) {
    this.code = (short) code;
    this.bucket = TimeUnit.MINUTES.toMicros(minutes);
    this.chunk = chunk;
  }

  /** As it is stored. */
  short code() {
    return code;
  }

  /** The length of a bucket in microseconds. */
  long bucket() {
    return bucket;
  }

  /** The first hour of the chunk that an hour is in. */
  int chunk(int hour) {
    return Math.floorDiv(hour, chunk) * chunk;
  }

  /** The place of a moment in the chunk that begins with this hour. */
  int index(long micros, int chunk) {
    return Math.toIntExact(Math.floorDiv(micros - start(chunk), bucket));
  }

  /** The hour that a moment is in. */
  static int hour(long micros) {
    return Math.toIntExact(Math.floorDiv(micros, HOUR_MICROS));
  }

  /** The hour that a moment is in; one that no number can hold is the first or the last. */
  static int hourOf(Instant at) {
    long hour = Math.floorDiv(at.getEpochSecond(), TimeUnit.HOURS.toSeconds(1));
    return (int) Math.max(FIRST, Math.min(LAST, hour));
  }

  /** When an hour begins, in microseconds. */
  static long start(int hour) {
    return hour * HOUR_MICROS;
  }
}
