package io.serversence.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationFileTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PORT", "8081", "BLANK", " ", "TOKEN", "a${PORT}$1\\", "LINES", "a\nb: c");

  @TempDir Path folder;

  private ConfigurationFile read(String yaml) throws IOException {
    Path file = folder.resolve("serversence.yaml");
    Files.writeString(file, yaml, StandardCharsets.UTF_8);
    return ConfigurationFile.read(file, ENVIRONMENT::get);
  }

  @Test
  void settings_are_flattened_and_the_rest_is_left_as_it_is() throws IOException {
    ConfigurationFile file =
        read(
            """
            settings:
              stream: { max: 100 }
              anonymous: viewer
            monitors:
              - name: Shop front
                target: { type: http, url: "https://shop.example/health" }
                interval: 30s
            """);
    assertThat(file.settings())
        .containsEntry("stream.max", "100")
        .containsEntry("anonymous", "viewer");
    assertThat(file.declared().keySet()).containsExactly("monitors");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${PORT}|8081",
        "http://a:${PORT}/${PORT}|http://a:8081/8081",
        "${MISSING:-7}|7",
        "${BLANK:-x y}|x y",
        "${PORT:-7}|8081",
        "[${MISSING:-}]|[]",
        "$${PORT}|${PORT}",
        "$PORT|$PORT",
        "${TOKEN}|a${PORT}$1\\",
      })
  void placeholders_are_filled_in(String text, String filled) {
    String comments = "# ${NOBODY} \n  #${\nvalue: ";
    assertThat(Placeholders.filled(comments + text, ENVIRONMENT::get)).isEqualTo(comments + filled);
  }

  @Test
  void quotes_say_whether_a_placeholder_is_a_string() throws IOException {
    assertThat(read("a: ${PORT}\nb: \"${PORT}\"").declared())
        .hasToString("{\"a\":8081,\"b\":\"8081\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "${MISSING},line 2: ${MISSING} is not set",
    "${BLANK},line 2: ${BLANK} is not set",
    "${LINES},line 2: ${LINES} has a control character",
    "${},line 2: ${ must be followed by a name",
    "${PORT,line 2: ${ must be followed by a name",
    "${A-B},line 2: ${ must be followed by a name",
  })
  void a_placeholder_that_cannot_be_filled_in_is_named(String yaml, String told) {
    assertThatThrownBy(() -> read("a: 1\nvalue: " + yaml))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining(told)
        .hasMessageNotContaining("b: c");
  }

  @Test
  void an_empty_file_is_no_configuration() throws IOException {
    assertThat(read("# nothing yet\n")).isEqualTo(ConfigurationFile.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: [unclosed|serversence.yaml",
        "a: 1\\na: 2|serversence.yaml",
        "settings: [1]|settings: must be a mapping",
        "- 1|must be a mapping",
        "&a [*a]|serversence.yaml",
        "!!java.net.URL [\"http://x\"]|serversence.yaml",
      })
  void a_fault_is_told_in_one_line_that_names_the_file_and_the_place(String yaml, String told) {
    assertThatThrownBy(() -> read(yaml.replace("\\n", "\n")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("serversence.yaml")
        .hasMessageContaining(told)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void a_missing_file_is_named() {
    assertThatThrownBy(() -> ConfigurationFile.read(folder.resolve("none.yaml"), ENVIRONMENT::get))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("none.yaml")
        .hasMessageContaining("does not exist");
  }
}
