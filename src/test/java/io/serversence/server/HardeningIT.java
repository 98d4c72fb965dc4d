package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.server.HardenedServer.Hardened;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The headers that protect browsers, and where connections may go. */
@ExtendWith(HardenedServer.class)
@ExtendWith(RunningServer.class)
class HardeningIT {
  private static final String EVIL = "https://evil.example";

  private final Server server;
  private final Server plain;

  HardeningIT(Hardened hardened, Server plain) {
    this.server = hardened.server();
    this.plain = plain;
  }

  @Test
  void pages_run_no_script_but_ours_and_are_framed_by_whom_is_configured() {
    Answer page = server.anyone().get("/");
    String policy = page.header("Content-Security-Policy");
    assertThat(policy)
        .contains("default-src 'none'", "script-src 'self'", "base-uri 'none'")
        .doesNotContain("unsafe")
        .endsWith("frame-ancestors 'self' " + HardenedServer.PORTAL);
    assertThat(plain.anyone().get("/").header("Content-Security-Policy"))
        .endsWith("frame-ancestors 'none'");
  }

  @Test
  void every_answer_forbids_guessing_its_type_and_telling_where_one_came_from() {
    for (String path :
        List.of("/", "/app.css", "/api/status", "/api/nothing", "/metrics", "/health/live", "/x")) {
      Answer answer = server.admin().get(path);
      assertThat(answer.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
      assertThat(answer.header("Referrer-Policy")).as(path).isEqualTo("same-origin");
      assertThat(answer.header("Content-Security-Policy"))
          .as(path)
          .startsWith("default-src 'none'")
          .contains("frame-ancestors ");
    }
  }

  @Test
  void a_configured_origin_reads_answers_of_any_status() {
    for (String path : List.of("/api/status", "/api/nothing", "/metrics", "/api/openapi.json")) {
      for (Api api : List.of(server.admin(), server.anyone())) {
        Answer answer =
            api.bare("GET", path, "Origin", HardenedServer.PORTAL, "Accept-Encoding", "gzip");
        assertThat(answer.headers().allValues("Access-Control-Allow-Origin"))
            .as(path)
            .containsExactly(HardenedServer.PORTAL);
        assertThat(String.join(", ", answer.headers().allValues("Vary")))
            .as(path)
            .contains("Origin");
      }
    }
    assertThat(
            server
                .admin()
                .begin("/api/events", "Origin", HardenedServer.PORTAL)
                .header("Access-Control-Allow-Origin"))
        .isEqualTo(HardenedServer.PORTAL);
  }

  @Test
  void a_configured_origin_reads_a_status_page_live_and_no_other_does() {
    JsonObject page =
        Json.createObjectBuilder().add("title", "Hardened").add("published", true).build();
    assertThat(server.admin().post("/api/status-pages", page).status()).isEqualTo(201);
    try {
      for (String path : List.of("/events", "/summary.json")) {
        String asked = "/status/hardened" + path;
        Answer allowed = server.anyone().begin(asked, "Origin", HardenedServer.PORTAL);
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo(HardenedServer.PORTAL);
        assertThat(server.anyone().begin(asked, "Origin", EVIL).headers().map().keySet())
            .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
      }
    } finally {
      server.admin().delete("/api/status-pages/hardened");
    }
  }

  @Test
  void a_configured_origin_may_ask_first_without_credentials() {
    Answer answer = preflight(server, HardenedServer.PORTAL);
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Access-Control-Allow-Methods")).contains("PATCH", "DELETE");
    assertThat(answer.header("Access-Control-Allow-Headers")).contains("Authorization");
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(HardenedServer.PORTAL);
  }

  @Test
  void no_other_origin_may_and_none_where_none_is_configured() {
    for (Answer answer :
        List.of(
            preflight(server, EVIL),
            preflight(server, "null"),
            preflight(server, HardenedServer.PORTAL + ".evil.example"),
            preflight(plain, HardenedServer.PORTAL),
            server.admin().bare("GET", "/api/status", "Origin", EVIL),
            plain.admin().bare("GET", "/api/status", "Origin", HardenedServer.PORTAL))) {
      assertThat(answer.headers().map().keySet())
          .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
    }
  }

  private static Answer preflight(Server asked, String origin) {
    return asked
        .anyone()
        .bare(
            "OPTIONS",
            "/api/monitors/x",
            "Origin",
            origin,
            "Access-Control-Request-Method",
            "PATCH",
            "Access-Control-Request-Headers",
            "authorization,content-type");
  }

  private static JsonObject tcp(String host, int port) {
    JsonObjectBuilder target =
        Json.createObjectBuilder().add("type", "tcp").add("host", host).add("port", port);
    return Wanted.monitor("egress", target).build();
  }

  @Test
  void probes_go_only_where_they_may() {
    for (String host : List.of("10.0.0.1", "192.0.2.1", "169.254.169.254", "::ffff:a9fe:a9fe")) {
      Answer answer = server.admin().post("/api/monitors/test", tcp(host, 80));
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(answer.json().getString("message")).as(host).endsWith("is not allowed");
    }
    Answer loopback = server.admin().post("/api/monitors/test", tcp("127.0.0.1", server.port()));
    assertThat(loopback.json().getString("outcome")).as(loopback.body()).isEqualTo("UP");
  }

  @Test
  void a_language_that_cannot_be_read_is_none() {
    for (String language : List.of("de;q=abc", "-,Ed  N", "de;q=2", "*;")) {
      Answer answer = server.anyone().bare("GET", "/api/sign-in", "Accept-Language", language);
      assertThat(answer.status()).as(language).isEqualTo(200);
    }
  }
}
