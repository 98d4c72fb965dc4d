package io.serversence.monitor;

/** How a probe proves who it is to its target. */
public sealed interface Auth {
  /** HTTP Basic, RFC 7617. */
  record Basic(String username, String password) implements Auth {
    @Override
    public String toString() {
      return "Basic[***]";
    }
  }

  /** A bearer token, RFC 6750. */
  record Bearer(String token) implements Auth {
    @Override
    public String toString() {
      return "Bearer[***]";
    }
  }
}
