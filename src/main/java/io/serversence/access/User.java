package io.serversence.access;

import java.time.Instant;

/**
 * Someone with an account.
 *
 * @param name 1..100 characters
 * @param passwordHash as {@link Passwords} writes it
 */
public record User(
    String name, Role role, String passwordHash, boolean enabled, Instant createdAt) {
  User withPasswordHash(String hash) {
    return new User(name, role, hash, enabled, createdAt);
  }

  @Override
  public String toString() {
    return "User[" + name + ", " + role + "]";
  }
}
