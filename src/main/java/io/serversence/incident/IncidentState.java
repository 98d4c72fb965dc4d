package io.serversence.incident;

import java.util.Locale;

/** Where an incident stands. */
public enum IncidentState {
  OPEN,
  ACKNOWLEDGED,
  RESOLVED;

  /** The word in documents. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
