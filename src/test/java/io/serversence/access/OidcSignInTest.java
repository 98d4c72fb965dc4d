package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import io.serversence.access.OpenIdProvider.Signing;
import io.serversence.database.Backend;
import io.serversence.document.Refused;
import io.serversence.document.Refused.Reason;
import io.serversence.probe.EgressPolicy;
import io.serversence.probe.Prober;
import io.serversence.probe.ProberSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A real provider on this machine, asked by the real client, which may go nowhere else. */
class OidcSignInTest {
  private static final URI CALLBACK = URI.create("https://watch.example/sign-in/oidc/callback");
  private static final String HERE = "192.0.2.7";
  private static final HttpClient BROWSER = HttpClient.newHttpClient();
  private static Prober prober;

  private final OpenIdProvider provider = new OpenIdProvider(true);
  private final Accounts accounts = new Accounts(Backend.H2_ECLIPSELINK.cleared(), null);
  private OidcSignIn signIn = signIn(OpenIdProvider.SECRET, "groups");

  @BeforeAll
  static void open() {
    EgressPolicy nowhere = EgressPolicy.of(List.of("192.0.2.0/24"));
    prober = new Prober(Thread::new, ProberSettings.DEFAULT.withEgress(nowhere));
  }

  @AfterAll
  static void close() {
    prober.close();
  }

  @AfterEach
  void end() {
    provider.close();
  }

  private OidcSignIn signIn(String secret, String groups) {
    OidcSignIn made = new OidcSignIn();
    made.settings =
        Optional.of(
            new OidcSettings(
                URI.create(provider.issuer()),
                OpenIdProvider.CLIENT,
                secret,
                List.of("openid", "profile"),
                ClaimPath.parse("preferred_username"),
                ClaimPath.parse(groups)));
    made.documents = prober::document;
    made.outsiders = accounts.outsiders;
    made.sessions = accounts.sessions;
    made.limits = accounts.limits;
    made.audit = accounts.audit;
    made.configure();
    return made;
  }

  private void comes(String name, String... groups) {
    provider.user =
        Map.of("sub", "of " + name, "preferred_username", name, "groups", List.of(groups));
  }

