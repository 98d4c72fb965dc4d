package io.serversence.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {
  private static final String[] TEXTS = {
    "",
    " ",
    "a",
    "30s",
    "1e3",
    "12",
    "0x1F",
    "1.5",
    ".5",
    "true",
    "No",
    "null",
    "~",
    "***",
    "- a",
    "a: b",
    "a #b",
    "# a",
    "'",
    "\"",
    "\\",
    "a\nb",
    "\n",
    "\t",
    "a\u0085b",
    "\u2028",
    "\ufeff",
    "\u0007",
    "\ud83d\ude00",
    "[STATUS] == 200",
    "https://x.example/a?b=c#d",
    "{}",
    "[]",
    "&a",
    "*a",
    "!a",
    "| ",
    ">",
    "%",
    "@",
    "`",
    "-",
    "?",
    ":",
    "a:",
    "2026-11-22T10:15:30.123Z",
    "22:00",
    "=",
    "<<",
    "ü",
    "a  b",
    " a",
    "a ",
    "Shop front",
    "/path (x)",
    "y",
    "NaN",
    ".inf",
    "+1",
    "1_000"
  };

  private static JsonValue value(Random random, int depth) {
    int kind = random.nextInt(depth > 3 ? 4 : 6);
    if (kind == 4) {
      JsonArrayBuilder array = Json.array();
      for (int i = random.nextInt(4); i > 0; i--) {
        array.add(value(random, depth + 1));
      }
      return array.build();
    }
    if (kind == 5) {
      return object(random, depth + 1);
    }
    return switch (kind) {
      case 0 -> JsonValue.NULL;
      case 1 -> random.nextBoolean() ? JsonValue.TRUE : JsonValue.FALSE;
      case 2 -> Json.number(random.nextLong() >> random.nextInt(64));
      default -> Json.string(TEXTS[random.nextInt(TEXTS.length)]);
    };
  }

  private static JsonObject object(Random random, int depth) {
    JsonObjectBuilder object = Json.object();
    for (int i = random.nextInt(5); i > 0; i--) {
      object.add(TEXTS[random.nextInt(TEXTS.length)], value(random, depth + 1));
    }
    return object.build();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void what_is_written_is_read_as_it_was(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      JsonObject document = object(random, 0);
      String yaml = YamlText.of(document);
      assertThat(Yaml.read(yaml)).as(yaml).isEqualTo(document);
    }
  }

  @Test
  void what_is_written_can_be_read_by_people() {
    JsonObject document =
        Json.parse(
                "{\"monitors\":[{\"name\":\"Shop front\",\"interval\":\"30s\",\"tags\":[],"
                    + "\"target\":{\"port\":1},\"conditions\":[\"[STATUS] == 200\"]}]}")
            .asJsonObject();
    assertThat(YamlText.of(document))
        .isEqualTo(
            """
            monitors:
              - name: Shop front
                interval: 30s
                tags: []
                target:
                  port: 1
                conditions:
                  - "[STATUS] == 200"
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: [unclosed|not valid YAML: while parsing a flow sequence",
        "a: 1\\na: 2|duplicate key",
        "a: !!java.net.URL x|a type cannot be given by a tag (line 1)",
        "a:\\n  !!str b|a type cannot be given by a tag (line 2)",
        "&a [*a]|nested deeper than 50",
        "? [b]\\n: c|must have text as keys",
        "a: @b|not valid YAML",
        "a: b: c|mapping values are not allowed here",
      })
  void what_it_does_not_take_is_told_in_one_line(String yaml, String told) {
    assertThatThrownBy(() -> Yaml.read(yaml.replace("\\n", "\n")))
        .isInstanceOf(InvalidDocument.class)
        .hasMessageContaining(told)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  @Timeout(60) // as good as for ever: most of these would take that if they were followed
  void what_would_take_long_is_refused_at_once() {
    for (String yaml :
        new String[] {
          "[".repeat(200_000),
          "{a: ".repeat(200_000),
          "- ".repeat(100_000),
          "a: " + "9".repeat(900_000),
          laughs()
        }) {
      assertThatThrownBy(() -> Yaml.read(yaml)).isInstanceOf(InvalidDocument.class);
    }
  }

  /** Ten levels of ten aliases each: ten thousand million items. */
  private static String laughs() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [ha]\n");
    for (int i = 1; i <= 10; i++) {
      yaml.append("a").append(i).append(": &a").append(i).append(" [");
      yaml.append(("*a" + (i - 1) + ", ").repeat(10)).append("]\n");
    }
    return yaml.toString();
  }

  @Test
  void nothing_is_null() {
    assertThat(Yaml.read("# nothing yet\n")).isEqualTo(JsonValue.NULL);
  }
}
