package io.serversence.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FieldsTest {
  private static Fields of(String json) {
    return new Fields(Json.parse(json).asJsonObject());
  }

  private static List<FieldError> errors(Fields fields) {
    InvalidDocument thrown = catchThrowableOfType(InvalidDocument.class, fields::finish);
    return thrown == null ? List.of() : thrown.errors();
  }

  @ParameterizedTest
  @MethodSource
  void a_faulty_value_is_refused_with_its_field(
      String value, Consumer<Fields> reading, String field, String message) {
    Fields fields = of("{\"a\": " + value + "}");
    reading.accept(fields);
    assertThat(fields.valid()).isFalse();
    assertThat(errors(fields))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.field()).isEqualTo(field);
              assertThat(error.message()).contains(message);
            });
  }

  static Stream<Arguments> a_faulty_value_is_refused_with_its_field() {
    Consumer<Fields> string = f -> assertThat(f.string("a", 1, 3)).isNull();
    Consumer<Fields> text = f -> assertThat(f.text("a", 3)).isNull();
    Consumer<Fields> bool = f -> assertThat(f.bool("a")).isNull();
    Consumer<Fields> integer = f -> assertThat(f.integer("a", 1, 20)).isNull();
    Consumer<Fields> duration =
        f -> assertThat(f.duration("a", Duration.ofSeconds(1), Duration.ofDays(1))).isNull();
    Consumer<Fields> time = f -> assertThat(f.time("a")).isNull();
    Consumer<Fields> word = f -> assertThat(f.oneOf("a", List.of("x", "y"))).isNull();
    Consumer<Fields> key = f -> assertThat(f.key("a")).isNull();
    Consumer<Fields> strings = f -> f.strings("a", 2, 3);
    Consumer<Fields> map = f -> f.stringMap("a", 2, 3);
    Consumer<Fields> objects = f -> f.objects("a", 2);
    return Stream.of(
        Arguments.of("5", string, "a", "must be a string"),
        Arguments.of("[\"x\"]", string, "a", "must be a string"),
        Arguments.of("\"\"", string, "a", "must not be empty"),
        Arguments.of("\"abcd\"", string, "a", "at most 3 characters"),
        Arguments.of("\"a\\nb\"", string, "a", "control characters"),
        Arguments.of("\"\\u007f\"", string, "a", "control characters"),
        Arguments.of("\"\\u0085\"", string, "a", "control characters"),
        Arguments.of("\"\\u2028\"", string, "a", "control characters"),
        Arguments.of("\"\\u0000\"", string, "a", "NUL"),
        Arguments.of("\"\\ud800\"", string, "a", "surrogate"),
        Arguments.of("\"\\udc00x\"", string, "a", "surrogate"),
        Arguments.of("\"\\u0000\"", text, "a", "NUL"),
        Arguments.of("\"x\\ud800\"", text, "a", "surrogate"),
        Arguments.of("\"\\ude00\\ud83d\"", text, "a", "surrogate"),
        Arguments.of("\"abcd\"", text, "a", "at most 3"),
        Arguments.of("\"true\"", bool, "a", "true or false"),
        Arguments.of("1", bool, "a", "true or false"),
        Arguments.of("0", integer, "a", "from 1 to 20"),
        Arguments.of("21", integer, "a", "from 1 to 20"),
        Arguments.of("1.5", integer, "a", "whole number"),
        Arguments.of("\"5\"", integer, "a", "whole number"),
        Arguments.of("1e999999999", integer, "a", "whole number"),
        Arguments.of("-1e999999999", integer, "a", "whole number"),
        Arguments.of("99999999999999999999", integer, "a", "from 1 to 20"),
        Arguments.of("true", integer, "a", "whole number"),
        Arguments.of("5", duration, "a", "duration"),
        Arguments.of("\"5\"", duration, "a", "duration"),
        Arguments.of("\"999ms\"", duration, "a", "from 1s to 1d"),
        Arguments.of("\"25h\"", duration, "a", "from 1s to 1d"),
        Arguments.of("\"today\"", time, "a", "RFC 3339"),
        Arguments.of("1763806530", time, "a", "RFC 3339"),
        Arguments.of("\"X\"", word, "a", "one of x, y"),
        Arguments.of("{}", word, "a", "one of x, y"),
        Arguments.of("\"No Key\"", key, "a", "must be a key"),
        Arguments.of("[]", key, "a", "must be a key"),
        Arguments.of("\"x\"", strings, "a", "list of strings"),
        Arguments.of("[\"x\",5]", strings, "a[1]", "must be a string"),
        Arguments.of("[null]", strings, "a[0]", "must be a string"),
        Arguments.of("[\"\"]", strings, "a[0]", "not be empty"),
        Arguments.of("[\"x\",\"\\t\"]", strings, "a[1]", "control"),
        Arguments.of("[\"\\u2029\"]", strings, "a[0]", "control"),
        Arguments.of("[\"\\ud800\"]", strings, "a[0]", "surrogate"),
        Arguments.of("[\"abcd\"]", strings, "a[0]", "at most 3"),
        Arguments.of("[\"a\",\"b\",\"c\"]", strings, "a", "at most 2 items"),
        Arguments.of("[]", map, "a", "must be an object"),
        Arguments.of("{\"x\":1}", map, "a.x", "must be a string"),
        Arguments.of("{\"x\":\"abcd\"}", map, "a.x", "at most 3"),
        Arguments.of("{\"x\":\"\",\"y\":\"\",\"z\":\"\"}", map, "a", "at most 2 entries"),
        Arguments.of("{}", objects, "a", "list of objects"),
        Arguments.of("[{},5]", objects, "a[1]", "must be an object"),
        Arguments.of("[{},{},{}]", objects, "a", "at most 2 items"));
  }

  @Test
  void every_type_of_value_is_read() {
    Fields fields =
        of(
            """
            {"s":"a b","t":"a\\nb","y":"\\ud83d\\ude00","b":true,"i":20.0,"e":2e1,"d":"90m",
             "at":"2026-11-22T10:15:30Z","w":"x","k":"a-1","l":["p","q"],"m":{"x":"","y":"z"},
             "o":{"n":1},"os":[{"n":1},{"n":2}]}
            """);
    assertThat(fields.string("s", 1, 3)).isEqualTo("a b");
    assertThat(fields.text("t", 3)).isEqualTo("a\nb");
    assertThat(fields.string("y", 1, 2)).isEqualTo("\ud83d\ude00");
    assertThat(fields.bool("b")).isTrue();
    assertThat(fields.integer("i", 1, 20)).isEqualTo(20);
    assertThat(fields.integer("e", 1, 20)).isEqualTo(20);
    assertThat(fields.duration("d", Duration.ZERO, Duration.ofDays(1)))
        .isEqualTo(Duration.ofMinutes(90));
    assertThat(fields.time("at")).isEqualTo(Instant.parse("2026-11-22T10:15:30Z"));
    assertThat(fields.oneOf("w", List.of("x"))).isEqualTo("x");
    assertThat(fields.key("k")).isEqualTo("a-1");
    assertThat(fields.strings("l", 2, 1)).containsExactly("p", "q");
    assertThat(fields.stringMap("m", 2, 1)).containsExactly(entry("x", ""), entry("y", "z"));
    assertThat(fields.object("o").integer("n", 1, 1)).isEqualTo(1);
    assertThat(fields.objects("os", 2)).extracting(o -> o.integer("n", 1, 2)).containsExactly(1, 2);
    assertThatCode(fields::finish).doesNotThrowAnyException();
  }

  @Test
  void null_counts_as_absent() {
    Fields fields = of("{\"a\":null}");
    assertThat(fields.has("a")).isFalse();
    assertThat(fields.string("a", 1, 3)).isNull();
    assertThat(fields.strings("a", 1, 1)).isEmpty();
    assertThat(fields.object("a")).isNull();
    assertThat(fields.required("a", 0, 3)).isNull();
    assertThat(errors(fields)).containsExactly(new FieldError("a", "is required"));
  }

  @Test
  void all_faults_and_unknown_fields_are_named_at_once() {
    Fields fields = of("{\"a\":5,\"o\":{\"b\":6,\"x\":1},\"l\":[{\"y\":1}],\"z\":null}");
    fields.string("a", 1, 3);
    fields.object("o").string("b", 1, 3);
    fields.objects("l", 5);
    assertThat(errors(fields))
        .extracting(FieldError::field)
        .containsExactlyInAnyOrder("a", "o.b", "o.x", "l[0].y", "z");
  }

  @Test
  void what_is_ignored_is_not_unknown() {
    assertThat(errors(of("{\"state\":{\"x\":1}}").ignore("state"))).isEmpty();
  }

  @Test
  void an_answer_names_at_most_100_faults_and_no_field_at_length() {
    StringBuilder json = new StringBuilder("{\"" + "n".repeat(100_000) + "\":1");
    for (int i = 0; i < 1_000; i++) {
      json.append(",\"f").append(i).append("\":1");
    }
    Fields fields = of(json + ",\"m\":{\"" + "k".repeat(100_000) + "\":5}}");
    fields.stringMap("m", 5, 5);
    assertThat(errors(fields)).hasSize(100).allMatch(error -> error.field().length() <= 300);
  }

  @Property
  void any_string_that_is_accepted_can_be_stored(@ForAll String value) {
    Fields fields = new Fields(Json.object().add("a", value).build());
    String text = fields.text("a", 1_000);
    if (text != null) {
      assertThat(text).isEqualTo(value).doesNotContain("\0");
      assertThat(new String(text.getBytes(UTF_8), UTF_8)).isEqualTo(value);
    } else {
      assertThat(errors(fields)).extracting(FieldError::field).containsExactly("a");
    }
  }
}
