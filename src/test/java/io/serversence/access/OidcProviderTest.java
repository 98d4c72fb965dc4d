package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.document.Refused;
import io.serversence.probe.Reply;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcProviderTest {
  private static final String GOOD =
      """
      {"issuer":"https://sso.example/","authorization_endpoint":"https://sso.example/a",
      "token_endpoint":"https://sso.example/t","jwks_uri":"https://sso.example/k",
      "response_types_supported":["code"],"subject_types_supported":["public"],
      "id_token_signing_alg_values_supported":["RS256"]}
      """;

  private final HandNanos time = new HandNanos();
  private final List<URI> asked = new ArrayList<>();
  private Reply reply = new Reply(200, null, GOOD);
  private final OidcProvider provider =
      new OidcProvider(
          new OidcSettings(
              URI.create("https://sso.example/"),
              "watch",
              null,
              List.of("openid"),
              ClaimPath.parse("sub"),
              ClaimPath.parse("groups")),
          new OidcHttp(
              (url, method, headers, body, patience) -> {
                asked.add(url);
                return CompletableFuture.completedFuture(reply);
              }),
          time);

  private void assertAway() {
    assertThatThrownBy(provider::known)
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.reason()).isEqualTo(Refused.Reason.UNAVAILABLE));
  }

  @Test
  void it_is_asked_once_an_hour() {
    provider.known();
    time.pass(OidcProvider.LIFE);
    assertThat(provider.known().metadata().getTokenEndpointURI())
        .isEqualTo(URI.create("https://sso.example/t"));
    assertThat(asked)
        .containsExactly(URI.create("https://sso.example/.well-known/openid-configuration"));
    time.pass(OidcProvider.PAUSE);
    provider.known();
    assertThat(asked).hasSize(2);
  }

  @Test
  void a_failure_is_remembered_for_a_moment_only() {
    reply = new Reply(null, null, "connection refused");
    assertAway();
    reply = new Reply(200, null, GOOD);
    time.pass(OidcProvider.PAUSE);
    assertAway();
    assertThat(asked).hasSize(1);
    time.pass(OidcProvider.PAUSE);
    provider.known();
    assertThat(asked).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "null", "<html>", "{\"issuer\":7}"})
  void what_is_no_description_is_told_as_such(String text) {
    reply = new Reply(200, null, text);
    assertAway();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://sso.example/\"", "https://sso.example/a", "https://sso.example/t"})
  void a_description_of_another_or_without_tls_is_refused(String part) {
    reply = new Reply(200, null, GOOD.replace(part, part.replace("https", "http")));
    assertAway();
    reply = new Reply(500, null, GOOD);
    time.pass(OidcProvider.LIFE);
    assertAway();
  }
}