  /** Goes to the provider and comes back with its answer. */
  private static Map<String, String[]> answer(URI location) {
    try {
      String back =
          BROWSER
              .send(HttpRequest.newBuilder(location).build(), BodyHandlers.discarding())
              .headers()
              .firstValue("Location")
              .orElseThrow();
      Map<String, String[]> answer = new HashMap<>();
      com.nimbusds.oauth2.sdk.util.URLUtils.parseParameters(URI.create(back).getRawQuery())
          .forEach((name, values) -> answer.put(name, values.toArray(String[]::new)));
      return answer;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String cookie(OidcSignIn.Begun begun) {
    return OidcSignIn.COOKIE + "=" + begun.cookie();
  }

  private OidcSignIn.Begun begun() {
    return signIn.begin(CALLBACK, "/#/incidents");
  }

  private OidcSignIn.Ended signedIn() {
    OidcSignIn.Begun begun = begun();
    return signIn.end(answer(begun.location()), cookie(begun), HERE);
  }

  private Caller caller(OidcSignIn.Ended ended) {
    return accounts.gate.identify(null, Sessions.COOKIE + "=" + ended.token(), HERE);
  }

  private static void assertRefused(Reason reason, Runnable attempt) {
    assertThatThrownBy(attempt::run)
        .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private List<String> audited() {
    accounts.audit.writeBatch();
    return accounts
        .auditStore
        .page(null, Instant.EPOCH, Instant.now().plusSeconds(1), null, 10)
        .stream()
        .map(entry -> entry.actor() + " " + entry.target() + " " + entry.status())
        .toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = Signing.class,
      names = {"RSA", "EC"})
  void the_groups_say_what_whoever_signs_in_may_do(Signing signing) {
    provider.signing = signing;
    comes("zoe", "ops", "staff");
    OidcSignIn.Ended ended = signedIn();
    assertThat(ended.returnTo()).isEqualTo("/#/incidents");
    assertThat(caller(ended))
        .extracting(Caller::name, Caller::role)
        .containsExactly("zoe", Role.OPERATOR);
  }

  @Test
  void a_client_without_a_secret_proves_itself_by_pkce_alone() {
    try (OpenIdProvider open = new OpenIdProvider(false)) {
      open.user = Map.of("sub", "1", "preferred_username", "zoe", "groups", "chiefs");
      OidcSettings known = signIn.settings.orElseThrow();
      signIn.settings =
          Optional.of(
              new OidcSettings(
                  URI.create(open.issuer()),
                  known.clientId(),
                  null,
                  known.scopes(),
                  known.name(),
                  known.groups()));
      signIn.configure();
      assertThat(caller(signedIn()).role()).isEqualTo(Role.ADMIN);
    }
  }

  @Test
  void groups_may_lie_within_other_claims() {
    signIn = signIn(OpenIdProvider.SECRET, "realm_access.roles");
    provider.user =
        Map.of(
            "sub", "1",
            "preferred_username", "zoe",
            "realm_access", Map.of("roles", List.of("chiefs")));
    assertThat(caller(signedIn()).role()).isEqualTo(Role.ADMIN);
  }

  static Stream<Arguments> lies() {
    Date past = Date.from(Instant.now().minusSeconds(600));
    return Stream.of(
        lie("nonce", claims -> claims.claim("nonce", "another")),
        lie("no nonce", claims -> claims.claim("nonce", null)),
        lie("audience", claims -> claims.audience("another")),
        lie("authorized party", claims -> claims.claim("azp", "another")),
        lie("a second audience", claims -> claims.audience(List.of(OpenIdProvider.CLIENT, "b"))),
        lie("issuer", claims -> claims.issuer("https://sso.example")),
        lie("expired", claims -> claims.expirationTime(past)),
        lie("no expiration", claims -> claims.expirationTime(null)),
        lie("of the future", claims -> claims.issueTime(Date.from(Instant.now().plusSeconds(600)))),
        lie("nobody", claims -> claims.subject(null)));
  }

  private static Arguments lie(String name, UnaryOperator<JWTClaimsSet.Builder> lie) {
    return Arguments.of(name, lie);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void a_token_with_a_wrong_claim_proves_nobody(
      String name, UnaryOperator<JWTClaimsSet.Builder> lie) {
    comes("zoe", "chiefs");
    provider.lie = lie;
    assertRefused(Reason.UNAUTHENTICATED, this::signedIn);
  }

  @ParameterizedTest
  @EnumSource(
      value = Signing.class,
      names = {"STRANGER", "HMAC", "NONE"})
  void a_token_that_the_provider_s_keys_did_not_sign_proves_nobody(Signing signing) {
    comes("zoe", "chiefs");
    provider.signing = signing;
    assertRefused(Reason.UNAUTHENTICATED, this::signedIn);
  }

  @Test
  void new_keys_are_asked_for_when_they_are_met_and_not_for_each_lie() {
    comes("zoe", "ops");
    signedIn();
    provider.rotate();
    signedIn();
    assertThat(provider.asked("keys")).isEqualTo(2);
    assertThat(provider.asked("openid-configuration")).isEqualTo(1);
    provider.signing = Signing.STRANGER;
    for (int i = 0; i < 5; i++) {
      assertRefused(Reason.UNAUTHENTICATED, this::signedIn);
    }
    assertThat(provider.asked("keys")).isLessThanOrEqualTo(3);
  }

  @Test
  void only_the_browser_that_began_can_end_and_only_once() {
    comes("zoe", "ops");
    OidcSignIn.Begun begun = begun();
    OidcSignIn.Begun other = begun();
    Map<String, String[]> answer = answer(begun.location());
    String cookie = cookie(begun);
    for (String wrong : new String[] {"", cookie(other), "a=b; " + cookie.replace('A', 'B')}) {
      assertRefused(Reason.UNAUTHENTICATED, () -> signIn.end(answer, wrong, HERE));
    }
    assertRefused(Reason.UNAUTHENTICATED, () -> signIn.end(answer, null, HERE));
    assertThat(provider.asked("token")).isZero();
    signIn.end(answer, cookie(other) + "; " + cookie, HERE);
    assertRefused(Reason.UNAUTHENTICATED, () -> signIn.end(answer, cookie, HERE));
  }

  @Test
  void a_code_of_another_sign_in_is_refused() {
    comes("zoe", "ops");
    OidcSignIn.Begun mine = begun();
    Map<String, String[]> answer = answer(mine.location());
    answer.put("code", answer(begun().location()).get("code"));
    assertRefused(Reason.UNAUTHENTICATED, () -> signIn.end(answer, cookie(mine), HERE));
  }

  @Test
  void an_answer_of_another_provider_or_of_none_is_refused() {
    comes("zoe", "ops");
    for (String issuer : new String[] {"https://sso.example", null}) {
      provider.answerIssuer = issuer;
      assertRefused(Reason.UNAUTHENTICATED, this::signedIn);
    }
    assertThat(provider.asked("token")).isZero();
  }

  @Test
  void an_answer_that_repeats_itself_or_says_no_is_refused() {
    OidcSignIn.Begun begun = begun();
    Map<String, String[]> answer = answer(begun.location());
    String code = answer.get("code")[0];
    answer.put("code", new String[] {code, code});
    assertRefused(Reason.UNAUTHENTICATED, () -> signIn.end(answer, cookie(begun), HERE));
    answer.remove("code");
    assertRefused(Reason.UNAUTHENTICATED, () -> signIn.end(answer, cookie(begun), HERE));
    answer.put("error", new String[] {"access_denied"});
    assertThatThrownBy(() -> signIn.end(answer, cookie(begun), HERE))
        .hasMessageContaining("access_denied");
  }

  @Test
  void nobody_takes_a_local_name_or_comes_in_without_a_role() {
    comes("admin", "chiefs");
    assertRefused(Reason.FORBIDDEN, this::signedIn);
    comes("zoe", "staff");
    assertRefused(Reason.FORBIDDEN, this::signedIn);
    provider.user = Map.of("sub", "1", "groups", List.of("chiefs"));
    provider.userInfo = Map.of("sub", "1");
    assertRefused(Reason.FORBIDDEN, this::signedIn);
  }

  @Test
  void the_audit_has_who_came_and_who_did_not() {
    comes("zoe", "ops");
    signedIn();
    comes("joe", "staff");
    assertRefused(Reason.FORBIDDEN, this::signedIn);
    provider.signing = Signing.NONE;
    assertRefused(Reason.UNAUTHENTICATED, this::signedIn);
    assertThat(audited())
        .containsExactlyInAnyOrder("zoe oidc 302", "joe oidc 403", "null oidc 401");
  }

  @Test
  void what_the_token_does_not_tell_the_userinfo_endpoint_may_but_of_nobody_else() {
    provider.user = Map.of("sub", "1", "preferred_username", "zoe");
    provider.userInfo = Map.of("sub", "1", "preferred_username", "admin", "groups", List.of("ops"));
    assertThat(caller(signedIn()))
        .extracting(Caller::name, Caller::role)
        .containsExactly("zoe", Role.OPERATOR);
    provider.userInfo = Map.of("sub", "2", "groups", List.of("chiefs"));
    assertRefused(Reason.UNAUTHENTICATED, this::signedIn);
  }

  @Test
  void the_session_of_before_is_over() {
    comes("zoe", "ops");
    OidcSignIn.Ended first = signedIn();
    OidcSignIn.Begun begun = begun();
    String both = Sessions.COOKIE + "=" + first.token() + "; " + cookie(begun);
    OidcSignIn.Ended second = signIn.end(answer(begun.location()), both, HERE);
    assertThat(caller(first).anonymous()).isTrue();
    assertThat(caller(second).name()).isEqualTo("zoe");
  }

  @Test
  void a_provider_that_is_away_or_is_another_is_told_as_such() {
    provider.saidIssuer = "https://sso.example";
    assertRefused(Reason.UNAVAILABLE, this::begun);
    provider.saidIssuer = provider.issuer();
    assertRefused(Reason.UNAVAILABLE, this::begun); // not asked again at once
    assertThat(provider.asked("openid-configuration")).isEqualTo(1);
    signIn.configure(); // as if time had gone by
    OidcSignIn.Begun begun = begun();
    Map<String, String[]> answer = answer(begun.location());
    provider.leave();
    assertRefused(Reason.UNAVAILABLE, () -> signIn.end(answer, cookie(begun), HERE));
    signIn.configure();
    assertRefused(Reason.UNAVAILABLE, this::begun);
  }

  @Test
  void failures_are_limited_by_place_and_strays_keep_nobody_out() {
    comes("zoe", "ops");
    OidcSignIn.Begun begun = begun();
    Map<String, String[]> stray = Map.of("state", new String[] {"x"});
    for (int i = 0; i < LoginLimits.PER_PLACE; i++) {
      assertRefused(Reason.UNAUTHENTICATED, () -> signIn.end(stray, cookie(begun), HERE));
    }
    assertRefused(Reason.TOO_MANY, () -> signIn.end(stray, cookie(begun), HERE));
    signedIn();
    Map<String, String[]> answer = answer(begun.location());
    answer.put("code", new String[] {"guessed"});
    for (int i = 0; i < LoginLimits.PER_PLACE; i++) {
      assertRefused(Reason.UNAUTHENTICATED, () -> signIn.end(answer, cookie(begun), HERE));
    }
    assertRefused(Reason.TOO_MANY, () -> signIn.end(answer, cookie(begun), HERE));
    assertThat(provider.asked("token")).isEqualTo(1 + LoginLimits.PER_PLACE);
    signIn.end(answer(begun.location()), cookie(begun), "192.0.2.8");
  }
}
