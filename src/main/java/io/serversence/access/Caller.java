package io.serversence.access;

import org.jspecify.annotations.Nullable;

/**
 * Who is asking.
 *
 * @param name the user, {@code token:} and the name of a bearer token, or null for an anonymous
 *     caller
 * @param role what the caller may do, or null for nothing at all
 * @param cookie whether a session cookie was the proof, so that other sites could have sent it
 * @param proof names the session, token or state of the user within the server, or null where there
 *     is none; not a secret
 * @param address where the caller is, or empty where that is not known
 */
public record Caller(
    @Nullable String name,
    @Nullable Role role,
    boolean cookie,
    @Nullable String proof,
    String address) {
  public Caller(@Nullable String name, @Nullable Role role, boolean cookie) {
    this(name, role, cookie, null, "");
  }

  public boolean may(Role needed) {
    return role != null && role.includes(needed);
  }

  public boolean anonymous() {
    return name == null;
  }
}
