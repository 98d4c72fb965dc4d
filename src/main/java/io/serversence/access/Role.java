package io.serversence.access;

import java.util.Locale;

/** What a caller may do; each role includes those before it. */
public enum Role {
  /** Reads. */
  VIEWER,
  /** Acknowledges, comments, silences, probes, tests, pauses. */
  OPERATOR,
  /** Configures, and manages users and tokens. */
  ADMIN;

  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  /** The word in documents. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
