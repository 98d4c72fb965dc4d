package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.serversence.access.OpenIdProvider;
import io.serversence.server.HardenedServer.Hardened;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People sign in with an OpenID provider, which is a real one in this process. */
@ExtendWith(HardenedServer.class)
@ExtendWith(RunningServer.class)
class OidcSignInIT {
  private static final String START = "/sign-in/oidc";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Each browser is at another address, so that no limit on failures gets in the way. */
  private static final AtomicInteger ADDRESS = new AtomicInteger();

  private final Server server;
  private final OpenIdProvider provider;
  private final Api anyone;
  private final Api plain;
  private final String home;
  private final String from = "198.19.0." + ADDRESS.incrementAndGet();

  OidcSignInIT(Hardened hardened, Server plain) {
    this.server = hardened.server();
    this.provider = hardened.provider();
    this.anyone = server.anyone();
    this.plain = plain.anyone();
    this.home = server.base().getPath();
  }

  @BeforeEach
  void zoe() {
    comes("zoe", "on call");
  }

  private void comes(String name, String... groups) {
    provider.user =
        Map.of(
            "sub",
            "of " + name,
            "preferred_username",
            name,
            "realm_access",
            Map.of("roles", List.of(groups)));
  }

  private Answer get(String path, String... cookies) {
    return anyone.bare("GET", path, "Cookie", String.join("; ", cookies), "X-Forwarded-For", from);
  }

  /** The name and the value of a cookie that an answer sets. */
  private static String cookie(Answer answer, String name) {
    String set =
        answer.headers().allValues("Set-Cookie").stream()
            .filter(value -> value.startsWith(name + "="))
            .findFirst()
            .orElseThrow(() -> new AssertionError(answer.status() + " " + answer.body()));
    return set.substring(0, set.indexOf(';'));
  }

  /** What the provider answers, as a path of the server. */
  private String provided(Answer begun) {
    assertThat(begun.status()).as(begun.body()).isEqualTo(302);
    try {
      String back =
          CLIENT
              .send(
                  HttpRequest.newBuilder(URI.create(begun.header("Location"))).build(),
                  BodyHandlers.discarding())
              .headers()
              .firstValue("Location")
              .orElseThrow();
      assertThat(back).startsWith(server.base() + "sign-in/oidc/callback?");
      return back.substring(server.base().toString().length() - 1);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private Answer signedIn(String... cookies) {
    Answer begun = get(START);
    String[] all = List.of(cookies).toArray(new String[cookies.length + 1]);
    all[cookies.length] = cookie(begun, "serversence-sign-in");
    return get(provided(begun), all);
  }

  private static void assertPage(Answer answer, int status, String words) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("text/html");
    assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.body()).containsIgnoringCase(words).doesNotContain("Exception", "\tat ");
    assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
  }

  @Test
  void whoever_signs_in_with_the_provider_is_whom_it_names_and_goes_on_where_it_was() {
    Answer begun = get(START + "?return=" + home + "%23/incidents");
    String kept = begun.header("Set-Cookie");
    String path = home + "sign-in/oidc";
    assertThat(kept)
        .matches(
            "serversence-sign-in=[A-Za-z0-9._-]+; Path="
                + path
                + "; HttpOnly; SameSite=Lax; Max-Age=600");
    assertThat(begun.header("Location")).startsWith(provider.issuer() + "/authorize?");

    Answer ended = get(provided(begun), cookie(begun, "serversence-sign-in"));

    assertThat(ended.status()).as(ended.body()).isEqualTo(302);
    assertThat(ended.header("Location")).isEqualTo(home + "#/incidents");
    assertThat(ended.headers().allValues("Set-Cookie"))
        .anyMatch(
            set ->
                set.startsWith("serversence-sign-in=; Path=" + path) && set.contains("Max-Age=0"))
        .anyMatch(
            set ->
                set.matches(
                    "serversence-session=[A-Za-z0-9_-]{43}; Path="
                        + home.replaceAll("(.)/$", "$1")
                        + "; HttpOnly; SameSite=Lax"));
    JsonObject who = get("/api/session", cookie(ended, "serversence-session")).json();
    assertThat(who.getString("username")).isEqualTo("zoe");
    assertThat(who.getString("role")).isEqualTo("operator");
    Await.until(
        "it is in the audit",
        Duration.ofSeconds(20),
        () -> {
          String audit = server.admin().get("/api/audit?limit=50&actor=zoe").body();
          return audit.contains("\"oidc\"") && audit.contains(from);
        });
  }

