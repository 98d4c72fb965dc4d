package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.document.Refused;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginLimitsTest {
  private static final String HERE = "192.0.2.1";
  private static final String THERE = "192.0.2.2";

  private final LoginLimits limits = new LoginLimits();
  private long now = 1_000_000;
  private int hashes;

  @BeforeEach
  void clock() {
    limits.nanos = () -> now;
  }

  /** True if it was let through to the hash. */
  private boolean wrong(String account, String address) {
    try {
      limits.password(
          account,
          address,
          () -> {
            hashes++;
            return Optional.empty();
          });
      return true;
    } catch (Refused e) {
      assertThat(e.reason()).isEqualTo(Refused.Reason.TOO_MANY);
      return false;
    }
  }

  private boolean right(String account, String address) {
    return limits.password(account, address, () -> Optional.of(account)).isPresent();
  }

  @Test
  void ten_thousand_wrong_tries_from_one_address_reach_the_hash_twenty_times_a_minute() {
    for (int i = 0; i < 10_000; i++) {
      now += Duration.ofMillis(6).toNanos(); // a minute in all
      wrong("account" + i, HERE);
    }
    assertThat(hashes).isEqualTo(20);
  }

  @Test
  void in_no_minute_at_all_are_there_more_than_twenty() {
    long[] at = new long[1_000];
    int let = 0;
    for (int i = 0; i < 10_000; i++) {
      now += Duration.ofMillis(37).toNanos();
      if (wrong("account" + i, HERE)) {
        at[let++] = now;
      }
    }
    assertThat(let).isGreaterThan(100);
    for (int i = 20; i < let; i++) {
      assertThat(at[i] - at[i - 20]).isGreaterThanOrEqualTo(Duration.ofMinutes(1).toNanos());
    }
  }

  @Test
  void one_account_is_tried_ten_times_a_minute_from_one_address() {
    for (int i = 0; i < 100; i++) {
      wrong("ann", HERE);
    }
    assertThat(hashes).isEqualTo(10);
    assertThat(wrong("bob", HERE)).isTrue();
  }

  @Test
  void the_same_account_gets_in_from_another_address() {
    for (int i = 0; i < 100; i++) {
      wrong("ann", HERE);
    }
    assertThat(right("ann", THERE)).isTrue();
    assertThatThrownBy(() -> right("ann", HERE)).isInstanceOf(Refused.class);
  }

  @Test
  void success_counts_for_nothing() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(right("ann", HERE)).isTrue();
    }
    assertThat(limits.remembered()).isZero();
  }

  @Test
  void work_that_was_not_done_counts_for_nothing() {
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(
              () ->
                  limits.password(
                      "ann",
                      HERE,
                      () -> {
                        throw new IllegalStateException("not done");
                      }))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(right("ann", HERE)).isTrue();
  }

  @Test
  void tries_at_the_same_time_are_counted_before_they_end() {
    int[] deepest = {0};
    nested(deepest, 0);
    assertThat(deepest[0]).isEqualTo(10);
  }

  private void nested(int[] deepest, int depth) {
    deepest[0] = Math.max(deepest[0], depth);
    try {
      limits.password(
          "ann",
          HERE,
          () -> {
            nested(deepest, depth + 1);
            return Optional.empty();
          });
    } catch (Refused e) {
      assertThat(depth).isEqualTo(10);
    }
  }

  @Test
  void it_tells_when_to_come_back_and_lets_one_in_then() {
    for (int i = 0; i < 10; i++) {
      wrong("ann", HERE);
      now += Duration.ofSeconds(1).toNanos();
    }
    assertThatThrownBy(() -> limits.checkPassword("ann", HERE))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.retryAfter()).isEqualTo("50"));
    now += Duration.ofSeconds(50).toNanos();
    assertThat(right("ann", HERE)).isTrue();
  }

  @Test
  void an_ipv6_client_gains_nothing_by_its_many_addresses() {
    for (int i = 0; i < 1_000; i++) {
      wrong("account" + i, "2001:db8:0:1::" + Integer.toHexString(i));
    }
    assertThat(hashes).isEqualTo(20);
  }

  @Test
  void wrong_tokens_are_bounded_and_keep_no_password_out() {
    int let = 0;
    for (int i = 0; i < 1_000; i++) {
      try {
        limits.wrongBearer(HERE);
        let++;
      } catch (Refused e) {
        assertThat(e.retryAfter()).isEqualTo("60");
      }
    }
    assertThat(let).isEqualTo(20);
    assertThat(right("ann", HERE)).isTrue();
  }

  @Test
  void what_it_remembers_has_an_end() {
    for (int i = 0; i < 3 * LoginLimits.MOST; i++) {
      String address = "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255);
      wrong("a".repeat(5_000), address);
      limits.wrongBearer(address);
    }
    assertThat(limits.remembered()).isEqualTo(LoginLimits.MOST);
  }
}
