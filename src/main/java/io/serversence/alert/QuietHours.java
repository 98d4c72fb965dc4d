package io.serversence.alert;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * Hours of the day in which nobody is told. They may go over midnight, and then belong to the day
 * on which they begin.
 *
 * @param from the first quiet minute
 * @param to the first minute that is not; equal to {@code from} for the whole day
 * @param days the days on which they begin; all where empty
 */
public record QuietHours(ZoneId timezone, LocalTime from, LocalTime to, Set<DayOfWeek> days) {
  public QuietHours {
    days = Set.copyOf(days);
  }

  /** Whether it is quiet at a time. */
  public boolean cover(Instant at) {
    ZonedDateTime local = at.atZone(timezone);
    LocalTime time = local.toLocalTime();
    DayOfWeek today = local.getDayOfWeek();
    if (from.isBefore(to)) {
      return on(today) && !time.isBefore(from) && time.isBefore(to);
    }
    return (on(today) && !time.isBefore(from)) || (on(today.minus(1)) && time.isBefore(to));
  }

  private boolean on(DayOfWeek day) {
    return days.isEmpty() || days.contains(day);
  }
}
