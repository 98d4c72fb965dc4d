package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "proxy-authorization",
        "Cookie",
        "Set-Cookie",
        "X-Api-Key",
        "X-ApiKey",
        "X-Auth-Token",
        "X-CSRF-Token",
        "Client-Secret",
        "X-Session-Id",
        "X-Password",
        "Private-Key",
        "X-Auth",
        "X-JWT-Assertion",
        "X-Amz-Signature",
        "AUTH"
      })
  void a_header_that_sounds_secret_is_masked(String name) {
    assertThat(Secrets.shown(name, "value")).isEqualTo("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept",
        "Host",
        "User-Agent",
        "X-Author",
        "X-Monkey",
        "Keyboard",
        "Content-Type",
        "X-Trace",
        "Keep-Alive"
      })
  void any_other_is_shown(String name) {
    assertThat(Secrets.shown(name, "value")).isEqualTo("value");
  }
}
