package io.serversence.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be parsed says where, and what a condition asks of the probe. */
class ConditionSyntaxTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[STATUS]                          | 8  | ==",
        "`                   `             | 19 | ==",
        "``                                | 0  | ==",
        "[STATUS]==200                     | 8  | ==",
        "[STATUS] ==                       | 9  | ==",
        "[STATUS] = = 200                  | 9  | ==",
        "[STATUS] is 200                   | 15 | ==",
        "[STATUS] => 200                   | 9  | ==",
        "len([BODY].items > 5              | 16 | not closed",
        "has([BODY].items == true          | 16 | not closed",
        "[BODY].a == pat(x*                | 18 | not closed",
        "[BODY].a == any(1, 2              | 20 | not closed",
        "[BODY] == pat(*a == b*)           | 16 | not closed",
        "[STATUS] < pat(2*)                | 11 | pat() works only with == and !=",
        "any(1, 2) > [STATUS]              | 0  | any() works only with == and !=",
        "len() > 5                         | 4  | placeholder",
        "len(text) > 5                     | 4  | placeholder",
        "has([FOO].x) == true              | 4  | placeholder",
        "age([HEADER].Date) < 10m          | 0  | no function age()",
        "LEN([BODY].x) == 5                | 0  | no function LEN()",
        "[FOO] == 200                      | 0  | no placeholder [FOO]",
        "200 == [FOO]                      | 7  | no placeholder [FOO]",
        "[RESPONSETIME] < 500              | 0  | no placeholder [RESPONSETIME]",
        "[STATUS] <  [LIMIT].max           | 12 | no placeholder [LIMIT]",
        "[STATUS].x == 1                   | 8  | nothing may follow [STATUS]",
        "[CONNECTED]x == true              | 11 | nothing may follow [CONNECTED]",
        "len([STATUS].x) == 1              | 12 | nothing may follow [STATUS]",
        "[BODY]x == 1                      | 6  | path",
        "[BODY]. == 1                      | 6  | path",
        "[BODY] != a == b                  | 6  | path",
        "[HEADER] == x                     | 8  | name of a header",
        "[HEADER]. == x                    | 8  | name of a header",
        "[HEADER].a b == x                 | 8  | name of a header",
        "[CERTIFICATE_EXPIRATION] > 30days | 27 | neither a number nor a duration",
        "[CERTIFICATE_EXPIRATION] > 2w     | 27 | neither a number nor a duration",
        "[RESPONSE_TIME] <  5x             | 19 | neither a number nor a duration",
        "-1.5q > [RESPONSE_TIME]           | 0  | neither a number nor a duration",
        "[BODY].day > 2026-11-28           | 13 | neither a number nor a duration",
        "[RESPONSE_TIME] < 1e999           | 18 | neither a number nor a duration",
        "[DOMAIN_EXPIRATION] > 720h        | 0  | cannot be observed",
        "NOERROR == [dns_rcode]            | 11 | cannot be observed",
        "[CONTEXT].user == 1               | 0  | cannot be observed",
        "len([CONTEXT].users) == 1         | 4  | cannot be observed",
        "[BODY].items[*].ok == true        | 12 | [*] is not supported",
        "[BODY].c.#(name==x).ok == true    | 9  | #( is not supported",
        "[BODY] == pat(*[a-z*)             | 15 | not closed by ]",
        "[BODY] == pat(*[]*)               | 16 | - or ]",
        "[BODY] == pat(a\\)                | 15 | backslash",
      })
  void what_cannot_be_parsed_says_where(String condition, int position, String message) {
    assertThatExceptionOfType(ConditionSyntaxException.class)
        .isThrownBy(() -> Condition.parse(condition))
        .satisfies(e -> assertThat(e.position()).isEqualTo(position))
        .withMessageContaining(message)
        .withMessageEndingWith(" at position " + position);
  }

  @Test
  void a_condition_has_at_most_1000_characters() throws ConditionSyntaxException {
    String longest = "[BODY] == " + "x".repeat(990);
    assertThat(Condition.parse(longest).text()).isEqualTo(longest);
    assertThatExceptionOfType(ConditionSyntaxException.class)
        .isThrownBy(() -> Condition.parse(longest + "x"))
        .satisfies(e -> assertThat(e.position()).isEqualTo(1000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[BODY] == x",
        "[body].a > 1",
        "1 == [BODY][0]",
        "len([Body].a) > 1",
        "has([BODY].a) == true",
        "[STATUS] == [BODY].status"
      })
  void the_body_is_needed_where_it_is_mentioned(String condition) throws ConditionSyntaxException {
    assertThat(Condition.parse(condition).needsBody()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[STATUS] == 200",
        "[HEADER].Body == x",
        "[STATUS] == pat(*[BODY]*)",
        "[STATUS] == any(1, [BODY])",
        "[CONNECTED] == body"
      })
  void the_body_is_not_needed_elsewhere(String condition) throws ConditionSyntaxException {
    assertThat(Condition.parse(condition).needsBody()).isFalse();
  }

  @Test
  void conditions_are_equal_by_their_text() throws ConditionSyntaxException {
    assertThat(Condition.parse("[STATUS] == 200"))
        .isEqualTo(Condition.parse("[STATUS] == 200"))
        .hasSameHashCodeAs(Condition.parse("[STATUS] == 200"))
        .hasToString("[STATUS] == 200")
        .isNotEqualTo(Condition.parse("[STATUS]  == 200"));
  }
}
