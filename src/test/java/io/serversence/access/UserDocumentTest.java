package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serversence.document.FieldError;
import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserDocumentTest {
  @ParameterizedTest
  @ValueSource(strings = {"ann", "Ann.B_c-d@example.org", "o'Brien", "Zoë", "李雷", "7"})
  void names_of_letters_digits_and_a_few_signs_are_names(String name) {
    assertThat(UserDocument.isName(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a:b",
        "a b",
        ".a",
        "-a",
        "a/b",
        "a\nb",
        "a\u200bb",
        "Zoe\u0308",
        "Anonymous",
        "<b>",
        "a\\b"
      })
  void others_are_not(String name) {
    assertThat(UserDocument.isName(name)).isFalse();
  }

  @Test
  void a_name_has_at_most_100_characters() {
    assertThat(UserDocument.isName("a".repeat(100))).isTrue();
    assertThat(UserDocument.isName("a".repeat(101))).isFalse();
  }

  private static java.util.List<String> faults(String name, String password) {
    InvalidDocument invalid =
        catchThrowableOfType(
            InvalidDocument.class,
            () ->
                UserDocument.readNew(
                    Json.object()
                        .add("username", name)
                        .add("role", "viewer")
                        .add("password", password)
                        .build()));
    return invalid == null
        ? java.util.List.of()
        : invalid.errors().stream().map(FieldError::field).toList();
  }

  @Test
  void passwords_have_8_to_500_characters_of_any_kind_and_are_not_the_name() {
    assertThat(faults("ann", "1234567")).containsExactly("password");
    assertThat(faults("ann", "12345678")).isEmpty();
    assertThat(faults("ann", "  ünï 💥")).isEmpty();
    assertThat(faults("ann", "x".repeat(500))).isEmpty();
    assertThat(faults("ann", "x".repeat(501))).containsExactly("password");
    assertThat(faults("annabella", "AnnaBella")).containsExactly("password");
  }

  @Test
  void what_was_read_can_be_written_back() {
    User ann = new User("ann", Role.OPERATOR, "hash", false, Instant.EPOCH, 7);
    UserDocument.Changed changed = UserDocument.readPatch(UserDocument.write(ann), "ann");
    assertThat(changed).isEqualTo(new UserDocument.Changed(Role.OPERATOR, null, false));
    assertThat(UserDocument.write(ann).toString()).doesNotContain("hash");
  }

  @Test
  void a_token_is_asked_for_with_a_name_a_role_and_an_end_to_come() {
    Instant now = Instant.parse("2026-11-22T10:15:30Z");
    var document =
        Json.object().add("name", " ").add("role", "root").add("expiresAt", now.toString()).build();
    InvalidDocument invalid =
        catchThrowableOfType(InvalidDocument.class, () -> TokenDocument.read(document, now));
    assertThat(invalid.errors())
        .extracting(FieldError::field)
        .containsExactlyInAnyOrder("name", "role", "expiresAt");
    var good = Json.object().add("name", "ci").add("role", "operator").build();
    assertThat(TokenDocument.read(good, now))
        .isEqualTo(new TokenDocument.Wanted("ci", Role.OPERATOR, null));
  }
}
