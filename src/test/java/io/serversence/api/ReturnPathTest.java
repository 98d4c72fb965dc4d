package io.serversence.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a browser may be sent after signing in. */
class ReturnPathTest {
  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/#/incidents/a%20b, /",
    "/status/shop?x=1#y, /",
    "/watch/, /watch/",
    "/watch/#/incidents, /watch/"
  })
  void to_a_path_of_the_application(String path, String home) {
    assertThat(SignInServlet.local(path, home)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/a b",
        "/a\r\nSet-Cookie: x=y",
        "/\u0000",
        "/ä",
        "relative",
        "#/incidents"
      })
  void and_nowhere_else(String path) {
    assertThat(SignInServlet.local(path, "/")).isFalse();
    assertThat(SignInServlet.local(path, "/watch/")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/other/", "/watch", "/watch/../other", "/watch/%2E%2e/other", "/watching/"})
  void nor_to_another_application_of_the_server(String path) {
    assertThat(SignInServlet.local(path, "/watch/")).isFalse();
  }
}
