package io.serversence.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The logins of browsers, in memory: idle for at most 12 h, 7 d in all, 12 h for who has no account
 * here, whose groups may change elsewhere; at most 10,000, of which the oldest goes. Only a hash of
 * each token is kept. Safe for use by many threads.
 */
@ApplicationScoped
public class Sessions {
  public static final String COOKIE = "serversence-session";
  static final Duration IDLE = Duration.ofHours(12);
  static final Duration LONGEST = Duration.ofDays(7);
  static final Duration LONGEST_OUTSIDE = Duration.ofHours(12);
  static final int MOST = 10_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<String, Session> byProof = new LinkedHashMap<>();

  LongSupplier nanos = System::nanoTime;

  /**
   * Begins a session.
   *
   * @return its token, which only the browser keeps
   */
  public String open(User user) {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    String proof = proof(token);
    long now = nanos.getAsLong();
    synchronized (byProof) {
      if (byProof.size() >= MOST) {
        Iterator<String> oldest = byProof.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
      byProof.put(proof, new Session(proof, user, now, now));
    }
    return token;
  }

  /** The session of a token, which counts as used by this. */
  Optional<Session> use(String token) {
    String proof = proof(token);
    long now = nanos.getAsLong();
    synchronized (byProof) {
      Session session = live(proof, now);
      if (session != null) {
        byProof.put(proof, session.usedAt(now));
      }
      return Optional.ofNullable(session);
    }
  }

  /** The session of that proof, which does not count as used by this. */
  Optional<Session> find(String proof) {
    synchronized (byProof) {
      return Optional.ofNullable(live(proof, nanos.getAsLong()));
    }
  }

  /** Ends every session that a Cookie header names. */
  public void close(@Nullable String cookies) {
    for (String token : tokens(cookies)) {
      String proof = proof(token);
      synchronized (byProof) {
        byProof.remove(proof);
      }
    }
  }

  private @Nullable Session live(String proof, long now) {
    Session session = byProof.get(proof);
    if (session != null
        && (now - session.used() > IDLE.toNanos()
            || now - session.opened() > longest(session.user()).toNanos())) {
      byProof.remove(proof);
      return null;
    }
    return session;
  }

  private static Duration longest(User user) {
    return user.outside() ? LONGEST_OUTSIDE : LONGEST;
  }

  /** The tokens in a Cookie header; several where cookies of other paths have the same name. */
  static List<String> tokens(@Nullable String cookies) {
    return CookieHeader.values(cookies, COOKIE);
  }

  /** A hash by which a secret is named without being told. */
  static String proof(String token) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
