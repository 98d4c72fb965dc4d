package io.serversence.access;

import io.serversence.document.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords with PBKDF2-HMAC-SHA256, written as {@code pbkdf2-sha256$iterations$salt$hash}.
 * The JDK's own, because the servers' {@code Pbkdf2PasswordHash} is configured in different ways.
 * Safe for use by many threads; {@link #guarded} bounds what it costs.
 */
@ApplicationScoped
public class Passwords {
  private static final String FORM = "pbkdf2-sha256";
  private static final int MOST_ITERATIONS = 10_000_000;
  private static final int MOST_WAITING = 50;
  private static final long LONGEST_WAIT_SECONDS = 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Semaphore atOnce = new Semaphore(2, true);

  /** OWASP's figure of 2023; fewer only in tests. */
  int iterations = 600_000;

  private volatile @Nullable String nobodys;

  /**
   * Runs work that hashes, two at once in all, so that a flood of logins cannot take every core.
   *
   * @throws Refused TOO_MANY if its turn does not come in time
   */
  public <T> T guarded(Supplier<T> work) {
    try {
      if (waiting() >= MOST_WAITING || !atOnce.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new Refused(
            Refused.Reason.TOO_MANY,
            "too many logins at once; try again",
            Duration.ofSeconds(LONGEST_WAIT_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(Refused.Reason.UNAVAILABLE, "interrupted while waiting to log in", e);
    }
    try {
      return work.get();
    } finally {
      atOnce.release();
    }
  }

  /** How many wait for their turn to hash. */
  int waiting() {
    return atOnce.getQueueLength();
  }

  public String hash(String password) {
    byte[] salt = new byte[16];
    RANDOM.nextBytes(salt);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return String.join(
        "$",
        FORM,
        Integer.toString(iterations),
        base64.encodeToString(salt),
        base64.encodeToString(derive(password, salt, iterations)));
  }

  /**
   * True if the hash was made of the password. Takes as long without a hash, so that the time does
   * not tell which users exist.
   */
  public boolean matches(String password, @Nullable String hash) {
    List<String> parts = List.of((hash == null ? nobodys() : hash).split("\\$", -1));
    if (parts.size() != 4 || !parts.get(0).equals(FORM)) {
      return false;
    }
    try {
      int rounds = Integer.parseInt(parts.get(1));
      byte[] salt = Base64.getDecoder().decode(parts.get(2));
      byte[] wanted = Base64.getDecoder().decode(parts.get(3));
      if (rounds < 1 || rounds > MOST_ITERATIONS || salt.length == 0) {
        return false;
      }
      return MessageDigest.isEqual(wanted, derive(password, salt, rounds)) && hash != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private String nobodys() {
    String hash = nobodys;
    if (hash == null) {
      byte[] salt = new byte[16];
      Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
      hash =
          String.join(
              "$",
              FORM,
              Integer.toString(iterations),
              base64.encodeToString(salt),
              base64.encodeToString(new byte[32]));
      nobodys = hash;
    }
    return hash;
  }

  private static byte[] derive(String password, byte[] salt, int rounds) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, rounds, 256);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no PBKDF2WithHmacSHA256", e);
    } finally {
      spec.clearPassword();
    }
  }
}
