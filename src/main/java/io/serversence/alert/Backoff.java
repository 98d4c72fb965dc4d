package io.serversence.alert;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** When a message that failed is tried again. A pure function of its arguments and the dice. */
final class Backoff {
  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration MOST_ASKED_FOR = Duration.ofHours(1);

  private Backoff() {}

  /**
   * A random time of 0 to 1 s × 2^(attempts - 1), at most 5 min ("full jitter"), but not less than
   * the receiver asked for, of which an hour counts at the most.
   *
   * @param attempts those that have failed, at least 1
   */
  static Duration after(int attempts, @Nullable Duration retryAfter, RandomGenerator dice) {
    long longest = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(attempts - 1, 20));
    Duration wait = Duration.ofMillis(1 + dice.nextLong(longest));
    if (retryAfter == null || retryAfter.compareTo(wait) <= 0) {
      return wait;
    }
    return retryAfter.compareTo(MOST_ASKED_FOR) < 0 ? retryAfter : MOST_ASKED_FOR;
  }
}
