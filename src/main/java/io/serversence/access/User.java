package io.serversence.access;

import java.time.Instant;

/**
 * Someone with an account.
 *
 * @param name 1..100 characters
 * @param passwordHash as {@link Passwords} writes it
 * @param revision 1 at first, one more with each change
 */
public record User(
    String name,
    Role role,
    String passwordHash,
    boolean enabled,
    Instant createdAt,
    long revision) {
  public User(String name, Role role, String passwordHash, boolean enabled, Instant createdAt) {
    this(name, role, passwordHash, enabled, createdAt, 1);
  }

  /** The next state, with another hash of the password. */
  User withPasswordHash(String hash) {
    return new User(name, role, hash, enabled, createdAt, revision + 1);
  }

  /** True for those of whom one at least must remain. */
  boolean enabledAdmin() {
    return enabled && role == Role.ADMIN;
  }

  @Override
  public String toString() {
    return "User[" + name + ", " + role + "]";
  }
}
