package io.serversence.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers, durations and texts as Go reads and writes them (strconv, time, fmt, encoding/json). */
class GoSpellingTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0,0",
    "7,7",
    "+7,7",
    "-7,-7",
    "0x10,16",
    "0XfF,255",
    "-0x10,-16",
    "0b101,5",
    "0B1,1",
    "0o17,15",
    "0O17,15",
    "017,15",
    "00,0",
    "1_000,1000",
    "0x_ff,255",
    "0_7,7",
    "0x1_0,16",
    "9223372036854775807,9223372036854775807",
    "-9223372036854775808,-9223372036854775808",
    "0x7fffffffffffffff,9223372036854775807"
  })
  void a_whole_number_may_tell_its_base(String text, long number) {
    assertThat(GoNumber.whole(text)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+",
        "x",
        "1x",
        " 1",
        "1 ",
        "09",
        "0x",
        "0b",
        "0b2",
        "0xg",
        "_1",
        "1_",
        "1__0",
        "0_x1",
        "--1",
        "1.0",
        "1e3",
        "9223372036854775808",
        "-9223372036854775809",
        "\u0661",
        "99999999999999999999999"
      })
  void other_texts_are_no_whole_numbers(String text) {
    assertThat(GoNumber.whole(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1.9,1",
    "-1.9,-1",
    "1e3,1000",
    "1.5e+2,150",
    ".5,0",
    "5.,5",
    "0x1p4,16",
    "0x1.8p1,3",
    "1_0.5,10",
    "123,123",
    "0x_1p4,16"
  })
  void a_real_number_is_cut(String text, long number) {
    assertThat(GoNumber.cutReal(text)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "e3",
        "1e",
        "1d",
        "1f",
        "0x1",
        "1e999",
        "NaN",
        "Infinity",
        "1 ",
        "1__0.5",
        "_1.5",
        "1_.5",
        "1.5_"
      })
  void other_texts_are_no_real_numbers(String text) {
    assertThat(GoNumber.cutReal(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1ns,1",
    "1us,1000",
    "1\u00b5s,1000",
    "1\u03bcs,1000",
    "500ms,500000000",
    "1.5s,1500000000",
    "48h,172800000000000",
    "1h30m,5400000000000",
    "-1h,-3600000000000",
    "+2s,2000000000",
    ".5s,500000000",
    "1.s,1000000000",
    "1m1m,120000000000",
    "0.1234567891234567891s,123456789",
    "2562047h,9223369200000000000"
  })
  void a_duration_is_a_sum_of_numbers_with_units(String text, long nanos) {
    assertThat(GoDuration.parse(text)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "5",
        "h",
        ".h",
        "1",
        "1d",
        "1 h",
        "1h ",
        "1hm",
        "s1",
        "1.2.3s",
        "2562048h",
        "1H",
        "99999999999999999999s",
        "1msx"
      })
  void other_texts_are_no_durations(String text) {
    assertThat(GoDuration.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0,0s",
    "999,0s",
    "1000,1s",
    "10000,10s",
    "60000,1m",
    "1200000,20m",
    "3600000,1h",
    "3615000,1h0m15s",
    "4800000,1h20m",
    "1209600000,336h",
    "-5400000,-1h30m",
    "-500,0s"
  })
  void a_duration_is_shown_in_whole_seconds(long millis, String text) {
    assertThat(GoDuration.format(millis)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0,0",
    "-0,-0,-0",
    "1,1,1",
    "-12.50,-12.5,-12.5",
    "123456,123456,123456",
    "1000000,1e+06,1000000",
    "1234567,1.234567e+06,1234567",
    "0.0001,0.0001,0.0001",
    "0.00001,1e-05,0.00001",
    "1e-7,1e-07,1e-7",
    "1e20,1e+20,100000000000000000000",
    "1e21,1e+21,1e+21",
    "1.5E+300,1.5e+300,1.5e+300",
    "5e-324,5e-324,5e-324",
    "1e-400,0,0",
    "0.1234567890123456789,0.12345678901234568,0.12345678901234568",
    "9007199254740993,9.007199254740992e+15,9007199254740992",
    "100,100,100",
    "123.40000000000005,123.40000000000005,123.40000000000005",
    "0e5,0,0",
    "0.00,0,0",
    "20.10e1,201,201",
    "2.2250738585072014e-308,2.2250738585072014e-308,2.2250738585072014e-308"
  })
  void a_json_number_is_written_with_few_digits(String literal, String text, String json) {
    GoReal real = Objects.requireNonNull(GoReal.parse(literal));
    assertThat(real.text()).isEqualTo(text);
    assertThat(real.json()).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "-1e309", "1e99999999999", "1e+2147483648"})
  void a_json_number_out_of_range_is_none(String literal) {
    assertThat(GoReal.parse(literal)).isNull();
  }

  @Property
  void a_double_is_found_again_in_its_text(@ForAll double value) {
    Assume.that(Double.isFinite(value));
    GoReal real = Objects.requireNonNull(GoReal.parse(Double.toString(value)));
    assertThat(Double.parseDouble(real.text())).isEqualTo(value);
    assertThat(Double.parseDouble(real.json())).isEqualTo(value);
    assertThat(real.digits().length()).isLessThanOrEqualTo(17);
  }

  @Property
  void a_whole_number_is_found_again_in_its_text(@ForAll long value) {
    assertThat(GoNumber.whole(Long.toString(value))).isEqualTo(value);
  }

  @Property
  void texts_are_counted_in_bytes_of_utf_8(@ForAll String text) {
    String whole = GoText.wellFormed(text);
    assertThat(GoText.bytes(whole)).isEqualTo(whole.getBytes(StandardCharsets.UTF_8).length);
    assertThat(GoText.wellFormed(whole)).isSameAs(whole);
  }
}
