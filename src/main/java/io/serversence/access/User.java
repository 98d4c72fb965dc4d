package io.serversence.access;

import java.time.Instant;

/**
 * Someone with an account.
 *
 * @param name 1..100 characters
 * @param passwordHash as {@link Passwords} writes it
 * @param revision 1 at first, one more with each change; 0 for who has no account here
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

  /** Someone without an account here, as a trusted party outside told at this moment. */
  static User fromOutside(String name, Role role, Instant now) {
    return new User(name, role, "", true, now, 0);
  }

  /** True for who has no account here. */
  boolean outside() {
    return revision == 0;
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
