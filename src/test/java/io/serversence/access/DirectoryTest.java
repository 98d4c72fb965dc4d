package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serversence.document.Refused;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectoryTest {
  private final Directory directory = new Directory();
  private final Scripted store = new Scripted();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Answers, fails, or hangs until it is let go, whatever interrupts it. */
  private static final class Scripted extends LdapIdentityStore {
    final AtomicInteger asked = new AtomicInteger();
    volatile CountDownLatch hanging = new CountDownLatch(0);
    volatile boolean away;

    @Override
    public CredentialValidationResult validate(Credential credential) {
      asked.incrementAndGet();
      boolean done = false;
      while (!done) {
        try {
          hanging.await();
          done = true;
        } catch (InterruptedException e) {
          // as a socket does
        }
      }
      if (away) {
        throw new DirectoryAway("not there", new IllegalStateException());
      }
      return ((UsernamePasswordCredential) credential).getPasswordAsString().equals("right")
          ? new CredentialValidationResult("zoe", Set.of("ops"))
          : CredentialValidationResult.INVALID_RESULT;
    }

    @Override
    Optional<Vouched> find(String name) {
      return Optional.of(new Vouched(name, Set.of()));
    }
  }

  @BeforeEach
  void configure() {
    directory.settings =
        LdapIdentityStoreTest.settings("ldap://127.0.0.1", false, LdapSettings.USER_FILTER);
    directory.store = store;
    directory.threads = threads;
    directory.patience = Duration.ofMillis(200);
  }

  @AfterEach
  void end() {
    store.hanging.countDown();
    threads.shutdownNow();
  }

  private Refused refusal() {
    Refused refused = catchThrowableOfType(Refused.class, () -> directory.verify("zoe", "right"));
    assertThat(refused).isNotNull();
    return refused;
  }

  @Test
  void who_is_proved_has_the_groups_of_the_directory() {
    directory.patience = Duration.ofSeconds(30);
    assertThat(directory.verify("zoe", "right")).contains(new Vouched("zoe", Set.of("ops")));
    assertThat(directory.verify("zoe", "wrong")).isEmpty();
  }

  @Test
  void a_directory_that_is_away_or_hangs_is_unavailable_for_now() {
    store.away = true;
    assertThat(refusal().reason()).isEqualTo(Refused.Reason.UNAVAILABLE);
    store.hanging = new CountDownLatch(1);
    assertThat(refusal())
        .hasMessageContaining("local users can sign in")
        .extracting(Refused::retryAfter)
        .isEqualTo("10");
  }

  @Test
  void four_ask_at_once_and_what_is_given_up_keeps_its_place_until_it_has_ended() {
    store.hanging = new CountDownLatch(1);
    for (int i = 0; i < Directory.AT_ONCE; i++) {
      refusal();
    }
    assertThat(refusal()).hasMessageContaining("too many");
    assertThat(store.asked).hasValue(Directory.AT_ONCE);

    store.hanging.countDown();
    directory.patience = Duration.ofSeconds(30);
    assertThat(directory.verify("zoe", "right")).isPresent();
  }

  @Test
  void of_more_than_twenty_that_wait_the_next_is_turned_away_at_once() {
    store.hanging = new CountDownLatch(1);
    directory.patience = Duration.ofMinutes(5);
    for (int i = 0; i < Directory.AT_ONCE + Directory.MOST_WAITING; i++) {
      threads.execute(() -> directory.verify("zoe", "right"));
    }
    while (directory.waiting() < Directory.MOST_WAITING) {
      Thread.onSpinWait();
    }

    assertThat(refusal()).hasMessageContaining("too many");
  }

  @Test
  void a_fault_of_the_program_is_told_as_such() {
    directory.store =
        new LdapIdentityStore() {
          @Override
          public CredentialValidationResult validate(Credential credential) {
            throw new IllegalArgumentException("a mistake");
          }
        };
    directory.patience = Duration.ofSeconds(30);
    assertThatThrownBy(() -> directory.verify("zoe", "right"))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("a mistake");
  }
}
