package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VerifiedCredentialsTest {
  private static final User ADA = new User("ada", Role.VIEWER, "hash", true, Instant.EPOCH);
  private final HandNanos clock = new HandNanos();
  private final VerifiedCredentials verified = new VerifiedCredentials(clock);

  @Test
  void credentials_are_remembered_for_5_minutes() {
    verified.add("c", ADA);
    clock.pass(VerifiedCredentials.LIFE);
    assertThat(verified.find("c")).contains(ADA);
    assertThat(verified.find("C")).isEmpty();
    clock.pass(Duration.ofNanos(1));
    assertThat(verified.find("c")).isEmpty();
  }

  @Test
  void being_found_does_not_make_them_younger_but_being_verified_does() {
    verified.add("c", ADA);
    clock.pass(Duration.ofMinutes(4));
    assertThat(verified.find("c")).isPresent();
    verified.add("c", ADA);
    clock.pass(Duration.ofMinutes(4));
    assertThat(verified.find("c")).isPresent();
    clock.pass(Duration.ofMinutes(2));
    assertThat(verified.find("c")).isEmpty();
  }

  @Test
  void of_more_than_1000_the_oldest_goes() {
    for (int i = 0; i < VerifiedCredentials.MOST; i++) {
      verified.add("c" + i, ADA);
    }
    verified.add("c0", ADA); // verified again: now the youngest
    verified.add("new", ADA);
    assertThat(verified.find("c1")).isEmpty();
    assertThat(verified.find("c0")).isPresent();
    assertThat(verified.find("c2")).isPresent();
    assertThat(verified.find("new")).isPresent();
  }
}
