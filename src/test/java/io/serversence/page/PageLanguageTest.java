package io.serversence.page;

import static io.serversence.page.PageLanguage.ENGLISH;
import static io.serversence.page.PageLanguage.GERMAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.page.StatusView.Day;
import io.serversence.page.StatusView.Outage;
import io.serversence.page.StatusView.Row;
import io.serversence.page.StatusView.Work;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which language a status page speaks, and that it speaks no other one in between. */
class PageLanguageTest {
  private static final Instant AT = Instant.parse("2026-03-22T10:15:30.123Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "de | GERMAN",
        "DE | GERMAN",
        "de-AT,de;q=0.9,en;q=0.8 | GERMAN",
        "en-GB,en;q=0.9,de;q=0.8 | ENGLISH",
        "en;q=0.1,de;q=0.2 | GERMAN",
        "fr,de;q=0.5,en;q=0.4 | GERMAN",
        "fr | ENGLISH",
        "* | ENGLISH",
        "de;q=0,en;q=0.1 | ENGLISH",
        "de;q=0 | ENGLISH",
        "den | ENGLISH",
        "'' | ENGLISH",
        "de;q=2 | ENGLISH",
        "de;q=2,de;q=0.001 | GERMAN",
        "-,Ed | ENGLISH",
        "x0,  de ; q=1.000 | GERMAN",
        ";;;, | ENGLISH",
        "de_DE | ENGLISH",
      })
  void it_is_the_first_that_the_reader_understands(String header, PageLanguage language) {
    assertThat(PageLanguage.accepted(header)).isEqualTo(language);
  }

  @Test
  void who_says_nothing_gets_English() {
    assertThat(PageLanguage.accepted(null)).isEqualTo(ENGLISH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fr", "DE", "", "de-DE", "<b>"})
  void others_cannot_be_asked_for_by_name(String tag) {
    assertThat(PageLanguage.of(tag)).isEmpty();
    assertThat(PageLanguage.of("de")).contains(GERMAN);
  }

  static List<Method> words() {
    return Arrays.asList(PageWords.class.getDeclaredMethods());
  }

  @ParameterizedTest
  @MethodSource("words")
  void every_word_is_said_in_every_language(Method word) throws ReflectiveOperationException {
    for (PageState state : PageState.values()) {
      Object[] given =
          Arrays.stream(word.getParameterTypes()).map(type -> example(type, state)).toArray();
      String english = said(word, ENGLISH, given);
      String german = said(word, GERMAN, given);
      assertThat(english).isNotBlank();
      assertThat(german).isNotBlank().isNotEqualTo(english);
      assertThat(english.matches(".*[.…]")).isEqualTo(german.matches(".*[.…]"));
    }
  }

  private static String said(Method word, PageLanguage language, Object[] given)
      throws IllegalAccessException, InvocationTargetException {
    return (String) word.invoke(language.words(), given);
  }

  private static Object example(Class<?> type, PageState state) {
    if (type == PageState.class) {
      return state;
    }
    if (type == Instant.class) {
      return AT;
    }
    if (type == String.class) {
      return "A, B";
    }
    if (type == List.class) {
      return List.of(new Spoken.Part(2, Spoken.Unit.DAYS), new Spoken.Part(1, Spoken.Unit.HOURS));
    }
    return type == int.class ? (Object) 3 : type == long.class ? (Object) 2L : (Object) 0.5;
  }

  @Test
  void a_German_page_has_no_English_in_it() {
    StatusPage page = new StatusPage("shop", "T", "", List.of(), null, true);
    List<Day> days = List.of(new Day(0.5, false), new Day(1.0, true));
    StatusView view =
        new StatusView(
            page,
            AT,
            AT,
            List.of(
                new Row("a", "A", PageState.DOWN, AT, 0.99956, days),
                new Row("b", "B", PageState.UP, AT, null, days)),
            List.of(
                new Outage("i1", "a", "A", AT, null, true, AT),
                new Outage("i2", "a", "A", AT, AT.plusSeconds(187_200), false, AT)),
            List.of(new Work("W", AT, AT, List.of("A", "B", "C", "D", "E", "F"))),
            true);

    String html = StatusHtml.of(view, GERMAN);

    assertThat(html)
        .contains("<html lang=\"de\">", "<title>T: Einige Systeme sind gestört</title>")
        .contains(
            "Gestört seit <time datetime=\"2026-03-22T10:15:30.123Z\">22. März 2026, 10:15 UTC")
        .contains("(2 Tage 4 h)", "Es wird daran gearbeitet.", "und 1 weiteres")
        .contains("An 2 von 90 Tagen gemessen, zu 99,95\u00a0% verfügbar, mit Ausfällen an 1")
        .contains("<a href=\"?lang=en\" hreflang=\"en\" lang=\"en\">English</a>");
    String shown = html.replace(">English<", "><").replaceAll("<[^>]*>", " ");
    assertThat(shown)
        .doesNotContainPattern("(?i)\\b(down|since|to|and|more|days|of|incidents|systems)\\b");
    assertThat(view.write(GERMAN).getString("headline")).isEqualTo("Einige Systeme sind gestört");
    assertThat(view.write(GERMAN).getJsonArray("monitors").getJsonObject(1).getString("word"))
        .isEqualTo("In Betrieb");
  }

  @Test
  void a_share_of_fewer_days_says_so() {
    assertThat(ENGLISH.words().available(1, 90, 90, 0))
        .isEqualTo("100% available in 90 days, without an outage.");
    assertThat(ENGLISH.words().available(1, 90, 1, 0))
        .isEqualTo("100% available, seen on 1 of 90 days, without an outage.");
    assertThat(GERMAN.words().available(1, 90, 90, 0))
        .isEqualTo("In 90 Tagen zu 100\u00a0% verfügbar, ohne Ausfall.");
    assertThat(GERMAN.words().available(1, 90, 1, 0))
        .isEqualTo("An 1 von 90 Tagen gemessen, zu 100\u00a0% verfügbar, ohne Ausfall.");
  }

  @ParameterizedTest
  @EnumSource(PageLanguage.class)
  void a_share_is_rounded_down(PageLanguage language) {
    assertThat(language.words().percent(0.999999)).matches("99[.,]99\u00a0?%");
    assertThat(language.words().percent(1.0)).matches("100\u00a0?%");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1 s, 1 s",
    "59, 59 s, 59 s",
    "60, 1 min, 1 min",
    "3599, 59 min, 59 min",
    "3600, 1 h, 1 h",
    "11100, 3 h 5 min, 3 h 5 min",
    "86400, 1 d, 1 Tag",
    "187200, 2 d 4 h, 2 Tage 4 h",
    "-5, 1 s, 1 s",
  })
  void how_long_it_was_is_said_as_people_say_it(int seconds, String english, String german) {
    Instant end = AT.plusSeconds(seconds);
    assertThat(Spoken.of(AT, end, ENGLISH.words())).isEqualTo(english);
    assertThat(Spoken.of(AT, end, GERMAN.words())).isEqualTo(german);
  }
}
