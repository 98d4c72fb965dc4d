package io.serversence.monitor;

import java.util.Locale;

/** How much a failure of a monitor matters, least first. */
public enum Severity {
  INFO,
  WARNING,
  CRITICAL;

  /** The word in documents. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
