package io.serversence.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How keys, times and durations are spelled. */
class SpellingTest {
  @ParameterizedTest
  @CsvSource({
    "1ms,PT0.001S",
    "500ms,PT0.5S",
    "30s,PT30S",
    "5m,PT5M",
    "24h,PT24H",
    "7d,PT168H",
    "999999999ms,PT277H46M39.999S",
    "999999999d,PT23999999976H"
  })
  void a_duration_is_a_number_and_a_unit(String text, Duration duration) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0s",
        "00s",
        "01s",
        "-1s",
        "+1s",
        "1",
        "s",
        "1 s",
        "1s ",
        " 1s",
        "1S",
        "1.5s",
        "1m30s",
        "1w",
        "1us",
        "1000000000s",
        "1s\n",
        "\u0661s",
        "PT1S",
        "1e3s"
      })
  void other_texts_are_no_durations(String text) {
    assertThat(Durations.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1,1ms",
    "999,999ms",
    "1000,1s",
    "1001,1001ms",
    "60000,1m",
    "61000,61s",
    "3600000,1h",
    "5400000,90m",
    "86400000,1d",
    "90000000,25h",
    "0,0s"
  })
  void a_duration_is_written_with_its_largest_whole_unit(long millis, String text) {
    assertThat(Durations.format(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @Property
  void a_duration_is_read_as_it_was_written(
      @ForAll @LongRange(min = 1, max = 999_999_999) long millis) {
    Duration duration = Duration.ofMillis(millis);
    assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T10:15:30.123Z,2026-11-22T10:15:30.123Z",
        "2026-11-22T10:15:30Z,2026-11-22T10:15:30.000Z",
    "2026-11-22T12:15:30+02:00,2026-11-22T10:15:30.000Z",
        "2026-11-22t10:15:30z,2026-11-22T10:15:30.000Z",
    "2026-11-22T10:15:30.123456789Z,2026-11-22T10:15:30.123Z",
        "1970-01-01T00:00:00Z,1970-01-01T00:00:00.000Z",
    "9999-12-31T23:59:59.999Z,9999-12-31T23:59:59.999Z"
  })
  void a_time_is_read_with_any_offset_and_written_in_utc(String text, String written) {
    Instant at = Times.parse(text);
    assertThat(at).isNotNull();
    assertThat(Times.format(at)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-11-22",
        "2026-11-22T10:15:30",
        "10:15",
        "2026-13-01T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "2026-11-22T24:00:00Z",
        "1969-12-31T23:59:59Z",
        "1970-01-01T00:00:00+01:00",
        "+10000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "+999999999-12-31T23:59:59-18:00",
        "2026-11-22T10:15:30.123Z ",
        "1763806530",
        "2026-11-22T10:15:30+25:00"
      })
  void other_texts_are_no_times(String text) {
    assertThat(Times.parse(text)).isNull();
  }

  @Property
  void any_text_is_a_time_and_a_duration_or_not(@ForAll String text) {
    Instant at = Times.parse(text);
    assertThat(at == null || Times.parse(Times.format(at)) != null).isTrue();
    Duration duration = Durations.parse(text);
    assertThat(duration == null || duration.toMillis() > 0).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "shop-front", "a--b", "0-9"})
  void a_key_has_small_letters_digits_and_dashes_between(String text) {
    assertThat(Keys.isKey(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "-a", "a-", "A", "a_b", "a b", "a.b", "é", "a\n", "../a", "a/b"})
  void other_texts_are_no_keys(String text) {
    assertThat(Keys.isKey(text)).isFalse();
  }

  @Test
  void a_key_has_at_most_63_characters() {
    assertThat(Keys.isKey("a".repeat(63))).isTrue();
    assertThat(Keys.isKey("a".repeat(64))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "Shop front,shop-front",
    "  Über / Café! ,uber-cafe",
    "A__b..C,a-b-c",
    "10.0.0.1,10-0-0-1",
    "\u6771\u4eac,''",
    "!!!,''",
    "\u0130stanbul,istanbul"
  })
  void a_key_is_made_of_a_name(String name, String key) {
    assertThat(Keys.from(name)).isEqualTo(key);
  }

  @Property
  void what_is_made_of_any_name_is_a_key_or_empty(@ForAll String name) {
    String key = Keys.from(name);
    assertThat(key.isEmpty() || Keys.isKey(key)).isTrue();
    assertThat(Keys.from(key)).isEqualTo(key);
    assertThat(Keys.from(name + "x".repeat(100))).hasSizeLessThanOrEqualTo(63);
  }
}
