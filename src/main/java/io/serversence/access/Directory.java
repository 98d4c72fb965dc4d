package io.serversence.access;

import io.serversence.document.MeterSource;
import io.serversence.document.MeterWriter;
import io.serversence.document.Refused;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Asks the directory of users on threads of the container: four questions at once, 20 that wait,
 * each answered or given up within 3 s, whatever the directory does. Safe for use by many threads.
 */
@ApplicationScoped
public class Directory implements MeterSource {
  static final int AT_ONCE = 4;
  static final int MOST_WAITING = 20;
  private static final System.Logger LOG = System.getLogger(Directory.class.getName());

  @Inject LdapSettings settings;
  @Inject LdapIdentityStore store;

  @Resource(lookup = "java:comp/DefaultManagedExecutorService")
  ExecutorService threads;

  Duration patience = LdapIdentityStore.PATIENCE;

  private final Semaphore places = new Semaphore(AT_ONCE, true);
  private final AtomicBoolean away = new AtomicBoolean();
  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();

  @SuppressWarnings("NullAway.Init") // CDI and the container set all
  public Directory() {}

  /** True if there is one. */
  boolean configured() {
    return settings.configured();
  }

  /**
   * Whom the password proves; empty for nobody.
   *
   * @throws Refused UNAVAILABLE if the directory does not tell in time
   */
  Optional<Vouched> verify(String name, String password) {
    CredentialValidationResult result =
        ask(() -> store.validate(new UsernamePasswordCredential(name, password)));
    return result.getStatus() == CredentialValidationResult.Status.VALID
        ? Optional.of(new Vouched(result.getCallerPrincipal().getName(), result.getCallerGroups()))
        : Optional.empty();
  }

  /**
   * Finds out who somebody is by now, if a place is free, and tells it on another thread; empty if
   * there is no such user any more. Tells nothing if the directory does not.
   */
  void findLater(String name, Consumer<Optional<Vouched>> then) {
    if (!places.tryAcquire()) {
      return;
    }
    try {
      start(
          () -> {
            try {
              Optional<Vouched> found = store.find(name);
              answered();
              then.accept(found);
            } catch (DirectoryAway e) {
              failed(String.valueOf(e.getMessage()));
            }
          });
    } catch (Refused e) {
      // as if the directory had not told
    }
  }

  private <T> T ask(Callable<T> question) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      if (waiting() >= MOST_WAITING
          || !places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw unavailable("too many ask the directory at once");
      }
      FutureTask<T> task = new FutureTask<>(question);
      start(task);
      try {
        T answer = task.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        answered();
        return answer;
      } finally {
        task.cancel(true);
      }
    } catch (TimeoutException e) {
      throw failed("it has not answered within " + patience.toSeconds() + " s");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DirectoryAway cause) {
        throw failed(String.valueOf(cause.getMessage()));
      }
      throw new IllegalStateException("asking the directory failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted while asking the directory");
    }
  }

  /** Runs a task in a place, which is free again when the task has ended. */
  private void start(Runnable task) {
    try {
      threads.execute(
          () -> {
            try {
              task.run();
            } finally {
              places.release();
              Thread.interrupted(); // what was given up leaves nothing for the thread's next work
            }
          });
    } catch (RejectedExecutionException e) {
      places.release();
      throw failed("no thread is free to ask it");
    }
  }

  private void answered() {
    answered.increment();
    if (away.compareAndSet(true, false)) {
      LOG.log(Level.INFO, "the directory of users answers again");
    }
  }

  /** How many wait for their turn to ask. */
  int waiting() {
    return places.getQueueLength();
  }

  /** How many questions it has not answered. */
  long failures() {
    return failed.sum();
  }

  private Refused failed(String why) {
    failed.increment();
    if (away.compareAndSet(false, true)) {
      LOG.log(Level.WARNING, "the directory of users cannot be asked: {0}", AuditEntry.logged(why));
    }
    return unavailable("the directory of users cannot be asked now; local users can sign in");
  }

  private static Refused unavailable(String detail) {
    return new Refused(Refused.Reason.UNAVAILABLE, detail, Duration.ofSeconds(10));
  }

  @Override
  public void write(MeterWriter writer) {
    if (configured()) {
      String help = "Questions to the directory of users.";
      String name = "serversence_directory_questions_total";
      writer.counter(name, help, (double) answered.sum(), "outcome", "answered");
      writer.counter(name, help, (double) failed.sum(), "outcome", "failed");
      writer.gauge(
          "serversence_directory_waiting",
          "Sign-ins that wait to ask the directory of users.",
          waiting());
    }
  }
}
