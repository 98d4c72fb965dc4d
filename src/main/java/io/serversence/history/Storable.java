package io.serversence.history;

import org.jspecify.annotations.Nullable;

/**
 * Texts from outside as a database takes them: PostgreSQL refuses NUL, and no encoding has a form
 * for half a surrogate pair, which is what cutting a text in the wrong place leaves. Such
 * characters become U+FFFD. Pure functions.
 */
final class Storable {
  private static final char REPLACEMENT = '\uFFFD';

  private Storable() {}

  static @Nullable String textOrNull(@Nullable String text) {
    return text == null ? null : text(text);
  }

  static String text(String text) {
    int i = 0;
    while (i < text.length()) {
      int width = width(text, i);
      if (width == 0) {
        return repaired(text, i);
      }
      i += width;
    }
    return text;
  }

  private static String repaired(String text, int from) {
    StringBuilder repaired = new StringBuilder(text.length()).append(text, 0, from);
    int i = from;
    while (i < text.length()) {
      int width = width(text, i);
      if (width == 0) {
        repaired.append(REPLACEMENT);
        i++;
      } else {
        repaired.append(text, i, i + width);
        i += width;
      }
    }
    return repaired.toString();
  }

  /** How many units the character here has; none if it cannot be stored. */
  private static int width(String text, int i) {
    char c = text.charAt(i);
    if (c == 0) {
      return 0;
    }
    if (!Character.isSurrogate(c)) {
      return 1;
    }
    return Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))
        ? 2
        : 0;
  }
}
