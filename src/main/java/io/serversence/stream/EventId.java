package io.serversence.stream;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The id of an event on the wire.
 *
 * @param epoch 8 characters
 * @param seq 0 stands for the time before the first event
 */
record EventId(String epoch, long seq) {
  private static final int EPOCH = 8;
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

  static String newEpoch() {
    SecureRandom random = new SecureRandom();
    StringBuilder epoch = new StringBuilder();
    for (int i = 0; i < EPOCH; i++) {
      epoch.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return epoch.toString();
  }

  /** The id, or null where the text is none. */
  static @Nullable EventId parse(String text) {
    if (text.length() < EPOCH + 2 || text.length() > 32 || text.charAt(EPOCH) != '-') {
      return null;
    }
    String epoch = text.substring(0, EPOCH);
    String digits = text.substring(EPOCH + 1);
    if (!epoch.chars().allMatch(c -> LETTERS.indexOf(c) >= 0)
        || digits.length() > 18
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    return new EventId(epoch, Long.parseLong(digits));
  }

  @Override
  public String toString() {
    return epoch + "-" + seq;
  }
}
