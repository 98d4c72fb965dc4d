package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.server.HardenedServer.Hardened;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A proxy that has signed people in says who they are and of which groups. */
@ExtendWith(HardenedServer.class)
@ExtendWith(PeopledServer.class)
class ProxySignInIT {
  private static final String USER = "Remote-User";
  private static final String GROUPS = "Remote-Groups";
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Api behind;
  private final Server server;
  private final People people;

  ProxySignInIT(Hardened hardened, People people) {
    this.server = hardened.server();
    this.behind = server.anyone();
    this.people = people;
  }

  @Test
  void the_groups_say_what_somebody_may_do() {
    JsonObject session =
        behind.bare("GET", "/api/session", USER, "ada", GROUPS, "staff, on call").json();
    assertThat(session.getString("username")).isEqualTo("ada");
    assertThat(session.getString("role")).isEqualTo("operator");
    assertThat(status("GET", "/api/status", USER, "ada", GROUPS, "on call")).isEqualTo(200);
    assertThat(status("GET", "/api/users", USER, "ada", GROUPS, "on call")).isEqualTo(403);
    assertThat(status("GET", "/api/users", USER, "grace", GROUPS, "chiefs,staff")).isEqualTo(200);
    assertThat(status("GET", "/api/status", USER, "joe", GROUPS, "staff")).isEqualTo(403);
    assertThat(status("GET", "/api/status", USER, "joe")).isEqualTo(403);
    assertThat(status("GET", "/api/status", GROUPS, "chiefs")).isEqualTo(401);
  }

  @Test
  void nobody_gets_a_local_user_s_place() {
    for (String name : new String[] {"admin", "ADMIN", "token:ci", "x".repeat(101)}) {
      assertThat(status("GET", "/api/status", USER, name, GROUPS, "chiefs"))
          .as(name)
          .isEqualTo(403);
    }
  }

  @Test
  void a_second_line_is_one_that_the_proxy_let_through() {
    assertThat(status("GET", "/api/status", USER, "ada", USER, "grace", GROUPS, "chiefs"))
        .isEqualTo(401);
    assertThat(status("GET", "/api/status", USER, "ada", GROUPS, "chiefs", GROUPS, "on call"))
        .isEqualTo(403);
  }

  @Test
  void another_site_changes_nothing_in_somebody_s_name() {
    String body = Json.createObjectBuilder().add("name", "x").build().toString();
    Answer answer =
        behind.send(
            "POST",
            "/api/monitors",
            "application/json",
            body,
            USER,
            "grace",
            GROUPS,
            "chiefs",
            "Origin",
            "https://evil.example");
    assertThat(answer.status()).isEqualTo(403);
  }

  @Test
  void what_somebody_does_is_in_the_audit_by_name() {
    Monitors monitors = new Monitors(server.admin());
    String id = monitors.add(Wanted.heartbeat("by-ada", "1h").build()).getString("id");
    assertThat(status("POST", "/api/monitors/" + id + "/pause", USER, "ada", GROUPS, "on call"))
        .isLessThan(300);
    Await.until(
        "it is in the audit",
        SOON,
        () -> server.admin().get("/api/audit?limit=50").body().contains("\"ada\""));
  }

  @Test
  void the_stream_over_both_transports_knows_who_it_is() {
    Map<String, String> browser =
        Map.of(USER, "ada", GROUPS, "on call", "Origin", HardenedServer.PORTAL);
    try (Closing socket = new Closing(new OpenStream.Socket(server, browser))) {
      socket.socket().say("{\"op\":\"subscribe\"}");
      Await.until(
          "the hello has come",
          SOON,
          () -> socket.socket().heard().contains("\"user\":\"ada\",\"role\":\"operator\""));
    }
    Answer stream = behind.begin("/api/events", USER, "ada", GROUPS, "on call");
    assertThat(stream.status()).isEqualTo(200);
    assertThat(behind.begin("/api/events", USER, "joe", GROUPS, "staff").status()).isEqualTo(403);
    assertThat(behind.begin("/api/ws", USER, "ada", GROUPS, "staff").status()).isEqualTo(403);
  }

  /** Ends a socket. */
  private record Closing(OpenStream.Socket socket) implements AutoCloseable {
    @Override
    public void close() {
      socket.abort();
    }
  }

  @Test
  void who_is_no_proxy_is_not_believed() {
    Api elsewhere = people.anyone();
    assertThat(elsewhere.bare("GET", "/api/users", USER, "eve").status()).isEqualTo(401);
    assertThat(elsewhere.bare("GET", "/api/session", USER, "eve").status()).isEqualTo(401);
  }

  @Test
  void nobody_can_tell_the_handshake_of_a_socket_who_is_connected() {
    Map<String, String> forged =
        Map.of("ServerSence-Peer", People.PROXY, "serversence-peer", People.PROXY, USER, "eve");
    try (Closing socket = new Closing(new OpenStream.Socket(people.server(), forged))) {
      assertThat(hello(socket)).contains("\"user\":null,\"role\":\"viewer\"");
    }
    Map<String, String> ofProxy =
        Map.of(
            "ServerSence-Peer",
            "203.0.113.9",
            "ServerSence-Address",
            "203.0.113.9",
            "X-Forwarded-For",
            "198.51.100.7",
            USER,
            "grace",
            GROUPS,
            "chiefs",
            "Origin",
            HardenedServer.PORTAL);
    try (Closing socket = new Closing(new OpenStream.Socket(server, ofProxy))) {
      assertThat(hello(socket)).contains("\"user\":\"grace\",\"role\":\"admin\"");
      new Monitors(server.admin()).add(Wanted.heartbeat("by-socket", "1h").build());
      socket.socket().say("{\"id\":1,\"op\":\"pause\",\"monitor\":\"by-socket\"}");
      Await.until(
          "it is in the audit with the address that the proxy names",
          SOON,
          () ->
              server.admin().get("/api/audit?limit=50").json().getJsonArray("items").stream()
                  .map(JsonValue::asJsonObject)
                  .anyMatch(
                      entry ->
                          entry.getString("actor", "").equals("grace")
                              && entry.getString("address").equals("198.51.100.7")));
    }
    assertThat(server.admin().get("/api/audit?limit=200").body()).doesNotContain("203.0.113.9");
  }

  private static String hello(Closing socket) {
    socket.socket().say("{\"op\":\"subscribe\"}");
    return Await.value(
        "the hello has come",
        SOON,
        () -> Optional.of(socket.socket().heard()).filter(text -> text.contains("\"role\":")));
  }

  private int status(String method, String path, String... headers) {
    return behind.bare(method, path, headers).status();
  }
}
