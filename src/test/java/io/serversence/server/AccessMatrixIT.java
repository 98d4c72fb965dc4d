package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.server.HardenedServer.Hardened;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every operation that the OpenAPI document names, asked for by everyone: nobody, a token of each
 * role, one that has expired, and a page of another site in the browser of an admin. The page
 * {@code src/docs/access.md} shows the same.
 */
@ExtendWith(HardenedServer.class)
class AccessMatrixIT {
  private static final List<String> ROLES = List.of("viewer", "operator", "admin");
  private static final List<Integer> REFUSED = List.of(401, 403);

  /** Each request comes from another address, so that no limit on failures gets in the way. */
  private static final AtomicInteger ADDRESS = new AtomicInteger();

  private final Server server;
  private final Api anyone;

  AccessMatrixIT(Hardened hardened) {
    server = hardened.server();
    anyone = server.anyone();
  }

  private record Asked(String method, String path, String role) {
    boolean safe() {
      return method.equals("GET");
    }

    boolean open() {
      return role.equals("public");
    }

    @Override
    public String toString() {
      return method + " " + path + " (" + role + ")";
    }
  }

  private List<Asked> operations() {
    List<Asked> all = new ArrayList<>();
    server
        .admin()
        .get("/api/openapi.json")
        .json()
        .getJsonObject("paths")
        .forEach(
            (path, item) ->
                item.asJsonObject()
                    .forEach(
                        (method, operation) ->
                            all.add(
                                new Asked(
                                    method.toUpperCase(Locale.ROOT),
                                    path.replaceAll("\\{\\w+}", "none"),
                                    operation.asJsonObject().getString("x-role", "public")))));
    assertThat(all).hasSizeGreaterThan(40);
    return all;
  }

  private int status(Asked asked, String... credentials) {
    int n = ADDRESS.incrementAndGet();
    List<String> headers = new ArrayList<>(List.of(credentials));
    headers.add("X-Forwarded-For");
    headers.add("198.18." + n / 250 + "." + (n % 250 + 1));
    String[] all = headers.toArray(String[]::new);
    return asked.safe()
        ? anyone.begin(asked.path(), all).status()
        : anyone.bare(asked.method(), asked.path(), all).status();
  }

  private String token(String role, Instant expiresAt) {
    JsonObjectBuilder wanted = Json.createObjectBuilder().add("name", role).add("role", role);
    if (expiresAt != null) {
      wanted.add("expiresAt", expiresAt.toString());
    }
    Answer answer = server.admin().post("/api/tokens", wanted.build());
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return "Bearer " + answer.json().getString("token");
  }

  @Test
  void nobody_gets_anything_but_what_is_public() {
    for (Asked asked : operations()) {
      int status = status(asked);
      if (asked.open()) {
        assertThat(status).as(asked.toString()).isNotIn(REFUSED);
      } else {
        assertThat(status).as(asked.toString()).isEqualTo(401);
      }
    }
  }

  @Test
  void each_role_gets_what_it_may_and_no_more() {
    for (String role : ROLES) {
      String token = token(role, null);
      for (Asked asked : operations()) {
        boolean may = asked.open() || ROLES.indexOf(asked.role()) <= ROLES.indexOf(role);
        int status = status(asked, "Authorization", token);
        if (asked.path().equals("/api/session/password")) {
          assertThat(status).as("a token has no password").isEqualTo(403);
        } else if (may) {
          assertThat(status).as(role + ": " + asked).isNotIn(REFUSED);
        } else {
          assertThat(status).as(role + ": " + asked).isEqualTo(403);
        }
        assertThat(status).as(role + ": " + asked).isLessThan(500);
      }
    }
  }

  @Test
  void an_expired_token_gets_no_more_than_nobody() {
    String token = token("admin", Instant.now().plusMillis(300));
    Asked status = new Asked("GET", "/api/status", "viewer");
    Await.until(
        "the token has expired",
        Duration.ofSeconds(20),
        () -> status(status, "Authorization", token) == 401);
    for (Asked asked : operations()) {
      int got = status(asked, "Authorization", token);
      if (asked.open()) {
        assertThat(got).as(asked.toString()).isNotIn(REFUSED);
      } else {
        assertThat(got).as(asked.toString()).isEqualTo(401);
      }
    }
  }

  @Test
  void a_page_of_another_site_changes_nothing_with_an_admins_cookie() {
    JsonObject login =
        Json.createObjectBuilder()
            .add("username", "admin")
            .add("password", ServerPlan.PASSWORD)
            .build();
    String cookie = anyone.post("/api/session", login).header("Set-Cookie").replaceFirst(";.*", "");
    for (Asked asked : operations()) {
      int status = status(asked, "Cookie", cookie, "Origin", "https://evil.example");
      if (asked.safe() || asked.path().startsWith("/api/heartbeats/")) {
        assertThat(status).as(asked.toString()).isNotIn(REFUSED);
      } else {
        assertThat(status).as(asked.toString()).isEqualTo(403);
      }
    }
    assertThat(status(new Asked("GET", "/api/session", "viewer"), "Cookie", cookie)).isEqualTo(200);
  }
}
