package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serversence.document.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
  private final Passwords passwords = quick();

  static Passwords quick() {
    Passwords passwords = new Passwords();
    passwords.iterations = 10;
    return passwords;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "secret", "p\u00e4ss\u20ac\ud83d\ude00", "a:b$c", "\0"})
  void a_password_matches_its_hash_and_no_other(String password) {
    String hash = passwords.hash(password);
    assertThat(hash).startsWith("pbkdf2-sha256$10$").doesNotContain("secret");
    assertThat(passwords.matches(password, hash)).isTrue();
    assertThat(passwords.matches(password + "x", hash)).isFalse();
    assertThat(passwords.matches("other", hash)).isFalse();
    assertThat(passwords.hash(password)).isNotEqualTo(hash); // another salt
  }

  @Test
  void the_hash_is_that_of_the_standard() {
    // the first 32 bytes of the test vector of RFC 7914, section 11
    String known = "pbkdf2-sha256$1$c2FsdA$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw";
    assertThat(passwords.matches("passwd", known)).isTrue();
    assertThat(passwords.matches("Passwd", known)).isFalse();
  }

  @Test
  void more_rounds_than_today_are_still_understood() {
    String hash = passwords.hash("secret");
    passwords.iterations = 1_000;
    assertThat(passwords.matches("secret", hash)).isTrue();
    assertThat(passwords.hash("secret")).startsWith("pbkdf2-sha256$1000$");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "$",
        "$$$",
        "pbkdf2-sha256$1$c2FsdA",
        "pbkdf2-sha256$0$c2FsdA$AAAA",
        "pbkdf2-sha256$-1$c2FsdA$AAAA",
        "pbkdf2-sha256$10000001$c2FsdA$AAAA",
        "pbkdf2-sha256$x$c2FsdA$AAAA",
        "pbkdf2-sha256$1$$AAAA",
        "pbkdf2-sha256$1$c2FsdA$",
        "pbkdf2-sha256$1$!$AAAA",
        "md5$1$c2FsdA$AAAA",
        "pbkdf2-sha256$1$c2FsdA$AAAA$"
      })
  void a_hash_of_another_form_matches_nothing(String hash) {
    assertThat(passwords.matches("secret", hash)).isFalse();
    assertThat(passwords.matches("", hash)).isFalse();
  }

  @Test
  void without_a_hash_nothing_matches() {
    assertThat(passwords.matches("", null)).isFalse();
    assertThat(passwords.matches("secret", null)).isFalse();
  }

  @Test
  @Timeout(60)
  void two_hash_at_once_and_50_wait_and_the_rest_is_refused() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch hold = new CountDownLatch(1);
    CountDownLatch both = new CountDownLatch(2);
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < 52; i++) {
        calls.add(
            threads.submit(
                () ->
                    passwords.guarded(
                        () -> {
                          most.accumulateAndGet(running.incrementAndGet(), Math::max);
                          both.countDown();
                          await(hold);
                          running.decrementAndGet();
                          return true;
                        })));
      }
      both.await();
      while (passwords.waiting() < 50) {
        Thread.onSpinWait();
      }
      assertThatExceptionOfType(Refused.class)
          .isThrownBy(() -> passwords.guarded(() -> true))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Refused.Reason.TOO_MANY));
      hold.countDown();
      for (Future<Boolean> call : calls) {
        assertThat(call.get(30, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(most).hasValue(2);
      assertThat(passwords.guarded(() -> true)).isTrue(); // no turn was lost
    } finally {
      hold.countDown();
      threads.shutdownNow();
    }
  }

  @Test
  void a_failure_gives_its_turn_back() {
    for (int i = 0; i < 5; i++) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(
              () ->
                  passwords.guarded(
                      () -> {
                        throw new IllegalStateException("no");
                      }));
    }
    assertThat(passwords.guarded(() -> true)).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
