package io.serversence.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationFileTest {
  @TempDir Path folder;

  private ConfigurationFile read(String yaml) throws IOException {
    Path file = folder.resolve("serversence.yaml");
    Files.writeString(file, yaml, StandardCharsets.UTF_8);
    return ConfigurationFile.read(file);
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
    assertThatThrownBy(() -> ConfigurationFile.read(folder.resolve("none.yaml")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("none.yaml")
        .hasMessageContaining("does not exist");
  }
}
