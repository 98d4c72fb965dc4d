package io.serversence.history;

import java.util.Locale;

/** How far a notification has come. */
public enum NotificationState {
  /** Not tried yet. */
  PENDING,
  /** The channel took it. */
  SENT,
  /** Tried without success; it is tried again. */
  FAILED,
  /** Given up, until somebody has it sent again. */
  DEAD;

  /** The word in documents. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
