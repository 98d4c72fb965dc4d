package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameAncestorsTest {
  private static String sources(String... items) {
    return FrameAncestors.of(List.of(items)).sources();
  }

  @Test
  void by_default_and_by_none_nobody_may() {
    assertThat(sources()).isEqualTo("'none'");
    assertThat(sources("none")).isEqualTo("'none'");
  }

  @Test
  void self_and_origins_are_written_as_the_policy_has_them() {
    assertThat(sources("self", "https://portal.example", "http://*.example.org:8080"))
        .isEqualTo("'self' https://portal.example http://*.example.org:8080");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "https://a.example/path",
        "a.example",
        "'self'",
        "https://a.example; script-src *",
        "javascript:x",
        "https://",
        "https://a b"
      })
  void anything_else_is_refused(String item) {
    assertThatThrownBy(() -> sources("self", item)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sources("none", "self")).isInstanceOf(IllegalArgumentException.class);
  }
}
