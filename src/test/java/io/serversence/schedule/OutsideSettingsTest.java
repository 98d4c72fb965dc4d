package io.serversence.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.access.LdapSettings;
import io.serversence.access.Role;
import io.serversence.config.InvalidSetting;
import io.serversence.config.Settings;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutsideSettingsTest {
  /** All that may be wrong is set right here, one at a time is changed. */
  private static final Map<String, String> RIGHT =
      Map.of(
          "ROLES", "admin=chiefs,viewer=*",
          "PROXIES", "192.0.2.10",
          "PROXY_USER_HEADER", "Remote-User",
          "PROXY_GROUPS_HEADER", "Remote-Groups",
          "LDAP_URL", "ldaps://ldap.example",
          "LDAP_BIND_DN", "cn=serversence,dc=example",
          "LDAP_BIND_PASSWORD", "s3cret",
          "LDAP_USER_BASE", "ou=people,dc=example");

  private static Configuration read(Map<String, String> changes) {
    Map<String, String> environment = new HashMap<>();
    RIGHT.forEach((name, value) -> environment.put("SERVERSENCE_" + name, value));
    changes.forEach((name, value) -> environment.put("SERVERSENCE_" + name, value));
    Configuration configuration = new Configuration();
    configuration.read(new Settings(name -> null, environment::get, Map.of()));
    return configuration;
  }

  @Test
  void nothing_given_is_nobody_from_outside() {
    Configuration configuration = new Configuration();
    configuration.read(new Settings(name -> null, name -> null, Map.of()));
    assertThat(configuration.directory()).isSameAs(LdapSettings.NONE);
    assertThat(configuration.access().roles().rules()).isEmpty();
    assertThat(configuration.client().headers().user()).isNull();
  }

  @Test
  void everything_given_is_taken() {
    Configuration configuration =
        read(
            Map.of(
                "LDAP_URL", "ldap://ldap.example:1389/",
                "LDAP_TLS", "start",
                "LDAP_USER_FILTER", "(&(uid={0})(objectClass=person))",
                "LDAP_GROUP_BASE", "ou=groups,dc=example",
                "LDAP_GROUP_FILTER", "(memberUid={1})",
                "LDAP_GROUP_ATTRIBUTE", "gid"));
    LdapSettings directory = configuration.directory();
    assertThat(directory.url()).isEqualTo(URI.create("ldap://ldap.example:1389"));
    assertThat(directory.startTls()).isTrue();
    assertThat(directory.bindDn()).isEqualTo("cn=serversence,dc=example");
    assertThat(directory.bindPassword()).isEqualTo("s3cret");
    assertThat(directory.userBase()).hasToString("ou=people,dc=example");
    assertThat(directory.userFilter()).isEqualTo("(&(uid={0})(objectClass=person))");
    assertThat(directory.groupBase()).hasToString("ou=groups,dc=example");
    assertThat(directory.groupFilter()).isEqualTo("(memberUid={1})");
    assertThat(directory.groupAttribute()).isEqualTo("gid");
    assertThat(configuration.access().roles().of(Set.of("chiefs"))).contains(Role.ADMIN);
    assertThat(configuration.client().headers().user()).isEqualTo("Remote-User");
    assertThat(configuration.client().headers().groups()).isEqualTo("Remote-Groups");
  }

  @Test
  void the_defaults_are_those_of_most_directories() {
    LdapSettings directory = read(Map.of()).directory();
    assertThat(directory.userFilter()).isEqualTo("(uid={0})");
    assertThat(directory.groupBase()).isNull();
    assertThat(directory.groupFilter()).isEqualTo("(member={0})");
    assertThat(directory.groupAttribute()).isEqualTo("cn");
    assertThat(directory.startTls()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "ldap://127.0.0.1:1389,",
    "ldap://[::1],",
    "ldap://localhost,",
    "ldap://ldap.example,none",
    "ldap://ldap.example,start",
    "LDAPS://ldap.example,"
  })
  void a_plain_connection_is_within_the_machine_or_asked_for(String url, String tls) {
    Map<String, String> changes = new HashMap<>(Map.of("LDAP_URL", url));
    changes.put("LDAP_TLS", tls);
    assertThat(read(changes).directory().configured()).isTrue();
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "ROLES | admin | ROLES must be such as admin=",
        "ROLES | root=chiefs | ROLES must name the roles viewer, operator and admin",
        "ROLES | - | ROLES is needed, such as",
        "PROXIES | - | PROXIES is needed, lest anyone could say who he is",
        "PROXIES | proxy.example | PROXIES proxy.example ",
        "PROXY_USER_HEADER | Remote User | PROXY_USER_HEADER must be the name of a header",
        "PROXY_USER_HEADER | - | PROXY_USER_HEADER is needed with the header of the groups",
        "PROXY_GROUPS_HEADER | a:b | PROXY_GROUPS_HEADER must be the name of a header",
        "LDAP_URL | ldap.example | LDAP_URL must be such as ldaps://",
        "LDAP_URL | https://ldap.example | LDAP_URL must be such as ldaps://",
        "LDAP_URL | ldaps:///dc=example | LDAP_URL must be such as ldaps://",
        "LDAP_URL | ldaps://ldap.example/dc=example | LDAP_URL must be such as ldaps://",
        "LDAP_URL | ldaps://me:pw@ldap.example | LDAP_URL must be such as ldaps://",
        "LDAP_URL | ldaps://a ldaps://b | LDAP_URL must be such as ldaps://",
        "LDAP_URL | ldap://ldap.example | LDAP_URL must begin with ldaps://, unless SERVERSENCE_LDAP_",
        "LDAP_URL | - | LDAP_URL is needed with SERVERSENCE_LDAP_BIND_DN",
        "LDAP_TLS | none | LDAP_TLS is for ldap:// only",
        "LDAP_TLS | yes | LDAP_TLS must be start or none",
        "LDAP_BIND_DN | - | LDAP_BIND_DN is needed with the other",
        "LDAP_BIND_DN | serversence | LDAP_BIND_DN must be such as ou=people",
        "LDAP_BIND_PASSWORD | - | LDAP_BIND_PASSWORD is needed with the other",
        "LDAP_USER_BASE | - | LDAP_USER_BASE is needed, such as ou=people",
        "LDAP_USER_BASE | people | LDAP_USER_BASE must be such as ou=people",
        "LDAP_USER_FILTER | uid={0} | LDAP_USER_FILTER must be a filter such as (uid={0})",
        "LDAP_USER_FILTER | (uid=ada) | LDAP_USER_FILTER must be a filter such as",
        "LDAP_USER_FILTER | (uid={0}))(x=y) | LDAP_USER_FILTER must be a filter such as",
        "LDAP_USER_FILTER | (&(uid={0}) | LDAP_USER_FILTER must be a filter such as",
        "LDAP_GROUP_BASE | groups | LDAP_GROUP_BASE must be such as ou=people",
        "LDAP_GROUP_FILTER | (member=x) | LDAP_GROUP_FILTER must be a filter such as (member={0})",
        "LDAP_GROUP_ATTRIBUTE | c n | LDAP_GROUP_ATTRIBUTE must be the name of one"
      })
  void what_is_wrong_is_named_in_one_line(String name, String value, String problem) {
    Map<String, String> changes = new HashMap<>();
    changes.put(name, value);
    assertThatThrownBy(() -> read(changes))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("SERVERSENCE_" + problem)
        .hasMessageNotContainingAny("\n", "s3cret", "pw");
  }
}
