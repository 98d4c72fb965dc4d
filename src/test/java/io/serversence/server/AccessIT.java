package io.serversence.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may do what, and who did, on a server behind a proxy. */
class AccessIT {
  /** How long after a change what was open with the old rights may go on. */
  private static final Duration BOUND = Duration.ofSeconds(5);

  private static Server server;
  private static Api admin;

  @BeforeAll
  static void start() {
    server =
        ServerPlan.named("access")
            .with("SERVERSENCE_PROXIES", "127.0.0.1,::1")
            .with("JDK_JAVA_OPTIONS", "") // hashing passwords wants the second compiler
            .started();
    admin = server.admin();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static JsonObjectBuilder object() {
    return Json.createObjectBuilder();
  }

  private static Answer as(String authorization, String method, String path, JsonObject body) {
    return server
        .anyone()
        .send(
            server
                .anyone()
                .request(path)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body == null ? "" : body.toString()))
                .build());
  }

  private static int status(String authorization, String path) {
    return server
        .anyone()
        .send(server.anyone().request(path).header("Authorization", authorization).build())
        .status();
  }

  private static JsonObject token(String role, Instant expiresAt) {
    JsonObjectBuilder wanted = object().add("name", "ci").add("role", role);
    if (expiresAt != null) {
      wanted.add("expiresAt", expiresAt.toString());
    }
    Answer answer = admin.post("/api/tokens", wanted.build());
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  /** The bound for all that a change which was made just now ends. */
  private static final class Bound {
    private final long end = System.nanoTime() + BOUND.toNanos();

    private Duration left() {
      return Duration.ofNanos(end - System.nanoTime());
    }

    /** Both must have ended by then. */
    private void ends(OpenStream events, OpenStream.Socket socket) {
      assertThat(events.ended(left())).contains("revoked");
      assertThat(socket.stream().ended(left())).contains("revoked").endsWith("closed 4501");
    }
  }

  private static OpenStream.Socket socket(String authorization) {
    return new OpenStream.Socket(server, authorization).say("{\"op\":\"subscribe\"}");
  }

  private static OpenStream events(String authorization) {
    return OpenStream.events(
        server.anyone().request("/api/events").header("Authorization", authorization).build());
  }

  private static void user(String name, String role) {
    Answer answer =
        admin.post(
            "/api/users",
            object()
                .add("username", name)
                .add("role", role)
                .add("password", "a long password of " + name)
                .build());
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.header("Location")).endsWith("/api/users/" + name);
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    assertThat(answer.body()).doesNotContain("password");
  }

  private static String basic(String user, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  private static String basic(String user) {
    return basic(user, "a long password of " + user);
  }

  /** The cookie of a session, or the answer's status where there is none. */
  private static String cookie(String user, String password, String address) {
    Answer answer = login(user, password, address);
    return answer.status() == 204
        ? answer.header("Set-Cookie").replaceFirst(";.*", "")
        : "status " + answer.status();
  }

  private static Answer login(String user, String password, String address) {
    JsonObject body = object().add("username", user).add("password", password).build();
    return server
        .anyone()
        .send(
            server
                .anyone()
                .request("/api/session")
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", "198.51.100.1, " + address)
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
  }

  private static int withCookie(String cookie) {
    return server
        .anyone()
        .send(server.anyone().request("/api/session").header("Cookie", cookie).build())
        .status();
  }

  private static List<JsonObject> audit(String query) {
    Answer answer = admin.get("/api/audit" + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().getJsonArray("items").getValuesAs(JsonObject.class);
  }

  @Test
  void a_token_is_shown_once_and_lets_a_script_in_as_far_as_its_role_goes() {
    JsonObject issued = token("viewer", null);
    String bearer = "Bearer " + issued.getString("token");

    assertThat(status(bearer, "/api/status")).isEqualTo(200);
    assertThat(status(bearer, "/metrics")).isEqualTo(200);
    assertThat(status(bearer, "/api/tokens")).isEqualTo(403);
    assertThat(as(bearer, "POST", "/api/monitors", object().build()).status()).isEqualTo(403);
    assertThat(as(bearer, "GET", "/api/session", null).json().getString("username"))
        .isEqualTo("token:ci");
    assertThat(admin.get("/api/tokens").body())
        .contains(issued.getString("id"))
        .doesNotContain(issued.getString("token"));
    assertThat(status(bearer + "x", "/api/status")).isEqualTo(401);
  }

  @Test
  void deleting_a_token_ends_its_streams_and_sockets() {
    JsonObject issued = token("operator", null);
    String bearer = "Bearer " + issued.getString("token");
    OpenStream events = events(bearer);
    OpenStream.Socket socket = socket(bearer);
    OpenStream other = events(basic("admin", ServerPlan.PASSWORD));

    assertThat(admin.delete("/api/tokens/" + issued.getString("id")).status()).isEqualTo(204);

    Bound bound = new Bound();
    assertThat(status(bearer, "/api/status")).isEqualTo(401);
    bound.ends(events, socket);
    assertThat(other.isOpen()).isTrue();
    assertThat(admin.delete("/api/tokens/" + issued.getString("id")).status()).isEqualTo(404);
  }

  @Test
  void a_token_proves_nothing_once_it_has_expired() {
    Instant end = Instant.now().plusSeconds(4);
    String bearer = "Bearer " + token("viewer", end).getString("token");
    OpenStream events = events(bearer);

    assertThat(events.ended(BOUND.plusSeconds(4))).contains("revoked");

    assertThat(Instant.now()).isAfter(end);
    assertThat(status(bearer, "/api/status")).isEqualTo(401);
  }

  @Test
  void what_a_user_has_open_ends_with_a_change_of_the_role() {
    user("rita", "operator");
    String cookie = cookie("rita", "a long password of rita", "203.0.113.1");
    OpenStream events = events(basic("rita"));
    OpenStream.Socket socket = socket(basic("rita"));
    assertThat(withCookie(cookie)).isEqualTo(200);

    Answer changed = admin.send("PATCH", "/api/users/rita", object().add("role", "viewer").build());

    Bound bound = new Bound();
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(changed.header("ETag")).isEqualTo("\"2\"");
    assertThat(withCookie(cookie)).isEqualTo(401);
    bound.ends(events, socket);
    assertThat(as(basic("rita"), "GET", "/api/session", null).json().getString("role"))
        .isEqualTo("viewer");
  }

  @Test
  void a_user_who_is_disabled_or_removed_is_out() {
    user("dora", "viewer");
    assertThat(status(basic("dora"), "/api/status")).isEqualTo(200);
    OpenStream events = events(basic("dora"));
    OpenStream.Socket socket = socket(basic("dora"));

    admin.send("PATCH", "/api/users/dora", object().add("enabled", false).build());

    Bound bound = new Bound();
    assertThat(status(basic("dora"), "/api/status")).isEqualTo(401);
    bound.ends(events, socket);
    admin.send("PATCH", "/api/users/dora", object().add("enabled", true).build());
    assertThat(status(basic("dora"), "/api/status")).isEqualTo(200);
    assertThat(admin.delete("/api/users/dora").status()).isEqualTo(204);
    assertThat(status(basic("dora"), "/api/status")).isEqualTo(401);
    assertThat(admin.get("/api/users/dora").status()).isEqualTo(404);
  }

  @Test
  void changing_ones_password_ends_all_but_the_browser_that_did_it() {
    user("paul", "viewer");
    String here = cookie("paul", "a long password of paul", "203.0.113.2");
    String there = cookie("paul", "a long password of paul", "203.0.113.3");

    Answer wrong = password(here, "not the password", "another long password");
    Answer weak = password(here, "a long password of paul", "short");
    Answer changed = password(here, "a long password of paul", "another long password");

    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body()).contains("\"old\"");
    assertThat(weak.status()).isEqualTo(400);
    assertThat(weak.body()).contains("\"new\"");
    assertThat(changed.status()).as(changed.body()).isEqualTo(204);
    assertThat(withCookie(here)).isEqualTo(401);
    assertThat(withCookie(there)).isEqualTo(401);
    assertThat(withCookie(changed.header("Set-Cookie").replaceFirst(";.*", ""))).isEqualTo(200);
    assertThat(status(basic("paul"), "/api/status")).isEqualTo(401);
    assertThat(status(basic("paul", "another long password"), "/api/status")).isEqualTo(200);
  }

  @Test
  void signing_out_and_a_new_password_end_streams_and_sockets() {
    user("otto", "viewer");
    String cookie = cookie("otto", "a long password of otto", "203.0.113.4");
    OpenStream ofCookie =
        OpenStream.events(server.anyone().request("/api/events").header("Cookie", cookie).build());
    String own = "http://127.0.0.1:" + server.port();
    OpenStream.Socket socketOfCookie =
        new OpenStream.Socket(server, Map.of("Cookie", cookie, "Origin", own))
            .say("{\"op\":\"subscribe\"}");
    OpenStream ofPassword = events(basic("otto"));
    OpenStream.Socket socket = socket(basic("otto"));

    assertThat(server.anyone().bare("DELETE", "/api/session", "Cookie", cookie).status())
        .isEqualTo(204);

    new Bound().ends(ofCookie, socketOfCookie);
    assertThat(ofPassword.isOpen()).isTrue();
    JsonObject change = object().add("password", "another long password").build();
    assertThat(admin.send("PATCH", "/api/users/otto", change).status()).isEqualTo(200);
    new Bound().ends(ofPassword, socket);
  }

  private static Answer password(String cookie, String old, String wanted) {
    return server
        .anyone()
        .send(
            server
                .anyone()
                .request("/api/session/password")
                .header("Cookie", cookie)
                .header("Content-Type", "application/json")
                .PUT(
                    BodyPublishers.ofString(
                        object().add("old", old).add("new", wanted).build().toString()))
                .build());
  }

  @Test
  void the_last_admin_cannot_go() {
    assertThat(admin.delete("/api/users/admin").status()).isEqualTo(409);
    for (JsonObject change :
        List.of(object().add("role", "operator").build(), object().add("enabled", false).build())) {
      assertThat(admin.send("PATCH", "/api/users/admin", change).status()).isEqualTo(409);
    }
    assertThat(admin.get("/api/users/admin").json().getString("role")).isEqualTo("admin");
  }

  @Test
  void a_change_of_a_user_compares_the_revision_that_it_names() {
    user("eva", "viewer");
    Answer stale =
        admin.send(
            admin
                .request("/api/users/eva")
                .header("If-Match", "\"7\"")
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString("{\"role\":\"operator\"}"))
                .build());
    assertThat(stale.status()).isEqualTo(412);
    assertThat(admin.get("/api/users/eva").json().getString("role")).isEqualTo("viewer");
  }

  @Test
  void bad_users_and_tokens_are_refused_by_field() {
    for (String name : Stream.of("a:b", " a", "a b", "", "anonymous", "../x").toList()) {
      Answer answer =
          admin.post(
              "/api/users",
              object()
                  .add("username", name)
                  .add("role", "viewer")
                  .add("password", "long enough")
                  .build());
      assertThat(answer.status()).as(name).isEqualTo(400);
      assertThat(answer.body()).contains("\"username\"");
    }
    Answer taken =
        admin.post(
            "/api/users",
            object()
                .add("username", "Admin")
                .add("role", "viewer")
                .add("password", "long enough")
                .build());
    assertThat(taken.status()).isEqualTo(409);
    Answer past =
        admin.post(
            "/api/tokens",
            object()
                .add("name", "x")
                .add("role", "root")
                .add("expiresAt", "2020-01-01T00:00:00Z")
                .build());
    assertThat(past.status()).isEqualTo(400);
    assertThat(past.body()).contains("\"role\"", "\"expiresAt\"");
  }

  @Test
  void guessing_is_stopped_and_keeps_nobody_else_out() {
    user("victor", "viewer");
    List<Integer> statuses = new ArrayList<>();
    String retryAfter = "";
    for (int i = 0; i < 60; i++) {
      Answer answer = login("victor", "guess number " + i, "203.0.113.66");
      statuses.add(answer.status());
      retryAfter = answer.header("Retry-After");
    }

    assertThat(statuses).containsOnly(401, 429);
    assertThat(statuses.stream().filter(s -> s == 401).count()).isBetween(1L, 20L);
    assertThat(Integer.parseInt(retryAfter)).isBetween(1, 60);
    Answer basic =
        server
            .anyone()
            .send(
                server
                    .anyone()
                    .request("/api/status")
                    .header("Authorization", basic("victor", "one more"))
                    .header("X-Forwarded-For", "203.0.113.66")
                    .build());
    assertThat(basic.status()).isEqualTo(429);
    assertThat(cookie("victor", "a long password of victor", "203.0.113.67"))
        .startsWith("serversence-session=");
    assertThat(audit("?actor=victor"))
        .anySatisfy(
            entry -> {
              assertThat(entry.getString("operation")).isEqualTo("login");
              assertThat(entry.getString("outcome")).isEqualTo("refused");
              assertThat(entry.getString("address")).isEqualTo("203.0.113.66");
            });
    assertThat(admin.get("/api/audit?limit=500").body()).doesNotContain("guess number");
  }

  @Test
  void wrong_tokens_are_stopped_too() {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Answer answer =
          server
              .anyone()
              .send(
                  server
                      .anyone()
                      .request("/api/status")
                      .header("Authorization", "Bearer wrong-" + i)
                      .header("X-Forwarded-For", "203.0.113.77")
                      .build());
      statuses.add(answer.status());
    }
    assertThat(statuses).containsOnly(401, 429);
    assertThat(statuses.stream().filter(s -> s == 401).count()).isLessThanOrEqualTo(20);
  }

  @Test
  void the_audit_tells_who_did_what_over_rest_and_over_the_socket() {
    user("olga", "operator");
    JsonObject target =
        object().add("type", "tcp").add("host", "127.0.0.1").add("port", server.port()).build();
    admin.post(
        "/api/monitors",
        object().add("id", "audited").add("name", "Audited").add("target", target).build());
    as(basic("olga"), "POST", "/api/monitors/audited/pause", object().build());
    as(basic("olga"), "DELETE", "/api/monitors/audited", null);
    OpenStream.Socket socket =
        new OpenStream.Socket(server, basic("olga"))
            .say("{\"op\":\"resume\",\"ref\":1,\"monitor\":\"audited\"}");
    Await.until(
        "the socket answers", Duration.ofSeconds(10), () -> socket.heard().contains("\"ok\""));

    List<JsonObject> olgas = audit("?actor=olga");
    List<String> done =
        olgas.stream()
            .map(
                e ->
                    e.getString("operation")
                        + " "
                        + e.getString("target")
                        + " "
                        + e.getString("outcome"))
            .toList();

    assertThat(done)
        .containsExactly(
            "monitors.resume audited done",
            "monitors.delete audited refused",
            "monitors.pause audited done");
    assertThat(olgas).allSatisfy(e -> assertThat(e.getString("address")).isEqualTo("127.0.0.1"));
    assertThat(audit("?actor=admin&limit=500").stream().map(e -> e.getString("operation")))
        .contains("users.add", "monitors.add");
    assertThat(as(basic("olga"), "GET", "/api/audit", null).status()).isEqualTo(403);
    Answer first = admin.get("/api/audit?actor=olga&limit=2");
    Answer second =
        admin.get("/api/audit?actor=olga&limit=2&cursor=" + first.json().getString("next"));
    assertThat(second.json().getJsonArray("items")).hasSize(1);
    assertThat(second.json().isNull("next")).isTrue();
    assertThat(admin.get("/api/audit?from=2001-01-01T00:00:00Z&to=2001-01-02T00:00:00Z").body())
        .contains("\"items\":[]");
  }

  @Test
  void users_and_tokens_are_there_after_a_restart() {
    user("rosa", "viewer");
    String bearer = "Bearer " + token("operator", null).getString("token");

    server.restart();

    assertThat(status(basic("rosa"), "/api/status")).isEqualTo(200);
    assertThat(status(bearer, "/api/status")).isEqualTo(200);
    assertThat(audit("?actor=admin&limit=500").stream().map(e -> e.getString("operation")))
        .contains("tokens.add");
  }
}
