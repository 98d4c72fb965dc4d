package io.serversence.server;

import static io.serversence.server.Problems.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.access.TestDirectory;
import io.serversence.server.HardenedServer.Hardened;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People of a directory sign in with its passwords, over TLS, on the real servers. */
@ExtendWith(HardenedServer.class)
class LdapSignInIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Server server;
  private final TestDirectory directory;

  LdapSignInIT(Hardened hardened) {
    this.server = hardened.server();
    this.directory = hardened.directory();
  }

  private Api as(String name) {
    return new Api(server, name, TestDirectory.password(name));
  }

  private Answer signIn(String name, String password) {
    JsonObject body =
        Json.createObjectBuilder().add("username", name).add("password", password).build();
    return server.anyone().post("/api/session", body);
  }

  /** An answer that comes within 5 s, or none at all. */
  private Answer inTime(String name, String password) {
    String pair = Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
    return server
        .anyone()
        .send(
            server
                .anyone()
                .request("/api/status")
                .header("Authorization", "Basic " + pair)
                .timeout(Duration.ofSeconds(5))
                .build());
  }

  @Test
  void a_browser_signs_in_and_the_groups_say_what_it_may_do() {
    Answer answer = signIn("ADA", TestDirectory.password("ada"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    String cookie = answer.header("Set-Cookie").replaceFirst(";.*", "");

    JsonObject session = server.anyone().bare("GET", "/api/session", "Cookie", cookie).json();

    assertThat(session.getString("username")).isEqualTo("ada");
    assertThat(session.getString("role")).isEqualTo("operator");
    assertThat(server.anyone().bare("GET", "/api/users", "Cookie", cookie).status()).isEqualTo(403);
    Await.until(
        "it is in the audit",
        SOON,
        () -> server.admin().get("/api/audit?limit=50").body().contains("\"ada\""));
  }

  @Test
  void a_script_proves_itself_by_http_basic() {
    assertThat(as("grace").get("/api/users").status()).isEqualTo(200);
    assertThat(as("ada").get("/api/status").status()).isEqualTo(200);
    assertProblem(as("ada").get("/api/users"), 403);
    assertProblem(as("joe").get("/api/status"), 403);
    assertThat(server.admin().get("/metrics").body())
        .contains("serversence_directory_questions_total{outcome=\"answered\"}");
  }

  @Test
  void what_proves_nothing_is_refused_alike() {
    String wrong = signIn("ada", "wrong").body();
    for (String name : new String[] {"nobody", "*", "a*", "*)(uid=*", "ada)(|(uid=*"}) {
      Answer answer = signIn(name, TestDirectory.password("ada"));
      assertProblem(answer, 401);
      assertThat(answer.body()).isEqualTo(wrong);
    }
    assertProblem(signIn("ada", ""), 401);
  }

  @Test
  void a_local_name_is_the_local_user_s() {
    assertProblem(signIn("admin", TestDirectory.password("admin")), 401);
    assertProblem(signIn("Admin", TestDirectory.password("admin")), 401);
    assertThat(server.admin().get("/api/users").status()).isEqualTo(200);
  }

  @Test
  void a_stream_knows_who_it_is() {
    String pair =
        Base64.getEncoder()
            .encodeToString(("ada:" + TestDirectory.password("ada")).getBytes(UTF_8));
    OpenStream.Socket socket = new OpenStream.Socket(server, "Basic " + pair);
    try {
      socket.say("{\"op\":\"subscribe\"}");
      Await.until(
          "the hello has come",
          SOON,
          () -> socket.heard().contains("\"user\":\"ada\",\"role\":\"operator\""));
    } finally {
      socket.abort();
    }
  }

  @Test
  void a_directory_that_hangs_is_told_in_time_and_keeps_no_local_user_out() {
    directory.hang();
    try {
      assertProblem(inTime("ada", "another try"), 503);
      assertThat(inTime("admin", ServerPlan.PASSWORD).status()).isEqualTo(200);
    } finally {
      directory.answer();
    }
    Await.until("it answers again", SOON, () -> inTime("ada", "wrong").status() == 401);
  }

  @Test
  void a_directory_that_is_away_is_told_so() throws Exception {
    directory.refuse();
    try {
      Answer answer = signIn("ada", TestDirectory.password("ada"));
      assertProblem(answer, 503);
      assertThat(answer.body()).contains("the directory of users cannot be asked now");
      assertThat(answer.header("Retry-After")).isEqualTo("10");
      assertThat(signIn("admin", ServerPlan.PASSWORD).status()).isEqualTo(204);
    } finally {
      directory.listen();
    }
    assertThat(signIn("ada", TestDirectory.password("ada")).status()).isEqualTo(204);
  }

  @Test
  void no_password_is_in_the_log() {
    assertThat(server.log().lines())
        .noneMatch(line -> line.contains("secret of") || line.contains("service's secret"));
  }
}
