package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PendingCookieTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
  private static final PendingSignIn PENDING =
      new PendingSignIn(
          "state", "nonce", "verifier", URI.create("https://watch.example/back"), "/#/incidents");

  private final PendingCookie cookie = new PendingCookie();

  @Test
  void what_was_sealed_is_opened_for_ten_minutes() {
    String value = cookie.seal(PENDING, NOW);
    assertThat(value).matches("[A-Za-z0-9._-]+").doesNotContain("verifier");
    assertThat(cookie.open(value, NOW.plusSeconds(599))).contains(PENDING);
    assertThat(cookie.open(value, NOW.plusSeconds(600))).isEmpty();
  }

  @Test
  void what_another_hand_has_made_or_changed_is_not() {
    String value = cookie.seal(PENDING, NOW);
    char last = value.charAt(value.length() - 1);
    String[] parts = value.split("\\.", -1);
    for (String wrong :
        new String[] {
          "",
          "x",
          "....",
          value.substring(0, value.length() - 1) + (last == 'A' ? 'Q' : 'A'),
          value + ".a",
          parts[0] + "..",
          new PendingCookie().seal(PENDING, NOW),
          "eyJhbGciOiJub25lIn0.eyJzdGF0ZSI6InN0YXRlIn0.",
          "a".repeat(10_000)
        }) {
      assertThat(cookie.open(wrong, NOW)).as(wrong).isEmpty();
    }
  }
}
