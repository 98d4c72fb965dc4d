package io.serversence.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{} {}",
        "{}x",
        "{\"a\":1}\"",
        "[1]]",
        "5 6",
        "null,",
        "{,}",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "'a'",
        "01",
        "1.",
        "+1",
        "NaN",
        "tru",
        "\"a",
        "\"\t\"",
        "\"\\x\"",
        "[",
        "{",
        "]",
        "{\"a\"}",
        "{\"a\":}",
        "\ufeff{}",
        "",
        "  ",
        "/**/{}",
        "\"a\nb\"",
        "{\"a\":1e99999999999}"
      })
  void what_is_no_json_is_refused(String text) {
    assertThatExceptionOfType(InvalidDocument.class)
        .isThrownBy(() -> Json.parse(text))
        .satisfies(e -> assertThat(e.errors()).singleElement().extracting("field").isEqualTo(""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5|5",
        "\"a\"|\"a\"",
        " true |true",
        "null|null",
        "[1, 2]|[1,2]",
        "{\"a\":1 }|{\"a\":1}"
      })
  void a_value_of_any_type_is_read(String text, String same) {
    assertThat(Json.parse(text)).hasToString(same);
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 1_000, 100_000, 500_000})
  void what_is_nested_too_deep_is_refused(int depth) {
    for (String opening : new String[] {"[", "{\"a\":", "[{\"a\":"}) {
      assertThatExceptionOfType(InvalidDocument.class)
          .isThrownBy(() -> Json.parse(opening.repeat(depth)))
          .withMessageContaining("nested deeper than 200");
    }
  }

  @Test
  void depth_is_not_counted_within_strings() {
    String brackets = "[".repeat(500) + "\\\"" + "{".repeat(500) + "\\\\";
    JsonValue value =
        Json.parse("{\"a\":\"" + brackets + "\",\"b\":" + "[".repeat(199) + "]".repeat(199) + "}");
    assertThat(value.asJsonObject().getString("a")).hasSize(1_002);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_101, 100_000})
  void a_number_of_too_many_digits_is_refused(int digits) {
    assertThatExceptionOfType(InvalidDocument.class)
        .isThrownBy(() -> Json.parse("{\"a\":" + "9".repeat(digits) + "}"));
  }

  @Test
  void broken_utf_8_is_refused() {
    for (byte[] bytes :
        new byte[][] {
          "{\"a\":\"é\"}".getBytes(ISO_8859_1),
          {'{', '"', (byte) 0xc3, '"', ':', '1', '}'},
          {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}, // half a surrogate pair
          {'"', (byte) 0xc0, (byte) 0x80, '"'}, // NUL, too long
        }) {
      assertThatExceptionOfType(InvalidDocument.class)
          .isThrownBy(() -> Json.parseObject(bytes))
          .withMessage("not valid UTF-8");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "[]", "5", "null", "\"{}\""})
  void only_an_object_is_an_object(String text) {
    assertThatExceptionOfType(InvalidDocument.class)
        .isThrownBy(() -> Json.parseObject(text.getBytes(UTF_8)))
        .withMessageContaining("JSON object");
  }

  @Property(tries = 2000)
  void any_text_is_read_or_refused(@ForAll String text) {
    try {
      assertThat(Json.parse(text)).isNotNull();
    } catch (InvalidDocument e) {
      assertThat(e.errors()).hasSize(1);
    }
  }

  @Property
  void a_string_is_read_as_it_was_written(@ForAll String text) {
    String document = Json.object().add(text, text).build().toString();
    JsonObject read = Json.parse(document).asJsonObject();
    assertThat(read.getString(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1}|{\"b\":2}|{\"a\":1,\"b\":2}",
        "{\"a\":1,\"b\":2}|{\"b\":null}|{\"a\":1}",
        "{\"a\":{\"x\":1,\"y\":2}}|{\"a\":{\"x\":null,\"z\":3}}|{\"a\":{\"y\":2,\"z\":3}}",
        "{\"a\":[1,2]}|{\"a\":[3]}|{\"a\":[3]}",
        "{\"a\":{\"x\":1}}|{\"a\":5}|{\"a\":5}",
        "{}|{\"a\":{\"x\":null}}|{\"a\":{}}"
      })
  void a_patch_is_merged_as_rfc_7396_says(String target, String patch, String merged) {
    assertThat(Json.merge(Json.parse(target).asJsonObject(), Json.parse(patch).asJsonObject()))
        .isEqualTo(Json.parse(merged));
  }
}
