package io.serversence.mute;

import java.util.Locale;

/** Why nobody is told of a monitor. */
public enum Mute {
  /** Somebody asked for silence. */
  SILENCE,
  /** Work on it was announced. */
  MAINTENANCE;

  /** The word in documents. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
