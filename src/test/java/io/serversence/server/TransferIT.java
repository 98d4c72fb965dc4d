package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How answers travel: their compression, and the headers that keep them where they belong. */
@ExtendWith(RunningServer.class)
class TransferIT {
  private static final String LARGE = "/api/openapi.json";
  private static final String SMALL = "/api/session";

  private final Api admin;

  TransferIT(Server server) {
    this.admin = server.admin();
  }

  private HttpResponse<byte[]> get(String path, String encoding) throws Exception {
    HttpRequest request = admin.request(path).header("Accept-Encoding", encoding).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
  }

  private static String inflated(byte[] bytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void large_json_is_compressed_for_those_who_accept_it() throws Exception {
    String plain = admin.get(LARGE).body();
    assertThat(plain.length()).isGreaterThan(1024);

    for (String accepted : new String[] {"gzip", "br, GZIP;q=0.5", "*", "deflate,gzip;q=1.0"}) {
      HttpResponse<byte[]> answer = get(LARGE, accepted);

      assertThat(answer.headers().firstValue("Content-Encoding")).as(accepted).contains("gzip");
      assertThat(answer.headers().firstValue("Vary")).contains("Accept-Encoding");
      assertThat(inflated(answer.body())).isEqualTo(plain);
    }
  }

  @Test
  void it_is_not_for_those_who_do_not_nor_is_it_small() throws Exception {
    for (String refused : new String[] {"identity", "gzip;q=0", "*;q=0", "br", "xgzip", ""}) {
      HttpResponse<byte[]> answer = get(LARGE, refused);

      assertThat(answer.headers().firstValue("Content-Encoding")).as(refused).isEmpty();
      assertThat(answer.headers().firstValue("Vary")).contains("Accept-Encoding");
    }
    assertThat(get(SMALL, "gzip").headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void the_event_stream_is_never_compressed() {
    Answer stream = admin.begin("/api/events", "Accept-Encoding", "gzip");

    assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
    assertThat(stream.header("Content-Encoding")).isEmpty();
    assertThat(stream.header("Cache-Control")).contains("no-store").contains("no-transform");
  }

  @Test
  void answers_are_neither_cached_nor_taken_for_anything_else() {
    for (String path : new String[] {LARGE, SMALL, "/api/nothing", "/metrics", "/health/live"}) {
      Answer answer = admin.get(path);

      assertThat(answer.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
      assertThat(answer.header("Cache-Control")).as(path).contains("no-store");
    }
  }

  @Test
  void pages_of_other_origins_may_not_read() {
    for (String method : new String[] {"GET", "OPTIONS"}) {
      Answer answer =
          admin.bare(
              method,
              "/api/status",
              "Origin",
              "https://evil.example",
              "Access-Control-Request-Method",
              "DELETE");

      assertThat(answer.headers().map().keySet())
          .as(method)
          .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
    }
  }

  @Test
  void nothing_tells_which_server_runs() {
    for (String path : new String[] {"/", LARGE, "/api/nothing", "/nothing", "/metrics"}) {
      Answer answer = admin.get(path);

      assertThat(answer.header("Server")).as(path).isEmpty();
      assertThat(answer.header("X-Powered-By")).as(path).isEmpty();
      assertThat(answer.body()).as(path).doesNotContainIgnoringCase("payara");
    }
  }
}
