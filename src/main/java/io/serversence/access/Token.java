package io.serversence.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What proves a script to be allowed something; the secret itself is not kept.
 *
 * @param id UUIDv7
 * @param name 1..80 characters, not unique
 * @param hash SHA-256 of the secret, in hexadecimal
 * @param createdBy the admin who asked for it
 * @param expiresAt from when on it proves nothing, or null for never
 */
public record Token(
    String id,
    String name,
    Role role,
    String hash,
    Instant createdAt,
    String createdBy,
    @Nullable Instant expiresAt) {
  boolean liveAt(Instant now) {
    return expiresAt == null || now.isBefore(expiresAt);
  }

  /** As whom its bearer appears; no user's name has a colon. */
  public String actor() {
    return "token:" + name;
  }

  @Override
  public String toString() {
    return "Token[" + id + ", " + name + ", " + role + "]";
  }
}
