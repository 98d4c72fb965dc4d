package io.serversence.document;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The spelling of times: RFC 3339 in UTC with milliseconds. */
public final class Times {
  private static final DateTimeFormatter FORM =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  /** What a fault says of a text that {@link #parse} does not take. */
  public static final String REQUIRED =
      "must be an RFC 3339 time from 1970 to 9999, such as 2026-11-22T10:15:30.123Z";

  private Times() {}

  public static String format(Instant at) {
    return FORM.format(at.truncatedTo(ChronoUnit.MILLIS));
  }

  /**
   * The time with any offset, between the years 1970 and 9999, or null where it has another form.
   */
  public static @Nullable Instant parse(String text) {
    try {
      OffsetDateTime at = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
      return at.getYear() < 1970 || at.getYear() > 9999 ? null : at.toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
