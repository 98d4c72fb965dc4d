package io.serversence.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLineTest {
  private static boolean passes(FakeRequest request) {
    return RequestLine.fault(request.servlet()) == null;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/x", "/api/%C3%A4", "/api/%F0%9F%92%A9", "/api/a%2Fb", "/api/\u00e4"})
  void text_passes(String path) {
    assertThat(passes(new FakeRequest().uri(path))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/%ff%fe",
        "/api/%c0%ae",
        "/api/%ed%a0%80",
        "/api/%e2%82",
        "/%",
        "/%zz",
        "/%4"
      })
  void what_is_no_text_does_not(String path) {
    assertThat(passes(new FakeRequest().uri(path))).isFalse();
  }

  @Test
  void a_body_has_a_length_or_comes_in_chunks() {
    assertThat(passes(new FakeRequest().header("Transfer-Encoding", "Chunked"))).isTrue();
    assertThat(passes(new FakeRequest().header("Transfer-Encoding", "gzip"))).isFalse();
    assertThat(passes(new FakeRequest().header("Transfer-Encoding", "gzip, chunked"))).isFalse();
  }
}
