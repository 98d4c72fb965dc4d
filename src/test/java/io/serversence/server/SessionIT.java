package io.serversence.server;

import static io.serversence.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Browsers sign in and out, and other sites cannot use what they have. */
@ExtendWith(RunningServer.class)
@ExtendWith(PeopledServer.class)
class SessionIT {
  private static final String COOKIE = "serversence-session=";

  private final Server server;
  private final People people;
  private final Api browser;

  SessionIT(Server server, People people) {
    this.server = server;
    this.people = people;
    this.browser = server.anyone();
  }

  private static JsonObject credentials(String password) {
    return Json.createObjectBuilder().add("username", "admin").add("password", password).build();
  }

  /** Signs in and returns the cookie as a browser would send it. */
  private String signedIn() {
    Answer answer = browser.post("/api/session", credentials(ServerPlan.PASSWORD));
    assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    String set = answer.header("Set-Cookie");
    return set.substring(0, set.indexOf(';'));
  }

  @Test
  void signing_in_sets_a_cookie_that_scripts_and_other_paths_do_not_get() {
    Answer answer = browser.post("/api/session", credentials(ServerPlan.PASSWORD));

    assertThat(answer.status()).isEqualTo(204);
    String path = server.base().getPath().replaceAll("(.)/$", "$1");
    assertThat(answer.header("Set-Cookie"))
        .matches(COOKIE + "[A-Za-z0-9_-]{43}; Path=" + path + "; HttpOnly; SameSite=Lax");
    Answer secure = people.anyone().post("/api/session", credentials(ServerPlan.PASSWORD));
    assertThat(secure.header("Set-Cookie")).as("where people come by https").endsWith("; Secure");
  }

  @Test
  void the_cookie_stands_for_the_user_until_signing_out() {
    String cookie = signedIn();

    Answer who = browser.bare("GET", "/api/session", "Cookie", "other=1; " + cookie);
    assertThat(who.json())
        .isEqualTo(
            Json.createObjectBuilder().add("username", "admin").add("role", "admin").build());
    assertThat(browser.bare("GET", "/metrics", "Cookie", cookie).status()).isEqualTo(200);

    Answer out = browser.bare("DELETE", "/api/session", "Cookie", cookie);

    assertThat(out.status()).isEqualTo(204);
    assertThat(out.header("Set-Cookie")).startsWith(COOKIE + ";").contains("Max-Age=0");
    assertProblem(browser.bare("GET", "/api/session", "Cookie", cookie), 401);
  }

  @Test
  void wrong_credentials_are_refused_alike_whoever_they_are_for() {
    Answer wrong = browser.post("/api/session", credentials("wrong"));
    Answer nobody =
        browser.post(
            "/api/session",
            Json.createObjectBuilder().add("username", "nobody").add("password", "wrong").build());

    assertProblem(wrong, 401);
    assertThat(nobody.body()).isEqualTo(wrong.body());
    assertThat(wrong.header("Set-Cookie")).isEmpty();
    assertProblem(
        browser.post("/api/session", Json.createObjectBuilder().build()),
        400,
        "username",
        "password");
    assertProblem(browser.bare("POST", "/api/session"), 415);
  }

  @Test
  void nobody_is_signed_in_without_a_session() {
    assertProblem(browser.get("/api/session"), 401);
    assertProblem(people.anyone().get("/api/session"), 401);
    assertProblem(browser.bare("GET", "/api/session", "Cookie", COOKIE + "guessed"), 401);
  }

  @Test
  void basic_credentials_do_without_a_session() {
    Answer answer = server.admin().get("/api/session");

    assertThat(answer.json().getString("username")).isEqualTo("admin");
    assertThat(answer.header("Set-Cookie")).isEmpty();
    assertThat(people.operator().get("/api/session").json().getString("role"))
        .isEqualTo("operator");
    for (String wrong : new String[] {"Basic", "Basic !", "Basic YWRtaW4=", "Digest x", "x"}) {
      assertProblem(browser.bare("GET", "/api/status", "Authorization", wrong), 401);
    }
    Api stranger = new Api(people.server(), "viewer", "wrong");
    assertProblem(stranger.get("/api/status"), 401);
  }

  @Test
  void a_challenge_is_for_scripts_not_for_a_page_that_would_get_the_browsers_dialog() {
    assertThat(browser.get("/api/status").header("WWW-Authenticate")).startsWith("Basic ");
    assertThat(browser.get("/metrics").header("WWW-Authenticate")).startsWith("Basic ");
    for (String path : new String[] {"/api/status", "/metrics"}) {
      Answer answer = browser.bare("GET", path, "Sec-Fetch-Mode", "cors");
      assertProblem(answer, 401);
      assertThat(answer.header("WWW-Authenticate")).isEmpty();
    }
  }

  @Test
  void a_page_of_another_site_cannot_change_anything_with_the_cookie() {
    String cookie = signedIn();
    URI base = server.base();
    String own = base.getScheme() + "://" + base.getAuthority();

    for (String[] foreign :
        new String[][] {
          {"Origin", "https://evil.example"},
          {"Origin", "null"},
          {"Origin", "http://127.0.0.1:1"},
          {"Sec-Fetch-Site", "cross-site"},
          {"Sec-Fetch-Site", "same-site"}
        }) {
      assertProblem(
          browser.bare("POST", "/api/monitors/x/pause", "Cookie", cookie, foreign[0], foreign[1]),
          403);
    }
    assertProblem(
        browser.bare("POST", "/api/monitors/x/pause", "Cookie", cookie, "Origin", own), 404);
    assertThat(
            browser
                .bare("GET", "/api/status", "Cookie", cookie, "Origin", "https://evil.example")
                .status())
        .isEqualTo(200);
    assertProblem(
        browser.send(
            "POST",
            "/api/session",
            "application/json",
            credentials(ServerPlan.PASSWORD).toString(),
            "Origin",
            "https://evil.example"),
        403);
  }

  @Test
  void the_public_address_and_the_configured_origins_are_no_other_sites() {
    for (String origin : new String[] {People.ADDRESS, "https://portal.example"}) {
      assertProblem(people.operator().bare("POST", "/api/monitors/x/pause", "Origin", origin), 404);
    }
    assertProblem(
        people.operator().bare("POST", "/api/monitors/x/pause", "Origin", "https://x.example"),
        403);
  }
}
