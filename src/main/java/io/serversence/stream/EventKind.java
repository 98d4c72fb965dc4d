package io.serversence.stream;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of events that a filter can choose. */
enum EventKind {
  STATE,
  SAMPLES,
  INCIDENT,
  NOTIFICATION,
  MONITOR,
  MUTE,
  PRESENCE;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The name of the event on the wire. */
  String word() {
    return word;
  }

  static @Nullable EventKind of(String word) {
    for (EventKind kind : values()) {
      if (kind.word.equals(word)) {
        return kind;
      }
    }
    return null;
  }
}
