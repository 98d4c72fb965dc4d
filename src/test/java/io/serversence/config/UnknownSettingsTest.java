package io.serversence.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of names that look like settings. */
class UnknownSettingsTest {
  private static final Set<String> KNOWN =
      Set.of("egress", "db.url", "db.user", "anonymous", "stream.max", "stream.max.per.user");

  private static List<String> property(String name) {
    return UnknownSettings.warnings(List.of(name), List.of(), KNOWN, Set.of());
  }

  private static List<String> variable(String name, String... used) {
    return UnknownSettings.warnings(List.of(), List.of(name), KNOWN, Set.of(used));
  }

  @ParameterizedTest
  @CsvSource({
    "SERVERSENCE_EGRES,SERVERSENCE_EGRESS",
    "SERVERSENCE_ANONYMUOS,SERVERSENCE_ANONYMOUS",
    "SERVERSENCE_DBURL,SERVERSENCE_DB_URL",
    "SERVERSENCE_STREAM_MAX_PERUSER,SERVERSENCE_STREAM_MAX_PER_USER",
  })
  void a_misspelt_variable_is_told_with_what_may_be_meant(String given, String meant) {
    assertThat(variable(given)).containsExactly(given + " is no setting; is " + meant + " meant?");
  }

  @ParameterizedTest
  @CsvSource({
    "serversence.egres,serversence.egress",
    "serversence.Egress,serversence.egress",
    "serversence.db_url,serversence.db.url",
    "serversence.stream.max.peruser,serversence.stream.max.per.user",
  })
  void a_misspelt_property_is_told_in_its_own_spelling(String given, String meant) {
    assertThat(property(given)).containsExactly(given + " is no setting; is " + meant + " meant?");
  }

  @Test
  void what_is_near_to_none_is_told_alone() {
    assertThat(variable("SERVERSENCE_COLOUR_OF_THE_SKY"))
        .containsExactly("SERVERSENCE_COLOUR_OF_THE_SKY is no setting");
    assertThat(property("serversence.")).containsExactly("serversence. is no setting");
    assertThat(variable("SERVERSENCE_")).containsExactly("SERVERSENCE_ is no setting");
  }

  @Test
  void settings_and_names_of_others_are_no_matter() {
    assertThat(
            UnknownSettings.warnings(
                List.of("serversence.egress", "java.home", "serversences.x"),
                List.of("SERVERSENCE_EGRESS", "PATH", "serversence_egres", "SERVERSENCES"),
                KNOWN,
                Set.of()))
        .isEmpty();
  }

  @Test
  void what_the_file_names_is_used() {
    assertThat(variable("SERVERSENCE_HOOK", "SERVERSENCE_HOOK")).isEmpty();
    assertThat(
            UnknownSettings.warnings(
                List.of("serversence.hook"), List.of(), KNOWN, Set.of("SERVERSENCE_HOOK")))
        .isEmpty();
  }
}
