package io.serversence.history;

import java.time.Duration;
import java.time.Instant;

/**
 * How long what is kept; days and incidents for ever.
 *
 * @param samples as they were found
 * @param minutes added up by the minute, where there was more than one in each
 * @param fiveMinutes added up by five minutes; at least as long as samples
 * @param hours added up by the hour; at least as long as five minutes
 */
public record RetentionTimes(
    Duration samples, Duration minutes, Duration fiveMinutes, Duration hours) {
  /** Two weeks, a month, a quarter, two years. */
  public static final RetentionTimes DEFAULT =
      new RetentionTimes(
          Duration.ofDays(14), Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(730));

  public RetentionTimes {
    if (fiveMinutes.compareTo(samples) < 0 || hours.compareTo(fiveMinutes) < 0) {
      throw new IllegalArgumentException("coarser figures must be kept at least as long as finer");
    }
  }

  /** Since when a level is kept, but for {@link Level#DAY}, which is kept for ever. */
  Instant since(Level level, Instant now) {
    return switch (level) {
      case MINUTE -> now.minus(minutes);
      case FIVE_MINUTES -> now.minus(fiveMinutes);
      case HOUR -> now.minus(hours);
      case DAY -> Instant.MIN;
    };
  }
}
