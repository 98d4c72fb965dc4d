package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimPathTest {
  private static Set<String> texts(String path, Map<?, ?> claims) {
    return ClaimPath.parse(path).texts(claims);
  }

  @Test
  void a_text_and_a_list_of_texts_are_found_and_nothing_else() {
    assertThat(texts("groups", Map.of("groups", "ops"))).containsExactly("ops");
    assertThat(texts("groups", Map.of("groups", Arrays.asList("b", 7, null, " ", "a", true))))
        .containsExactlyInAnyOrder("a", "b");
    assertThat(texts("groups", Map.of("groups", 7, "other", "x"))).isEmpty();
    assertThat(texts("groups", Map.of("groups", Map.of("a", "b")))).isEmpty();
    assertThat(texts("groups", Map.of())).isEmpty();
  }

  @Test
  void names_lie_within_each_other_and_may_have_dots_themselves() {
    Map<String, Object> claims =
        Map.of(
            "realm_access", Map.of("roles", List.of("ops")),
            "resource_access", Map.of("status.example", Map.of("roles", List.of("chiefs"))),
            "https://sso.example/groups", List.of("staff"),
            "a", Map.of("b", Map.of("c", "within")),
            "a.b", Map.of("d", "beside"));
    assertThat(texts("realm_access.roles", claims)).containsExactly("ops");
    assertThat(texts("resource_access.status.example.roles", claims)).containsExactly("chiefs");
    assertThat(texts("https://sso.example/groups", claims)).containsExactly("staff");
    assertThat(texts("a.b.c", claims)).containsExactly("within");
    assertThat(texts("a.b.d", claims)).containsExactly("beside");
    assertThat(texts("a.b.e", claims)).isEmpty();
    assertThat(texts("realm_access.roles.more", claims)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", ".a", "a..b"})
  void what_is_no_path_is_refused(String text) {
    assertThatThrownBy(() -> ClaimPath.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
