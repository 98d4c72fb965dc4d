package io.serversence.history;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The length of a point of the history. */
public enum Step {
  MINUTE("1m", Duration.ofMinutes(1)),
  FIVE_MINUTES("5m", Duration.ofMinutes(5)),
  HOUR("1h", Duration.ofHours(1)),
  DAY("1d", Duration.ofDays(1));

  private final String word;
  private final Duration length;

  Step(String word, Duration length) {
    this.word = word;
    this.length = length;
  }

  public String word() {
    return word;
  }

  /** The usual length; a day may be longer or shorter. */
  public Duration length() {
    return length;
  }

  /**
   * The starts of the steps that share time with a window, and after them the end of the last.
   * Minutes and hours are those of UTC, days those of the zone.
   *
   * @param most if there are more steps than this, the answer is empty
   * @throws DateTimeException if the window is near the end of time
   */
  public List<Instant> bounds(Instant from, Instant to, ZoneId zone, int most) {
    if (!from.isBefore(to)
        || Duration.between(from, to).compareTo(length.multipliedBy(most + 1L)) > 0) {
      return List.of();
    }
    List<Instant> bounds = new ArrayList<>();
    Instant at = start(from, zone);
    while (at.isBefore(to)) {
      bounds.add(at);
      at = next(at, zone);
    }
    bounds.add(at);
    return bounds.size() - 1 > most ? List.of() : List.copyOf(bounds);
  }

  private Instant start(Instant at, ZoneId zone) {
    if (this == DAY) {
      return day(at, zone).atStartOfDay(zone).toInstant();
    }
    long seconds = length.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
  }

  private Instant next(Instant start, ZoneId zone) {
    return this == DAY
        ? day(start, zone).plusDays(1).atStartOfDay(zone).toInstant()
        : start.plus(length);
  }

  private static LocalDate day(Instant at, ZoneId zone) {
    return LocalDate.ofInstant(at, zone);
  }

  /** The coarsest level of which steps with these bounds can be made, as far as it is kept. */
  Level level(long[] bounds, RetentionTimes kept, Instant now) {
    return switch (this) {
      case MINUTE -> Level.MINUTE;
      case FIVE_MINUTES -> Level.FIVE_MINUTES;
      case HOUR -> Level.HOUR;
      case DAY -> ofDays(bounds, kept, now);
    };
  }

  private Level ofDays(long[] bounds, RetentionTimes kept, Instant now) {
    Instant from = Availability.instant(bounds[0]).plus(length); // it may have begun a day sooner
    if (whole(bounds, Level.DAY) || from.isBefore(kept.since(Level.HOUR, now))) {
      return Level.DAY;
    }
    return whole(bounds, Level.HOUR) || from.isBefore(kept.since(Level.FIVE_MINUTES, now))
        ? Level.HOUR
        : Level.FIVE_MINUTES;
  }

  private static boolean whole(long[] bounds, Level level) {
    return Arrays.stream(bounds).allMatch(bound -> Math.floorMod(bound, level.bucket()) == 0);
  }
}
