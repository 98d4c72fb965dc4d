package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretBoxTest {
  private static final SecretKey OLD = SecretKey.random();
  private static final SecretKey NEW = SecretKey.random();
  private static final SecretBox BOX = SecretBox.of(List.of(NEW));

  @Property(tries = 200)
  void what_is_sealed_is_opened_as_it_was(@ForAll String secret) {
    String wellFormed = secret.replaceAll("[\\ud800-\\udfff]", "?");
    assertThat(BOX.open(BOX.seal(wellFormed))).isEqualTo(wellFormed);
  }

  @Test
  void a_sealed_secret_shows_its_key_and_nothing_of_itself() {
    String sealed = BOX.seal("s3cret");
    assertThat(sealed).startsWith("sealed:1:" + NEW.id() + ":").doesNotContain("s3cret");
    assertThat(BOX.isCurrent(sealed)).isTrue();
    assertThat(NEW.toString()).isEqualTo("SecretKey[" + NEW.id() + "]");
  }

  @Test
  void the_same_secret_is_never_sealed_the_same_way() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      seen.add(BOX.seal("s3cret"));
    }
    assertThat(seen).hasSize(1_000);
  }

  @Test
  void what_was_never_sealed_is_what_it_is() {
    for (String plain : List.of("", "s3cret", "sealed:1:", "sealed:1:0123456789abcdef:short")) {
      assertThat(BOX.open(plain)).isEqualTo(plain);
      assertThat(BOX.open(BOX.seal(plain))).isEqualTo(plain);
    }
  }

  @Test
  void keys_can_be_changed_one_after_another() {
    String old = SecretBox.of(List.of(OLD)).seal("s3cret");
    SecretBox both = SecretBox.of(List.of(NEW, OLD));
    assertThat(both.open(old)).isEqualTo("s3cret");
    assertThat(both.isCurrent(old)).isFalse();
    String fresh = both.seal(old);
    assertThat(both.isCurrent(fresh)).isTrue();
    assertThat(BOX.open(fresh)).isEqualTo("s3cret");
    assertThat(both.seal(fresh)).isEqualTo(fresh);
  }

  @Test
  void without_its_key_a_secret_stays_sealed_until_the_key_is_back() {
    String old = SecretBox.of(List.of(OLD)).seal("s3cret");
    assertThat(BOX.open(old)).isEqualTo(old);
    assertThat(BOX.seal(old)).isEqualTo(old);
    assertThat(SecretBox.of(List.of(OLD)).open(BOX.seal(BOX.open(old)))).isEqualTo("s3cret");
  }

  @Test
  void a_changed_secret_is_noticed() {
    String sealed = BOX.seal("s3cret");
    int last = sealed.length() - 2;
    String changed = sealed.substring(0, last) + (sealed.charAt(last) == 'A' ? "BA" : "AA");
    assertThat(BOX.open(changed)).isEqualTo(changed);
  }

  @Test
  void a_box_without_keys_leaves_all_as_it_is() {
    assertThat(SecretBox.PLAIN.seal("s3cret")).isEqualTo("s3cret");
    assertThat(SecretBox.PLAIN.open("s3cret")).isEqualTo("s3cret");
    assertThatThrownBy(() -> SecretBox.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_key_is_32_bytes_in_either_base64() {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) 0xfb;
    bytes[1] = (byte) 0xff;
    String id = SecretKey.parse(Base64.getEncoder().encodeToString(bytes)).id();
    assertThat(SecretKey.parse(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)).id())
        .isEqualTo(id)
        .matches("[0-9a-f]{16}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "password", "c2hvcnQ=", "!", "ä"})
  void anything_else_is_refused_without_being_shown(String text) {
    assertThatThrownBy(() -> SecretKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must be 32 bytes in Base64")
        .hasNoCause();
  }
}
