package io.serversence.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.access.ClaimPath;
import io.serversence.access.OidcSettings;
import io.serversence.config.InvalidSetting;
import io.serversence.config.Settings;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OidcConfigurationTest {
  private static final Map<String, String> LEAST =
      Map.of(
          "SERVERSENCE_OIDC_ISSUER", "https://sso.example/realms/main/",
          "SERVERSENCE_OIDC_CLIENT_ID", "watch",
          "SERVERSENCE_ROLES", "viewer=*");

  private static Optional<OidcSettings> read(Map<String, String> environment) {
    Configuration configuration = new Configuration();
    configuration.read(new Settings(name -> null, environment::get, Map.of()));
    return configuration.oidc();
  }

  private static Map<String, String> but(String name, String value) {
    Map<String, String> settings = new HashMap<>(LEAST);
    settings.put("SERVERSENCE_" + name, value);
    return settings;
  }

  @Test
  void by_default_there_is_no_provider() {
    assertThat(read(Map.of())).isEmpty();
  }

  @Test
  void an_issuer_a_client_and_the_roles_suffice() {
    assertThat(read(LEAST))
        .contains(
            new OidcSettings(
                URI.create("https://sso.example/realms/main/"),
                "watch",
                null,
                List.of("openid", "profile", "email"),
                ClaimPath.parse("preferred_username"),
                ClaimPath.parse("groups")));
  }

  @Test
  void everything_given_is_taken_and_the_secret_is_not_shown() {
    Map<String, String> all = but("OIDC_CLIENT_SECRET", "s3cret");
    all.put("SERVERSENCE_OIDC_ISSUER", "http://[::1]:8180");
    all.put("SERVERSENCE_OIDC_SCOPES", "openid groups");
    all.put("SERVERSENCE_OIDC_NAME_CLAIM", "sub");
    all.put("SERVERSENCE_OIDC_GROUPS_CLAIM", "realm_access.roles");
    OidcSettings settings = read(all).orElseThrow();
    assertThat(settings)
        .isEqualTo(
            new OidcSettings(
                URI.create("http://[::1]:8180"),
                "watch",
                "s3cret",
                List.of("openid", "groups"),
                ClaimPath.parse("sub"),
                ClaimPath.parse("realm_access.roles")));
    assertThat(settings.toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "OIDC_ISSUER, http://sso.example",
    "OIDC_ISSUER, http://localhost.evil.example",
    "OIDC_ISSUER, sso.example",
    "OIDC_ISSUER, ftp://127.0.0.1",
    "OIDC_ISSUER, https://u:p@sso.example",
    "OIDC_ISSUER, https://sso.example/?a=b",
    "OIDC_ISSUER, https://sso.example/#a",
    "OIDC_ISSUER, ''",
    "OIDC_CLIENT_ID, ''",
    "OIDC_SCOPES, profile",
    "OIDC_SCOPES, 'openid \"x\"'",
    "OIDC_NAME_CLAIM, a..b",
    "OIDC_GROUPS_CLAIM, .roles",
    "ROLES, ''",
  })
  void a_wrong_one_stops_the_start_by_its_name(String name, String value) {
    assertThatThrownBy(() -> read(but(name, value)))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("SERVERSENCE_" + name + " ");
  }
}
