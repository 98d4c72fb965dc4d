package io.serversence.alert;

import java.util.Locale;

/** What a message is about; one kind per message. */
public enum AlertEvent {
  OPENED,
  RESOLVED,
  REMINDER,
  ACKNOWLEDGED,
  ESCALATED,
  FLAPPING,
  FLAPPING_ENDED,
  TEST;

  /** The word in documents, such as {@code flapping-ended}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The event with the given word, which must be one. */
  static AlertEvent of(String word) {
    for (AlertEvent event : values()) {
      if (event.word().equals(word)) {
        return event;
      }
    }
    throw new IllegalArgumentException("no event " + word);
  }
}
