package io.serversence.mute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.document.InvalidDocument;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recurrence: examples of RFC 5545, a plain enumeration as oracle, and changes of the clock. */
class RruleTest {
  private static final List<Rrule.Freq> FREQS =
      List.of(Rrule.Freq.DAILY, Rrule.Freq.WEEKLY, Rrule.Freq.MONTHLY, Rrule.Freq.YEARLY);

  private static final LocalDateTime FIRST = LocalDateTime.parse("1997-09-02T09:00:00"); // Tuesday

  private static List<String> days(String rule, LocalDateTime first, int most) {
    List<String> days = new ArrayList<>();
    Rrule.parse(rule, ZoneOffset.UTC)
        .walk(
            first,
            first.toLocalDate(),
            at -> {
              days.add(at.toLocalDate().toString());
              return days.size() < most;
            });
    return days;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FREQ=DAILY;COUNT=3 | 1997-09-02 1997-09-03 1997-09-04",
        "FREQ=DAILY;INTERVAL=10;COUNT=3 | 1997-09-02 1997-09-12 1997-09-22",
        "FREQ=WEEKLY;UNTIL=19970917T000000Z | 1997-09-02 1997-09-09 1997-09-16",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;WKST=SU;BYDAY=TU,TH"
            + " | 1997-09-02 1997-09-04 1997-09-16 1997-09-18",
        "FREQ=MONTHLY;COUNT=3;BYMONTHDAY=2,15 | 1997-09-02 1997-09-15 1997-10-02",
        "FREQ=MONTHLY;BYDAY=TU;BYMONTH=9;COUNT=2 | 1997-09-02 1997-09-09",
        "RRULE:FREQ=YEARLY;COUNT=2 | 1997-09-02 1998-09-02",
      })
  void examples_in_the_manner_of_the_rfc_come_out(String rule, String expected) {
    assertThat(days(rule, FIRST, 100)).containsExactly(expected.split(" ", -1));
  }

  @Test
  void the_week_start_matters_as_in_the_rfc() {
    LocalDateTime first = LocalDateTime.parse("1997-08-05T09:00:00");
    String rule = "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=";
    assertThat(days(rule + "MO", first, 9))
        .containsExactly("1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24");
    assertThat(days(rule + "SU", first, 9))
        .containsExactly("1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FREQ=HOURLY | FREQ",
        "INTERVAL=2 | FREQ",
        "FREQ=DAILY;BYSETPOS=1 | BYSETPOS",
        "FREQ=DAILY;INTERVAL=0 | INTERVAL",
        "FREQ=WEEKLY;BYDAY=2MO | BYDAY",
        "FREQ=DAILY;COUNT=2;UNTIL=20270101 | COUNT",
        "FREQ=DAILY;UNTIL=tomorrow | UNTIL",
        "FREQ=DAILY; | an empty part",
        "FREQ=DAILY;FREQ=DAILY | FREQ",
      })
  void what_is_not_understood_is_named(String rule, String part) {
    assertThatThrownBy(() -> Rrule.parse(rule, ZoneOffset.UTC))
        .isInstanceOf(InvalidDocument.class)
        .hasMessageContaining(part);
  }

  @Test
  void any_rule_gives_the_days_that_looking_at_every_day_gives() {
    Random random = new Random(5);
    String[] names = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    for (int i = 0; i < 400; i++) {
      Rrule.Freq freq = FREQS.get(random.nextInt(FREQS.size()));
      int interval = 1 + random.nextInt(4);
      StringBuilder rule = new StringBuilder("FREQ=" + freq + ";INTERVAL=" + interval);
      boolean monthly = freq == Rrule.Freq.MONTHLY;
      if (random.nextBoolean()) {
        String ordinal = monthly ? new String[] {"", "1", "2", "-1"}[random.nextInt(4)] : "";
        rule.append(";BYDAY=").append(ordinal).append(names[random.nextInt(7)]);
      }
      if (freq != Rrule.Freq.WEEKLY && random.nextInt(3) == 0) {
        rule.append(";BYMONTHDAY=").append(random.nextBoolean() ? 1 + random.nextInt(28) : -1);
      }
      if (random.nextInt(3) == 0) {
        rule.append(";BYMONTH=").append(1 + random.nextInt(12));
      }
      LocalDateTime first = FIRST.plusDays(random.nextInt(400));
      Rrule parsed = Rrule.parse(rule.toString(), ZoneOffset.UTC);
      List<LocalDate> expected = new ArrayList<>(List.of(first.toLocalDate()));
      for (int d = 1; d < 1_500; d++) {
        LocalDate day = first.toLocalDate().plusDays(d);
        if (named(parsed, first.toLocalDate(), day)) {
          expected.add(day);
        }
      }
      List<LocalDate> found = new ArrayList<>();
      LocalDate end = first.toLocalDate().plusDays(1_500);
      parsed.walk(
          first,
          first.toLocalDate(),
          at -> at.toLocalDate().isBefore(end) && found.add(at.toLocalDate()));
      assertThat(found).as("%s from %s", rule, first).isEqualTo(expected);
      LocalDate from = first.toLocalDate().plusDays(700);
      List<LocalDate> later = new ArrayList<>();
      parsed.walk(first, from, at -> at.toLocalDate().isBefore(end) && later.add(at.toLocalDate()));
      later.removeIf(day -> day.isBefore(from));
      expected.removeIf(day -> day.isBefore(from));
      assertThat(later).as("%s from %s, later", rule, first).isEqualTo(expected);
    }
  }

  /** Whether a day is one of the rule's, asked of each day on its own. */
  private static boolean named(Rrule r, LocalDate first, LocalDate day) {
    long periods =
        switch (r.freq()) {
          case DAILY -> ChronoUnit.DAYS.between(first, day);
          case WEEKLY ->
              ChronoUnit.WEEKS.between(
                  first.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
                  day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
          case MONTHLY ->
              (day.getYear() - first.getYear()) * 12L + day.getMonthValue() - first.getMonthValue();
          case YEARLY -> day.getYear() - first.getYear();
        };
    boolean byDay = !r.days().isEmpty();
    boolean byMonthDay = !r.monthDays().isEmpty();
    boolean byMonth = !r.months().isEmpty();
    if (periods % r.interval() != 0
        || (byMonth && !r.months().contains(day.getMonthValue()))
        || (byMonthDay
            && r.monthDays().stream()
                .noneMatch(
                    n ->
                        n > 0
                            ? n == day.getDayOfMonth()
                            : day.plusDays(-n).getDayOfMonth() == 1 && n == -1))) {
      return false;
    }
    if (byDay) {
      Rrule.Day wanted = r.days().get(0);
      return wanted.ordinal() == 0
          ? day.getDayOfWeek() == wanted.day()
          : day.equals(
              day.with(TemporalAdjusters.dayOfWeekInMonth(wanted.ordinal(), wanted.day())));
    }
    return switch (r.freq()) {
      case DAILY -> true;
      case WEEKLY -> day.getDayOfWeek() == first.getDayOfWeek();
      case MONTHLY -> byMonthDay || day.getDayOfMonth() == first.getDayOfMonth();
      case YEARLY ->
          byMonthDay
              || (day.getDayOfMonth() == first.getDayOfMonth()
                  && (byMonth || day.getMonth() == first.getMonth()));
    };
  }

  @Test
  void a_window_begins_at_the_same_time_of_day_across_a_change_of_the_clock() {
    Window window =
        new Window(
            "w",
            "W",
            Match.ALL,
            Instant.parse("2026-03-28T01:30:00Z"), // 02:30 in Berlin, which is skipped next day
            Duration.ofHours(1),
            "FREQ=DAILY",
            ZoneId.of("Europe/Berlin"));
    assertThat(
            window.spans(
                Instant.parse("2026-03-28T00:00:00Z"), Instant.parse("2026-03-31T00:00:00Z")))
        .extracting(span -> span.from().toString())
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
    assertThat(
            window.spans(
                Instant.parse("2027-03-28T01:00:00Z"), Instant.parse("2027-03-28T02:00:00Z")))
        .containsExactly(
            new Window.Span(
                Instant.parse("2027-03-28T01:30:00Z"), Instant.parse("2027-03-28T02:00:00Z")));
  }
}
