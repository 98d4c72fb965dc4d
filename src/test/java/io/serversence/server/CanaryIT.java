package io.serversence.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.server.HardenedServer.Hardened;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Secrets that were handed in are in nothing that comes out, and not on the disk either. */
@ExtendWith(HardenedServer.class)
class CanaryIT {
  private static final String CANARY = "c4n4ry";
  private static final List<String> SPELLINGS =
      List.of(CANARY, base64("u:" + CANARY), base64(CANARY), base64("x" + CANARY));

  private final Server server;
  private final Api admin;

  CanaryIT(Hardened hardened) {
    server = hardened.server();
    admin = server.admin();
  }

  private static String base64(String text) {
    return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static JsonObjectBuilder object() {
    return Json.createObjectBuilder();
  }

  /** Watched every second at a port where nobody is, so that it fails and leaves evidence. */
  private void watch(String id, JsonObjectBuilder target) {
    target.add("url", "http://127.0.0.1:1/" + id);
    Answer answer = admin.post("/api/monitors", Wanted.quick(Wanted.monitor(id, target)));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  private void watchAll() {
    watch(
        "canary-bearer",
        object().add("type", "http").add("auth", object().add("bearer", CANARY + "-bearer")));
    watch(
        "canary-basic",
        object()
            .add("type", "http")
            .add(
                "auth",
                object().add("basic", object().add("username", "u").add("password", CANARY))));
    watch(
        "canary-header",
        object().add("type", "http").add("headers", object().add("X-Api-Key", CANARY + "-key")));
    watch(
        "canary-stream",
        object().add("type", "sse").add("headers", object().add("Cookie", "a=" + CANARY)));
  }

  private void signInAndOut() {
    JsonObjectBuilder user = object().add("username", "canary").add("role", "viewer");
    assertThat(admin.post("/api/users", user.add("password", CANARY + "-pass").build()).status())
        .isEqualTo(201);
    Api own = new Api(server, "canary", CANARY + "-pass");
    assertThat(own.get("/api/status").status()).isEqualTo(200);
    for (String wrong : List.of(CANARY + "-wrong", CANARY)) {
      server
          .anyone()
          .post("/api/session", object().add("username", "u").add("password", wrong).build());
    }
    server.anyone().bare("GET", "/api/status", "Authorization", "Bearer " + CANARY + "-token");
    server.anyone().bare("GET", "/api/status", "Cookie", "serversence-session=" + CANARY);
    own.bare("PUT", "/api/session/password");
    own.send(
        "PUT",
        "/api/session/password",
        object().add("old", CANARY + "-old").add("new", CANARY + "-new").build());
    own.send("POST", "/api/monitors", "application/json", "{\"" + CANARY);
  }

  /** All that can be read of a monitor and beyond, by operation. */
  private Map<String, String> read(String id) {
    Map<String, String> all = new LinkedHashMap<>();
    String incident =
        admin
            .get("/api/incidents?monitor=" + id)
            .json()
            .getJsonArray("items")
            .getJsonObject(0)
            .getString("id");
    JsonObject paths = admin.get("/api/openapi.json").json().getJsonObject("paths");
    paths.forEach(
        (path, item) -> {
          if (item.asJsonObject().containsKey("get") && !path.equals("/api/events")) {
            String one = path.contains("/incidents/") ? incident : id;
            String asked = path.replaceAll("\\{\\w+}", one);
            for (String type : List.of("application/json", "text/csv", "application/x-ndjson")) {
              all.put(asked + " " + type, admin.bare("GET", asked, "Accept", type).body());
            }
          }
        });
    return all;
  }

  @Test
  void no_secret_comes_out_and_none_is_on_the_disk() throws IOException {
    JsonObject token =
        admin.post("/api/tokens", object().add("name", "c").add("role", "admin").build()).json();
    String bearer = "Bearer " + token.getString("token");
    OpenStream events =
        OpenStream.events(
            server.anyone().request("/api/events").header("Authorization", bearer).build());
    OpenStream.Socket socket = new OpenStream.Socket(server, bearer).say("{\"op\":\"subscribe\"}");
    watchAll();
    signInAndOut();
    List<String> ids = List.of("canary-bearer", "canary-basic", "canary-header", "canary-stream");
    Map<String, String> out = new LinkedHashMap<>();
    for (String id : ids) {
      Await.until(
          "an incident of " + id,
          Duration.ofSeconds(60),
          () -> admin.get("/api/incidents?monitor=" + id).body().contains("\"monitor\""));
      out.putAll(read(id));
    }
    admin.delete("/api/tokens/" + token.getString("id"));
    out.put("events", events.ended(Duration.ofSeconds(20)));
    out.put("socket", socket.stream().ended(Duration.ofSeconds(20)));
    assertThat(out.get("events")).contains("canary-bearer");
    assertThat(out.get("/api/monitors/canary-bearer application/json")).contains("\"***\"");
    out.forEach(CanaryIT::assertClean);

    assertThat(mode(server.data().resolve("secret.key"))).isEqualTo("rw-------");
    server.stop();
    try {
      assertClean("log", String.join("\n", server.log().lines()));
      try (Stream<Path> files = Files.walk(server.data())) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertClean(file.toString(), new String(Files.readAllBytes(file), ISO_8859_1));
        }
      }
    } finally {
      server.start();
    }
    for (String id : ids) {
      assertThat(admin.get("/api/monitors/" + id).body()).contains("***").doesNotContain("sealed");
    }
    ids.forEach(id -> assertThat(admin.delete("/api/monitors/" + id).status()).isEqualTo(204));
    assertThat(admin.delete("/api/users/canary").status()).isEqualTo(204);
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static void assertClean(String where, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String secret : SPELLINGS) {
      assertThat(lower.contains(secret.toLowerCase(Locale.ROOT)))
          .as(secret + " is in " + where)
          .isFalse();
    }
  }
}
