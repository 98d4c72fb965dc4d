package io.serversence.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Go's filepath.Match without slashes. */
class GlobTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "*|anything",
        "*|``",
        "**|ab",
        "a*|a",
        "a*c|abbbc",
        "*b*|abc",
        "*c|abc",
        "a*b*c|axbxbxc",
        "?|x",
        "?|\u20ac",
        "?|\ud83d\ude00",
        "a?c|abc",
        "[abc]|b",
        "[a-c]x|bx",
        "[^a-c]|d",
        "[a-cx-z]|y",
        "[\\]]|]",
        "[\\^a]|^",
        "[\\-]|-",
        "\\*|*",
        "a\\?|a?",
        "[!a]|!",
        "``|``",
        "a/b|ab",
        "ab|a/b",
        "*|/",
        "[a/b]|b",
        "\u00e9*|\u00e9t\u00e9",
        "[\u0430-\u044f]|\u0436",
      })
  void a_text_fits(String pattern, String text) throws ConditionSyntaxException {
    assertThat(Glob.parse(pattern, 0).matches(text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a|b",
        "a|``",
        "``|a",
        "a*|ba",
        "*a|ab",
        "a?c|ac",
        "?|``",
        "?|ab",
        "[abc]|d",
        "[^a-c]|b",
        "[c-a]|b",
        "\\*|x",
        "a|A",
        "a*b*c|acb",
        "[a-c]|``",
      })
  void a_text_does_not_fit(String pattern, String text) throws ConditionSyntaxException {
    assertThat(Glob.parse(pattern, 0).matches(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "[]", "[]a]", "[a-]", "[-a]", "[^]", "[a", "[a-", "a\\", "[\\"})
  void a_malformed_pattern_is_refused(String pattern) {
    Assertions.assertThrows(ConditionSyntaxException.class, () -> Glob.parse(pattern, 0));
  }

  @Test
  void a_pattern_longer_than_a_word_of_states_fits() throws ConditionSyntaxException {
    String text = "0123456789".repeat(20);
    assertThat(Glob.parse(text, 0).matches(text)).isTrue();
    assertThat(Glob.parse("*" + text.substring(60) + "*", 0).matches(text + "x")).isTrue();
    assertThat(Glob.parse(text.substring(1) + "?", 0).matches(text)).isFalse();
  }

  /** What takes a backtracking matcher a time in proportion to text × pattern, or far more. */
  @ParameterizedTest
  @ValueSource(strings = {"*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", "aaaaaaaaaa", "[^b][^b][^b]b*"})
  @Timeout(60)
  void hostile_patterns_and_texts_take_little_effort(String part) throws ConditionSyntaxException {
    String text = "a".repeat(1 << 20);
    Glob glob = Glob.parse("*" + part.repeat(900 / part.length()) + "b", 0);
    assertThat(Effort.of(() -> assertThat(glob.matches(text)).isFalse()))
        .isLessThan(Duration.ofSeconds(1));
  }

  @Property
  void stars_and_question_marks_mean_what_the_file_system_means(
      @ForAll @Chars({'a', 'b', '*', '?'}) @StringLength(max = 12) @NotEmpty String pattern,
      @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 16) String text)
      throws ConditionSyntaxException {
    PathMatcher reference = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    assertThat(Glob.parse(pattern, 0).matches(text)).isEqualTo(reference.matches(Path.of(text)));
  }
}