  @Test
  void a_second_sign_in_ends_the_session_of_the_first() {
    String first = cookie(signedIn(), "serversence-session");
    String second = cookie(signedIn(first), "serversence-session");
    assertThat(second).isNotEqualTo(first);
    assertThat(get("/api/session", first).status()).isEqualTo(401);
    assertThat(get("/api/session", second).status()).isEqualTo(200);
    assertThat(anyone.bare("DELETE", "/api/session", "Cookie", second).status()).isEqualTo(204);
    assertThat(get("/api/session", second).status()).isEqualTo(401);
  }

  @Test
  void who_has_no_role_or_the_name_of_a_local_user_is_told_so_on_a_page() {
    comes("joe", "staff");
    assertPage(signedIn(), 403, "none of your groups has a role here");
    comes("Admin", "chiefs");
    assertPage(signedIn(), 403, "your name is that of a local user");
  }

  @Test
  void what_was_not_begun_in_this_browser_is_refused() {
    Answer begun = get(START);
    String answer = provided(begun);
    String own = cookie(get(START), "serversence-sign-in");
    assertPage(get(answer), 401, "was not begun in this browser");
    assertPage(get(answer, own), 401, "was not begun in this browser");
    assertPage(get(START + "/callback"), 401, "was not begun in this browser");
    assertPage(get(START + "/callback?state=%00%ff&code=a", own), 401, "was not begun");
    assertThat(get(answer, cookie(begun, "serversence-sign-in")).status()).isEqualTo(302);
    assertPage(get(answer, cookie(begun, "serversence-sign-in")), 401, "proves nobody");
  }

  @Test
  void nobody_is_sent_to_another_place() {
    for (String foreign :
        new String[] {"https://evil.example", "//evil.example", "/%5Cevil.example", "x%0D%0Ay"}) {
      assertPage(get(START + "?return=" + foreign), 400, "not of this application");
    }
  }

  @Test
  void a_token_that_is_not_the_provider_s_lets_nobody_in() {
    provider.signing = OpenIdProvider.Signing.NONE;
    try {
      assertPage(signedIn(), 401, "proves nobody");
    } finally {
      provider.signing = OpenIdProvider.Signing.EC;
    }
    assertThat(signedIn().status()).isEqualTo(302);
  }

  @Test
  void a_provider_that_is_away_is_told_of_and_missed_no_longer_than_that() {
    Answer begun = get(START);
    String answer = provided(begun);
    provider.leave();
    try {
      assertPage(
          get(answer, cookie(begun, "serversence-sign-in")), 503, "provider cannot be reached");
    } finally {
      provider.comeBack();
    }
    assertThat(signedIn().status()).isEqualTo(302);
  }

  @Test
  void pages_learn_what_to_offer() {
    assertThat(anyone.get("/api/sign-in").body()).isEqualTo("{\"ways\":[\"password\",\"oidc\"]}");
    assertThat(plain.get("/api/sign-in").body()).isEqualTo("{\"ways\":[\"password\"]}");
    assertPage(plain.get(START), 404, "there is no sign-in provider");
    assertPage(plain.get(START + "/callback?state=a&code=b"), 404, "there is no sign-in provider");
  }

  @Test
  void a_browser_goes_to_the_provider_and_comes_back_signed_in() {
    assumeTrue(Browser.installed().isPresent(), "there is no Chromium");
    try (Browser browser = new Browser()) {
      Page page = browser.page();
      page.navigate(server.base() + "#/incidents");
      page.locator("[data-action=single-sign-on]").click();
      PlaywrightAssertions.assertThat(page.locator("ss-header")).containsText("zoe (operator)");
      assertThat(page.url()).isEqualTo(server.base() + "#/incidents");
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
