package io.serversence.access;

import org.jspecify.annotations.Nullable;

/**
 * Who is asking.
 *
 * @param name the user, or null for an anonymous caller
 * @param role what the caller may do, or null for nothing at all
 * @param cookie whether a session cookie was the proof, so that other sites could have sent it
 * @param proof names within the server what proved the caller, a session or a password, or null
 *     where nothing did; not a secret
 */
public record Caller(
    @Nullable String name, @Nullable Role role, boolean cookie, @Nullable String proof) {
  public Caller(@Nullable String name, @Nullable Role role, boolean cookie) {
    this(name, role, cookie, null);
  }

  public boolean may(Role needed) {
    return role != null && role.includes(needed);
  }

  public boolean anonymous() {
    return name == null;
  }
}
