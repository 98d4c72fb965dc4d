package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The files of the pages, as they go over the wire. */
@ExtendWith(RunningServer.class)
class PageFilesIT {
  private final Server server;

  PageFilesIT(Server server) {
    this.server = server;
  }

  private Answer ask(String method, String path, String... headers) {
    return server.anyone().bare(method, path, headers);
  }

  @Test
  void they_are_compressed_for_who_takes_it_and_sent_once_only() {
    Map<String, String> types =
        Map.of(
            "/", "text/html",
            "/lab/", "text/html",
            "/app.css", "text/css",
            "/favicon.svg", "image/svg+xml",
            "/js/text.js", "text/javascript",
            "/js/settings/channels.js", "text/javascript");
    for (String path : types.keySet()) {
      Answer plain = ask("GET", path);
      Answer packed = ask("GET", path, "Accept-Encoding", "gzip, br");
      assertThat(plain.status()).as(path).isEqualTo(200);
      assertThat(plain.header("Content-Encoding")).as(path).isEmpty();
      assertThat(packed.header("Content-Encoding")).as(path).isEqualTo("gzip");
      assertThat(packed.header("Content-Type")).as(path).startsWith(types.get(path));
      for (Answer answer : List.of(plain, packed)) {
        assertThat(answer.header("Vary")).as(path).contains("Accept-Encoding");
      }
      String tag = packed.header("ETag");
      Answer again = ask("GET", path, "Accept-Encoding", "gzip", "If-None-Match", tag);
      assertThat(again.status()).as(path).isEqualTo(304);
      Answer head = ask("HEAD", path, "Accept-Encoding", "gzip");
      assertThat(head.header("Content-Length")).as(path).isEqualTo(packed.header("Content-Length"));
    }
    long length = Long.parseLong(ask("GET", "/js/text.js").header("Content-Length"));
    Answer packed = ask("GET", "/js/text.js", "Accept-Encoding", "gzip");
    assertThat(Long.parseLong(packed.header("Content-Length"))).isLessThan(length / 2);
  }

  @Test
  void nothing_else_of_the_archive_can_be_had() {
    for (String path :
        List.of("/WEB-INF/web.xml", "/WEB-INF/x.html", "/js/none.js", "/META-INF/x.js")) {
      assertThat(ask("GET", path, "Accept-Encoding", "gzip").status()).as(path).isEqualTo(404);
    }
  }
}
