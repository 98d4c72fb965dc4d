package io.serversence.server;

import static io.serversence.server.Problems.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Secrets go in and never come out, except to the target that they are for. */
@ExtendWith(RunningServer.class)
class SecretsIT {
  private static HttpServer target;

  /** What the target was last sent, by path. */
  private static final Map<String, String> SENT = new ConcurrentHashMap<>();

  private final Api admin;
  private final Monitors monitors;

  SecretsIT(Server server) {
    this.admin = server.admin();
    this.monitors = new Monitors(admin);
  }

  @BeforeAll
  static void open() throws IOException {
    target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext(
        "/",
        exchange -> {
          SENT.put(
              exchange.getRequestURI().getPath(),
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    target.start();
  }

  @AfterAll
  static void close() {
    target.stop(0);
  }

  private JsonObject wanted(String id, JsonObjectBuilder more) {
    return Wanted.seldom(
            Wanted.monitor(
                id,
                more.add("type", "http")
                    .add("url", "http://127.0.0.1:" + target.getAddress().getPort() + "/" + id)))
        .build();
  }

  private static JsonObjectBuilder bearer(String token) {
    return Json.createObjectBuilder().add("auth", Json.createObjectBuilder().add("bearer", token));
  }

  private String sent(String id) {
    assertThat(admin.bare("POST", "/api/monitors/" + id + "/probe").status()).isEqualTo(200);
    return SENT.get("/" + id);
  }

  @Test
  void a_bearer_token_is_shown_to_nobody_and_kept_by_its_mask() {
    JsonObject created = monitors.add(wanted("bearer", bearer("s3cr3t-token")));

    JsonObject masked = Json.createObjectBuilder().add("bearer", "***").build();
    assertThat(created.getJsonObject("target").getJsonObject("auth")).isEqualTo(masked);
    assertThat(admin.get("/api/monitors?q=bearer").body()).doesNotContain("s3cr3t");
    assertThat(admin.send("PUT", "/api/monitors/bearer", monitors.get("bearer")).status())
        .isEqualTo(200);
    assertThat(sent("bearer")).isEqualTo("Bearer s3cr3t-token");
    admin.patch("/api/monitors/bearer", Json.createObjectBuilder().add("group", "g").build());
    assertThat(sent("bearer")).isEqualTo("Bearer s3cr3t-token");
    admin.send("PUT", "/api/monitors/bearer", wanted("bearer", bearer("another")));
    assertThat(sent("bearer")).isEqualTo("Bearer another");
  }

  @Test
  void so_is_a_password_whose_user_name_is_shown() {
    JsonObject basic =
        Json.createObjectBuilder().add("username", "u").add("password", "p:ä").build();
    JsonObjectBuilder auth =
        Json.createObjectBuilder().add("auth", Json.createObjectBuilder().add("basic", basic));

    JsonObject shown =
        monitors
            .add(wanted("basic", auth))
            .getJsonObject("target")
            .getJsonObject("auth")
            .getJsonObject("basic");

    assertThat(shown.getString("username")).isEqualTo("u");
    assertThat(shown.getString("password")).isEqualTo("***");
    String pair = Base64.getEncoder().encodeToString("u:p:ä".getBytes(UTF_8));
    assertThat(sent("basic")).isEqualTo("Basic " + pair);
    admin.send("PUT", "/api/monitors/basic", monitors.get("basic"));
    assertThat(sent("basic")).isEqualTo("Basic " + pair);
  }

  @Test
  void a_header_that_carries_a_secret_is_masked_too() {
    JsonObjectBuilder headers =
        Json.createObjectBuilder()
            .add(
                "headers",
                Json.createObjectBuilder().add("authorization", "Key abc").add("Accept", "a/b"));

    JsonObject shown =
        monitors.add(wanted("header", headers)).getJsonObject("target").getJsonObject("headers");

    assertThat(shown.getString("authorization")).isEqualTo("***");
    assertThat(shown.getString("Accept")).isEqualTo("a/b");
    admin.send("PUT", "/api/monitors/header", monitors.get("header"));
    assertThat(sent("header")).isEqualTo("Key abc");
  }

  @Test
  void a_mask_keeps_nothing_where_nothing_is_stored() {
    assertProblem(
        admin.post("/api/monitors", wanted("masked", bearer("***"))), 400, "target.auth.bearer");
    monitors.add(wanted("tested", bearer("s3cr3t-of-another")));
    assertProblem(
        admin.post("/api/monitors/test", wanted("tested", bearer("***"))),
        400,
        "target.auth.bearer");
  }

  @Test
  void evidence_does_not_show_what_was_sent_in_secret() {
    Answer answer = admin.post("/api/monitors/test", wanted("evident", bearer("s3cr3t-sent")));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain("s3cr3t");
    assertThat(SENT.get("/evident")).isEqualTo("Bearer s3cr3t-sent");
  }
}
