package io.serversence.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();

  private Settings settings(Map<String, String> file) {
    return new Settings(properties::get, environment::get, file);
  }

  private Settings number(String value) {
    return settings(Map.of("stream.max", value));
  }

  private static int read(Settings settings) {
    return settings.integer("stream.max", 7, 1, 20_000);
  }

  private static Duration wait(Settings settings) {
    return settings.duration(
        "lease.time", Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofMinutes(5));
  }

  @Test
  void what_was_not_given_is_null_or_the_default() {
    Settings none = settings(Map.of());
    assertThat(none.text("stream.max")).isNull();
    assertThat(read(none)).isEqualTo(7);
    assertThat(wait(none)).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void a_list_has_no_blank_parts() {
    assertThat(settings(Map.of()).list("origins")).isEmpty();
    assertThat(settings(Map.of("origins", " a, ,b c,,")).list("origins"))
        .containsExactly("a", "b c");
  }

  @Test
  void a_property_wins_over_the_environment_and_that_over_the_file() {
    Settings settings = settings(Map.of("db.url", "file"));
    assertThat(settings.text("db.url")).isEqualTo("file");
    environment.put("SERVERSENCE_DB_URL", "environment");
    assertThat(settings.text("db.url")).isEqualTo("environment");
    properties.put("serversence.db.url", "property");
    assertThat(settings.text("db.url")).isEqualTo("property");
  }

  @Test
  void names_with_several_parts_are_found_in_each_spelling() {
    environment.put("SERVERSENCE_STREAM_MAX_PER_USER", "3");
    assertThat(settings(Map.of()).text("stream.max.per.user")).isEqualTo("3");
    assertThat(Settings.environmentName("stream.max.per.user"))
        .isEqualTo("SERVERSENCE_STREAM_MAX_PER_USER");
  }

  @Test
  void a_blank_one_counts_as_not_given() {
    environment.put("SERVERSENCE_STREAM_MAX", " \t");
    assertThat(settings(Map.of()).text("stream.max")).isNull();
    assertThat(read(settings(Map.of()))).isEqualTo(7);
  }

  @Test
  void a_blank_one_switches_the_less_weighty_ones_off() {
    environment.put("SERVERSENCE_STREAM_MAX", "");
    assertThat(settings(Map.of("stream.max", "9")).text("stream.max")).isNull();
  }

  @Test
  void a_file_can_be_added_later() {
    environment.put("SERVERSENCE_A", "environment");
    Settings settings = settings(Map.of()).with(Map.of("a", "file", "b", "file"));
    assertThat(settings.text("a")).isEqualTo("environment");
    assertThat(settings.text("b")).isEqualTo("file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "20000", " 42 ", "+5", "007"})
  void a_whole_number_in_range_is_taken(String value) {
    assertThat(read(number(value))).isEqualTo(Integer.parseInt(value.strip()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "20001", "-1", "1.0", "1e3", "one", "99999999999", "1 2", "0x10", "1_000"})
  void any_other_stops_the_start_with_its_name(String value) {
    assertThatThrownBy(() -> read(number(value)))
        .isInstanceOf(InvalidSetting.class)
        .hasMessage("SERVERSENCE_STREAM_MAX must be a whole number from 1 to 20000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1s", "1000ms", "5m", " 90s "})
  void a_duration_in_range_is_taken(String value) {
    assertThat(wait(settings(Map.of("lease.time", value)))).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "999ms", "6m", "1d", "15", "s", "-5s", "1.5s", "PT15S", "1s1s"})
  void any_other_duration_stops_the_start_with_its_name(String value) {
    assertThatThrownBy(() -> wait(settings(Map.of("lease.time", value))))
        .isInstanceOf(InvalidSetting.class)
        .hasMessage("SERVERSENCE_LEASE_TIME must be a duration from 1s to 5m, such as 15s");
  }

  @Test
  void a_fault_in_a_file_is_one_line() {
    assertThat(InvalidSetting.inFile("a.yaml", "is\nwrong\n in line 3 "))
        .hasMessage("configuration file a.yaml: is wrong  in line 3");
  }

  @Test
  void those_of_the_process_are_its_properties_and_its_environment() {
    System.setProperty("serversence.settings.test", "here");
    try {
      assertThat(Settings.ofProcess().text("settings.test")).isEqualTo("here");
    } finally {
      System.clearProperty("serversence.settings.test");
    }
  }
}
