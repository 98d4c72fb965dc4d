package io.serversence.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How well a monitor was in a window of time. Time in maintenance and time unobserved count neither
 * for nor against it: {@code availability = 1 - down / (window - maintenance - unknown)}. The time
 * of an incident that lies outside the window, or is not counted, is no part of any figure.
 *
 * @param availability 0..1, or null where no time counts
 * @param coverage the share of the window that was observed, 0..1, or null where nothing was
 * @param maintenanceMs in maintenance, observed or not
 * @param unknownMs unobserved, outside maintenance
 * @param incidents how many were down in time that counts
 * @param mttaMs the mean time from the opening of these incidents to their acknowledgement, of
 *     those that are acknowledged, or null without one
 * @param mttrMs the mean time down of an incident, or null without one
 * @param mtbfMs the mean time up between incidents, or null without one
 * @param longestMs the longest time down of one incident, or null without one
 */
public record Availability(
    @Nullable Double availability,
    @Nullable Double coverage,
    long downtimeMs,
    long maintenanceMs,
    long unknownMs,
    long incidents,
    @Nullable Long mttaMs,
    @Nullable Long mttrMs,
    @Nullable Long mtbfMs,
    @Nullable Long longestMs) {

  /**
   * An incident of the monitor.
   *
   * @param time from its first failure to its first success or, if it goes on, for ever
   * @param unanswered microseconds from its opening to its acknowledgement, or null without one
   */
  record Down(Spans.Span time, @Nullable Long unanswered) {}

  /**
   * Computes it.
   *
   * @param observed when there was a judgement
   * @param maintenance when nobody is to be told
   */
  static Availability of(
      long from, long to, Spans observed, List<Down> incidents, Spans maintenance) {
    return Tally.of(from, to, observed, incidents, maintenance).figures();
  }

  /** Microseconds since 1970. */
  static long micros(Instant at) {
    return Math.addExact(
        Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000L);
  }

  static long micros(Duration duration) {
    return TimeUnit.MICROSECONDS.convert(duration);
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }
}
