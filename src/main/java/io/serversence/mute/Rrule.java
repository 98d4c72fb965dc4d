package io.serversence.mute;

import io.serversence.document.InvalidDocument;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A recurrence rule of RFC 5545, section 3.3.10, of which this part is understood: FREQ from DAILY
 * to YEARLY, INTERVAL, BYDAY (with ordinals where MONTHLY), BYMONTHDAY, BYMONTH, COUNT, UNTIL and
 * WKST. It tells the days; the time of day is the start's, on the clock of its zone, so that a
 * change of the clock moves nothing. As the RFC has it, the start counts as the first even where
 * the rule does not name it. Immutable.
 *
 * @param days without an ordinal 0, else from the start (1..5) or the end (-1..-5) of the month
 * @param until the last moment that may be a start, on the clock of the zone, or null
 */
record Rrule(
    Freq freq,
    int interval,
    List<Day> days,
    List<Integer> monthDays,
    List<Integer> months,
    @Nullable Integer count,
    @Nullable LocalDateTime until,
    DayOfWeek weekStart) {
  enum Freq {
    DAILY,
    WEEKLY,
    MONTHLY,
    YEARLY
  }

  record Day(int ordinal, DayOfWeek day) {}

  private static final String FIELD = "recurrence";
  private static final List<String> DAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");
  private static final Pattern DAY = Pattern.compile("([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)");
  private static final Pattern UNTIL = Pattern.compile("([0-9]{8})(?:T([0-9]{6})(Z?))?");

  /**
   * Reads a rule, with or without {@code RRULE:} before it.
   *
   * @param zone where an UNTIL in UTC is to be understood
   * @throws InvalidDocument that names the part that is wrong or not understood
   */
  static Rrule parse(String text, ZoneId zone) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    Map<String, String> parts = new HashMap<>();
    for (String part : upper.replaceFirst("^RRULE:", "").split(";", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      if (equals < 0 || part.substring(equals + 1).isEmpty()) {
        throw wrong(name, "must have a value");
      }
      if (parts.put(name, part.substring(equals + 1)) != null) {
        throw wrong(name, "is there twice");
      }
    }
    Freq freq = freq(parts.remove("FREQ"));
    int interval = number("INTERVAL", parts.remove("INTERVAL"), 1, 1_000, 1);
    List<Day> days = days(parts.remove("BYDAY"), freq);
    List<Integer> monthDays = numbers("BYMONTHDAY", parts.remove("BYMONTHDAY"), -31, 31);
    List<Integer> months = numbers("BYMONTH", parts.remove("BYMONTH"), 1, 12);
    String countText = parts.remove("COUNT");
    Integer count =
        countText == null ? null : Integer.valueOf(number("COUNT", countText, 1, 10_000, 1));
    LocalDateTime until = until(parts.remove("UNTIL"), zone);
    String weekStart = parts.remove("WKST");
    if (weekStart != null && !DAYS.contains(weekStart)) {
      throw wrong("WKST", "must be a day such as MO");
    }
    if (count != null && until != null) {
      throw wrong("COUNT", "must not be there with UNTIL");
    }
    if (freq == Freq.WEEKLY && !monthDays.isEmpty()) {
      throw wrong("BYMONTHDAY", "must not be there with FREQ=WEEKLY");
    }
    if (!parts.isEmpty()) {
      throw wrong(new TreeSet<>(parts.keySet()).first(), "is not understood");
    }
    return new Rrule(
        freq,
        interval,
        days,
        monthDays,
        months,
        count,
        until,
        weekStart == null ? DayOfWeek.MONDAY : DayOfWeek.of(DAYS.indexOf(weekStart) + 1));
  }

  private static InvalidDocument wrong(String part, String why) {
    String name = part.length() > 40 ? part.substring(0, 40) : part;
    return new InvalidDocument(FIELD, (name.isEmpty() ? "an empty part" : name) + " " + why);
  }

  private static Freq freq(@Nullable String word) {
    for (Freq freq : Freq.values()) {
      if (freq.name().equals(word)) {
        return freq;
      }
    }
    throw wrong("FREQ", "must be DAILY, WEEKLY, MONTHLY or YEARLY");
  }

  private static int number(String part, @Nullable String text, int min, int max, int otherwise) {
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[+-]?[0-9]{1,6}")) {
      throw wrong(part, "must be a number");
    }
    int n = Integer.parseInt(text);
    if (n < min || n > max) {
      throw wrong(part, "must be from " + min + " to " + max);
    }
    return n;
  }

  private static List<Integer> numbers(String part, @Nullable String text, int min, int max) {
    Set<Integer> numbers = new TreeSet<>();
    for (String one : text == null ? new String[0] : text.split(",", -1)) {
      int n = number(part, one, min, max, 0);
      if (n == 0) {
        throw wrong(part, "must not be 0");
      }
      numbers.add(n);
    }
    return List.copyOf(numbers);
  }

  private static List<Day> days(@Nullable String text, Freq freq) {
    List<Day> days = new ArrayList<>();
    for (String one : text == null ? new String[0] : text.split(",", -1)) {
      Matcher m = DAY.matcher(one);
      if (!m.matches()) {
        throw wrong("BYDAY", "must be days such as MO or, by month, 2TU or -1FR");
      }
      int ordinal = m.group(1) == null ? 0 : Integer.parseInt(m.group(1));
      if (ordinal != 0 && freq != Freq.MONTHLY) {
        throw wrong("BYDAY", "has a number, which is understood with FREQ=MONTHLY only");
      }
      Day day = new Day(ordinal, DayOfWeek.of(DAYS.indexOf(m.group(2)) + 1));
      if (!days.contains(day)) {
        days.add(day);
      }
    }
    return List.copyOf(days);
  }

  private static @Nullable LocalDateTime until(@Nullable String text, ZoneId zone) {
    if (text == null) {
      return null;
    }
    Matcher m = UNTIL.matcher(text);
    try {
      if (m.matches()) {
        LocalDate day = LocalDate.parse(m.group(1), DateTimeFormatter.BASIC_ISO_DATE);
        if (m.group(2) == null) {
          return day.atTime(LocalTime.MAX);
        }
        LocalDateTime at =
            day.atTime(
                LocalTime.parse(m.group(2), DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT)));
        return "Z".equals(m.group(3))
            ? at.atOffset(ZoneOffset.UTC).atZoneSameInstant(zone).toLocalDateTime()
            : at;
      }
    } catch (DateTimeException e) {
      // told below
    }
    throw wrong("UNTIL", "must be a time such as 20271231T235959Z");
  }

  /** Walks over the days of a rule; stops where the visitor answers false. */
  interface Visitor {
    boolean visit(LocalDateTime start);
  }

  /**
   * Tells the starts in their order, the first one's own before all. Ends with the rule, or after
   * forty years without one.
   *
   * @param from starts before this day are passed over quickly where COUNT allows it
   */
  void walk(LocalDateTime first, LocalDate from, Visitor visitor) {
    int left = count == null ? Integer.MAX_VALUE : count;
    if (left-- > 0 && !visitor.visit(first)) {
      return;
    }
    long k = count == null ? Math.max(0, skipped(first.toLocalDate(), from) - 1) : 0;
    int barren = 0;
    while (left > 0 && barren < barren()) {
      Set<LocalDate> set = period(first.toLocalDate(), k++);
      barren++;
      for (LocalDate day : set) {
        LocalDateTime start = day.atTime(first.toLocalTime());
        if (!start.isAfter(first)) {
          continue;
        }
        barren = 0;
        if ((until != null && start.isAfter(until)) || left-- <= 0 || !visitor.visit(start)) {
          return;
        }
      }
      if (until != null
          && anchor(first.toLocalDate(), k).isAfter(until.toLocalDate().plusDays(7))) {
        return;
      }
    }
  }

  /** Periods without one day after which none is expected: a leap day comes within 8 years. */
  private int barren() {
    return switch (freq) {
      case DAILY -> 15_000;
      case WEEKLY -> 2_100;
      case MONTHLY -> 500;
      case YEARLY -> 50;
    };
  }

  private long skipped(LocalDate first, LocalDate from) {
    if (!from.isAfter(first)) {
      return 0;
    }
    ChronoUnit unit =
        switch (freq) {
          case DAILY -> ChronoUnit.DAYS;
          case WEEKLY -> ChronoUnit.WEEKS;
          case MONTHLY -> ChronoUnit.MONTHS;
          case YEARLY -> ChronoUnit.YEARS;
        };
    return unit.between(first, from) / interval;
  }

  /** The first day of a period. */
  private LocalDate anchor(LocalDate first, long k) {
    long n = k * interval;
    return switch (freq) {
      case DAILY -> first.plusDays(n);
      case WEEKLY -> first.with(TemporalAdjusters.previousOrSame(weekStart)).plusWeeks(n);
      case MONTHLY -> first.withDayOfMonth(1).plusMonths(n);
      case YEARLY -> first.withDayOfYear(1).plusYears(n);
    };
  }

  /** The days of one period, in their order. */
  private Set<LocalDate> period(LocalDate first, long k) {
    LocalDate start = anchor(first, k);
    LocalDate end =
        switch (freq) {
          case DAILY -> start.plusDays(1);
          case WEEKLY -> start.plusWeeks(1);
          case MONTHLY -> start.plusMonths(1);
          case YEARLY -> start.plusYears(1);
        };
    Set<LocalDate> set = new TreeSet<>();
    for (LocalDate day = start; day.isBefore(end); day = day.plusDays(1)) {
      if (named(day, first)) {
        set.add(day);
      }
    }
    return set;
  }

  private boolean named(LocalDate day, LocalDate first) {
    if (!months.isEmpty() && !months.contains(day.getMonthValue())) {
      return false;
    }
    if (!monthDays.isEmpty()
        && !monthDays.contains(day.getDayOfMonth())
        && !monthDays.contains(day.getDayOfMonth() - day.lengthOfMonth() - 1)) {
      return false;
    }
    if (!days.isEmpty() && days.stream().noneMatch(d -> matches(d, day))) {
      return false;
    }
    return switch (freq) { // what the rule does not say, the start does
      case DAILY -> true;
      case WEEKLY -> !days.isEmpty() || day.getDayOfWeek() == first.getDayOfWeek();
      case MONTHLY ->
          !days.isEmpty() || !monthDays.isEmpty() || day.getDayOfMonth() == first.getDayOfMonth();
      case YEARLY ->
          !days.isEmpty()
              || ((!months.isEmpty() || !monthDays.isEmpty() || day.getMonth() == first.getMonth())
                  && (!monthDays.isEmpty() || day.getDayOfMonth() == first.getDayOfMonth()));
    };
  }

  private static boolean matches(Day wanted, LocalDate day) {
    if (day.getDayOfWeek() != wanted.day()) {
      return false;
    }
    int fromStart = (day.getDayOfMonth() - 1) / 7 + 1;
    int fromEnd = -((day.lengthOfMonth() - day.getDayOfMonth()) / 7 + 1);
    return wanted.ordinal() == 0 || wanted.ordinal() == fromStart || wanted.ordinal() == fromEnd;
  }
}
