package io.serversence.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Credentials that were verified a moment ago, so that a script pays for one hash and not for one
 * per request: as keyed hashes, for 5 min, at most 1,000, of which the oldest goes. Safe for use by
 * many threads.
 */
final class VerifiedCredentials {
  static final Duration LIFE = Duration.ofMinutes(5);
  static final int MOST = 1_000;

  private record Entry(User user, long at) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final SecretKeySpec key;
  private final LongSupplier nanos;

  VerifiedCredentials(LongSupplier nanos) {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    this.key = new SecretKeySpec(bytes, "HmacSHA256");
    this.nanos = nanos;
  }

  /** The user whom these credentials proved, as of then. */
  Optional<User> find(String credentials) {
    String digest = digest(credentials);
    synchronized (entries) {
      Entry entry = entries.get(digest);
      if (entry != null && nanos.getAsLong() - entry.at() > LIFE.toNanos()) {
        entries.remove(digest);
        entry = null;
      }
      return Optional.ofNullable(entry).map(Entry::user);
    }
  }

  void add(String credentials, User user) {
    String digest = digest(credentials);
    synchronized (entries) {
      entries.remove(digest);
      if (entries.size() >= MOST) {
        Iterator<String> oldest = entries.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
      entries.put(digest, new Entry(user, nanos.getAsLong()));
    }
  }

  private String digest(String credentials) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(credentials.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HmacSHA256", e);
    }
  }
}
