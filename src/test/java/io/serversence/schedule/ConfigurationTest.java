package io.serversence.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.access.Role;
import io.serversence.alert.FlappingLimits;
import io.serversence.config.InvalidSetting;
import io.serversence.config.Settings;
import io.serversence.history.RetentionTimes;
import io.serversence.probe.EgressPolicy;
import io.serversence.stream.StreamSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  @TempDir Path folder;

  private static Configuration read(Map<String, String> environment) {
    Configuration configuration = new Configuration();
    configuration.read(new Settings(name -> null, environment::get, Map.of()));
    return configuration;
  }

  private Configuration readFile(String yaml) throws IOException {
    Path file = folder.resolve("file.yaml");
    Files.writeString(file, yaml);
    return read(Map.of("SERVERSENCE_CONFIG", file.toString()));
  }

  @Test
  void nothing_given_is_the_defaults() {
    Configuration configuration = read(Map.of());

    assertThat(configuration.data()).isEqualTo(Path.of("data").toAbsolutePath());
    assertThat(configuration.database().url())
        .startsWith("jdbc:h2:file:" + configuration.data())
        .contains("WRITE_DELAY=0");
    assertThat(configuration.access().anonymous()).isNull();
    assertThat(configuration.access().adminPassword()).isNull();
    assertThat(configuration.address().url()).isNull();
    assertThat(configuration.address().origins()).isEmpty();
    assertThat(configuration.stream()).isEqualTo(StreamSettings.DEFAULT);
    assertThat(configuration.witnesses()).isEmpty();
    assertThat(configuration.egress()).isSameAs(EgressPolicy.OPEN);
    assertThat(configuration.frames().sources()).isEqualTo("'none'");
    assertThat(configuration.kept()).isEqualTo(RetentionTimes.DEFAULT);
    assertThat(configuration.flapping()).isEqualTo(FlappingLimits.DEFAULT);
    assertThat(configuration.declared().sections()).isEmpty();
  }

  @Test
  void everything_given_is_taken() {
    Configuration configuration =
        read(
            Map.of(
                "SERVERSENCE_DATA", folder.toString(),
                "SERVERSENCE_DB_URL", "jdbc:postgresql://db.example/watch",
                "SERVERSENCE_DB_USER", "u",
                "SERVERSENCE_DB_PASSWORD", "p",
                "SERVERSENCE_URL", "https://watch.example/at",
                "SERVERSENCE_ORIGINS", "https://a.example, https://b.example:8443",
                "SERVERSENCE_WITNESSES", "tcp://192.0.2.1:53,tcp://[2001:db8::1]:443",
                "SERVERSENCE_ANONYMOUS", "viewer",
                "SERVERSENCE_ADMIN_PASSWORD", "s3cret",
                "SERVERSENCE_STREAM_MAX_PER_USER", "7"));

    assertThat(configuration.data()).isEqualTo(folder);
    assertThat(configuration.database().url()).isEqualTo("jdbc:postgresql://db.example/watch");
    assertThat(configuration.database().user()).isEqualTo("u");
    assertThat(configuration.database().password()).isEqualTo("p");
    assertThat(configuration.address().url()).isEqualTo(URI.create("https://watch.example/at"));
    assertThat(configuration.address().origins())
        .containsExactlyInAnyOrder("https://a.example", "https://b.example:8443");
    assertThat(configuration.witnesses())
        .containsExactly(URI.create("tcp://192.0.2.1:53"), URI.create("tcp://[2001:db8::1]:443"));
    assertThat(configuration.access().anonymous()).isEqualTo(Role.VIEWER);
    assertThat(configuration.access().adminPassword()).isEqualTo("s3cret");
    assertThat(configuration.stream().maxPerUser()).isEqualTo(7);
    assertThat(configuration.stream().maxConnections())
        .isEqualTo(StreamSettings.DEFAULT.maxConnections());
  }

  @Test
  void a_misspelt_setting_is_told_and_one_that_the_file_names_is_not() throws IOException {
    Configuration configuration =
        readFile("settings:\n  url: https://${SERVERSENCE_HOST:-watch.example}/\n");

    assertThat(
            configuration.unknown(
                Set.of("serversence.egres", "serversence.port", "serversence.standalone"),
                Set.of("SERVERSENCE_HOST", "SERVERSENCE_CONFIG", "SERVERSENCE_ANONYMUS")))
        .containsExactly(
            "serversence.egres is no setting; is serversence.egress meant?",
            "SERVERSENCE_ANONYMUS is no setting; is SERVERSENCE_ANONYMOUS meant?");
  }

  @Test
  void every_setting_of_the_readme_is_known() throws IOException {
    Set<String> names = new HashSet<>();
    for (String line : Files.readAllLines(Path.of("README.md"))) {
      if (line.startsWith("| `SERVERSENCE_")) {
        Matcher name =
            Pattern.compile("SERVERSENCE_[A-Z0-9_]+")
                .matcher(line.substring(0, line.indexOf('|', 1)));
        while (name.find()) {
          names.add(name.group());
        }
      }
    }
    assertThat(names).hasSizeGreaterThan(20);
    assertThat(new Configuration().unknown(Set.of(), names)).isEmpty();
  }

  @Test
  void flapping_may_begin_and_end_at_other_shares() {
    assertThat(read(Map.of("SERVERSENCE_FLAPPING_LOW", "5", "SERVERSENCE_FLAPPING_HIGH", "20")))
        .extracting(Configuration::flapping)
        .isEqualTo(new FlappingLimits(5, 20));
    assertThat(read(Map.of("SERVERSENCE_FLAPPING_HIGH", "20")).flapping())
        .isEqualTo(new FlappingLimits(19, 20));
  }

  @Test
  void egress_is_read_as_a_list() throws IOException {
    EgressPolicy egress = read(Map.of("SERVERSENCE_EGRESS", "public, 10.0.0.0/8")).egress();

    assertThat(egress.allows(InetAddress.getByName("10.1.2.3"))).isTrue();
    assertThat(egress.allows(InetAddress.getByName("192.0.2.1"))).isFalse();
  }

  @Test
  void a_wrong_key_is_not_shown() {
    assertThatThrownBy(() -> read(Map.of("SERVERSENCE_SECRET_KEY", "c2hvcnQ=")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageNotContaining("c2hvcnQ=");
  }

  @Test
  void a_key_that_is_configured_needs_no_file_and_without_one_a_file_is_made() {
    String key = Base64.getEncoder().encodeToString(new byte[32]);
    Map<String, String> given = new HashMap<>(Map.of("SERVERSENCE_DATA", folder.toString()));
    given.put("SERVERSENCE_SECRET_KEY", key);
    Configuration configured = read(given);

    String sealed = configured.secrets().seal("s3cret");

    assertThat(folder.resolve("secret.key")).doesNotExist();
    assertThat(read(given).secrets().open(sealed)).isEqualTo("s3cret");
    given.remove("SERVERSENCE_SECRET_KEY");
    Configuration without = read(given);
    assertThat(folder.resolve("secret.key"))
        .as("nothing is made before it is needed")
        .doesNotExist();
    assertThat(without.secrets().open(sealed)).isEqualTo(sealed);
    assertThat(folder.resolve("secret.key")).exists();
  }

  @Test
  void a_pool_of_the_server_goes_before_an_address() {
    Configuration configuration =
        read(Map.of("SERVERSENCE_DB_JNDI", "jdbc/x", "SERVERSENCE_DB_URL", "of no matter"));

    assertThat(configuration.database().jndi()).isEqualTo("jdbc/x");
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "SERVERSENCE_DB_URL | jdbc:mysql://x/y | must begin with jdbc:h2:file: or jdbc:postgresql:",
        "SERVERSENCE_DB_URL | jdbc:h2:mem:x | must begin with",
        "SERVERSENCE_DB_URL | jdbc:h2:file:/x;INIT=runscript | must not have the H2 option init",
        "SERVERSENCE_URL | watch.example | must be an address such as",
        "SERVERSENCE_URL | ftp://watch.example | must be an address such as",
        "SERVERSENCE_URL | https:///x | must be an address such as",
        "SERVERSENCE_URL | https://a b | must be an address such as",
        "SERVERSENCE_ORIGINS | https://a.example/path | must be origins such as",
        "SERVERSENCE_ORIGINS | https://a.example,* | must be an address such as",
        "SERVERSENCE_WITNESSES | 192.0.2.1:53 | must be a list such as tcp://",
        "SERVERSENCE_WITNESSES | tcp://192.0.2.1 | must be a list such as tcp://",
        "SERVERSENCE_WITNESSES | tcp://192.0.2.1:0 | must be a list such as tcp://",
        "SERVERSENCE_WITNESSES | tcp://192.0.2.1:65536 | must be a list such as tcp://",
        "SERVERSENCE_WITNESSES | tcp://192.0.2.1:53,udp://192.0.2.1:53 | must be a list such as",
        "SERVERSENCE_EGRESS | private | private must be open, public, an address or a block",
        "SERVERSENCE_EGRESS | open,10.0.0.1/8 | 10.0.0.1/8 must be open, public, an address",
        "SERVERSENCE_EGRESS | ',' | must be open, public or a list of blocks of addresses",
        "SERVERSENCE_FRAME_ANCESTORS | * | must be none, self, or origins such as",
        "SERVERSENCE_FRAME_ANCESTORS | none,self | must be none, self, or origins such as",
        "SERVERSENCE_SECRET_KEY | hunter2 | must be 32 bytes in Base64",
        "SERVERSENCE_ANONYMOUS | admin | must be none or viewer",
        "SERVERSENCE_ANONYMOUS | Viewer | must be none or viewer",
        "SERVERSENCE_STREAM_MAX | 0 | must be a whole number from 1 to",
        "SERVERSENCE_STREAM_MAX | many | must be a whole number from 1 to",
        "SERVERSENCE_STREAM_MAX_PER_USER | -1 | must be a whole number from 1 to",
        "SERVERSENCE_STREAM_MAX_PER_ADDRESS | 1.5 | must be a whole number from 1 to",
        "SERVERSENCE_FLAPPING_HIGH | 101 | must be a whole number from 2 to 100",
        "SERVERSENCE_FLAPPING_HIGH | often | must be a whole number from 2 to 100",
        "SERVERSENCE_FLAPPING_LOW | 0 | must be a whole number from 1 to 49",
        "SERVERSENCE_FLAPPING_LOW | 50 | must be a whole number from 1 to 49",
        "SERVERSENCE_CONFIG | /no/such/file.yaml | configuration file /no/such/file.yaml: does not"
      })
  void what_is_wrong_is_named_in_one_line(String name, String value, String problem) {
    Map<String, String> environment = new HashMap<>();
    environment.put(name, value);

    assertThatThrownBy(() -> read(environment))
        .isInstanceOf(InvalidSetting.class)
        .message()
        .contains(problem)
        .satisfies(
            message -> {
              assertThat(message).doesNotContain("\n");
              assertThat(message.startsWith(name) || message.startsWith("configuration file"))
                  .isTrue();
            });
  }

  @Test
  void a_path_that_no_system_could_have_is_named() {
    assertThatThrownBy(() -> read(Map.of("SERVERSENCE_DATA", "a\0b")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("SERVERSENCE_DATA must be a path");
  }

  @Test
  void the_file_says_what_neither_property_nor_environment_says() throws IOException {
    Path file = folder.resolve("file.yaml");
    Files.writeString(
        file,
        """
        settings:
          url: https://file.example
          stream:
            max: 5
            max.per.user: 6
        """);
    Configuration configuration = new Configuration();

    configuration.read(
        new Settings(
            Map.of("serversence.stream.max.per.user", "3")::get,
            Map.of(
                    "SERVERSENCE_CONFIG",
                    file.toString(),
                    "SERVERSENCE_STREAM_MAX_PER_USER",
                    "4",
                    "SERVERSENCE_URL",
                    "https://environment.example")
                ::get,
            Map.of()));

    assertThat(configuration.address().url()).isEqualTo(URI.create("https://environment.example"));
    assertThat(configuration.stream().maxConnections()).isEqualTo(5);
    assertThat(configuration.stream().maxPerUser()).isEqualTo(3);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "settings: {colour: red} | SERVERSENCE_COLOUR in the configuration file is not a known",
        "settings: {stream: {maximum: 1}} | SERVERSENCE_STREAM_MAXIMUM in the configuration file",
        "settings: {config: other.yaml} | SERVERSENCE_CONFIG in the configuration file is not",
        "settings: {anonymous: admin} | SERVERSENCE_ANONYMOUS must be none or viewer",
        "settings: [1] | file.yaml: settings: must be a mapping",
        "settings: {origins: [a, b]} | file.yaml: settings.origins: must be a single value",
        "monitor: [] | file.yaml: monitor: is not a known field",
        "monitors: {} | file.yaml: monitors: must be a list",
        "monitors: [x] | file.yaml: monitors[0]: must be a mapping",
        "'monitors: [{name: A, target: {type: tcp, host: h}}]' | monitors[0].target.port: is req",
        "'monitors: [{name: A, target: {type: ftp}}]' | monitors[0].target.type: must be one of",
        "'[1, 2' | file.yaml: ",
        "'a: &x [*x]' | file.yaml: ",
        "'a: 1\ta: 2' | file.yaml: "
      })
  void a_file_with_one_fault_bears_its_name(String yaml, String problem) {
    assertThatThrownBy(() -> readFile(yaml))
        .isInstanceOf(InvalidSetting.class)
        .message()
        .contains(problem)
        .doesNotContain("\n");
  }

  @Test
  void an_empty_file_is_none() throws IOException {
    assertThat(readFile("# nothing yet\n").declared().sections()).isEmpty();
  }

  @Test
  void what_is_coarser_is_kept_at_least_as_long_as_what_is_finer() {
    assertThat(
            read(Map.of(
                    "SERVERSENCE_RETENTION_SAMPLES", "2d",
                    "SERVERSENCE_RETENTION_1M", "3d",
                    "SERVERSENCE_RETENTION_5M", "4d",
                    "SERVERSENCE_RETENTION_1H", "5d"))
                .kept())
        .isEqualTo(
            new RetentionTimes(
                Duration.ofDays(2), Duration.ofDays(3), Duration.ofDays(4), Duration.ofDays(5)));
    assertThatThrownBy(
            () ->
                read(
                    Map.of(
                        "SERVERSENCE_RETENTION_SAMPLES", "20d", "SERVERSENCE_RETENTION_5M", "19d")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("SERVERSENCE_RETENTION_5M");
  }

  @Test
  void longer_samples_lengthen_the_defaults_of_what_is_coarser() {
    assertThat(read(Map.of("SERVERSENCE_RETENTION_SAMPLES", "1000d")).kept())
        .isEqualTo(
            new RetentionTimes(
                Duration.ofDays(1_000),
                Duration.ofDays(30),
                Duration.ofDays(1_000),
                Duration.ofDays(1_000)));
  }
}
