package io.serversence.monitor;

/** Texts as Go has them: counted in bytes of UTF-8, well formed, without Unicode's white space. */
final class GoText {
  private static final char REPLACEMENT = '\ufffd';

  private GoText() {}

  /** The length in UTF-8. */
  static int bytes(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3; // a pair has four
    }
    return bytes;
  }

  /** The text without white space around it, as {@code strings.TrimSpace} leaves it. */
  static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (from < to && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  static boolean isSpace(char c) {
    return c <= ' '
        ? c == ' ' || (c >= '\t' && c <= '\r')
        : c == 0x85 || (c > 0x7f && Character.isSpaceChar(c));
  }

  /** The text with U+FFFD for every half of a surrogate pair. */
  static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isHalf(text, i)) {
        StringBuilder mended = new StringBuilder(text);
        for (int at = i; at < text.length(); at++) {
          if (isHalf(text, at)) {
            mended.setCharAt(at, REPLACEMENT);
          }
        }
        return mended.toString();
      }
    }
    return text;
  }

  private static boolean isHalf(String text, int i) {
    char c = text.charAt(i);
    if (!Character.isSurrogate(c)) {
      return false;
    }
    return Character.isHighSurrogate(c)
        ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
        : i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
  }

  /** The text, or its first {@code max} characters and a note that there was more. */
  static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    return text.substring(0, end) + "...(truncated)";
  }

  /** What any database and any reader of JSON can take: well formed, U+FFFD for NUL. */
  static String storable(String text) {
    return wellFormed(text.replace('\0', REPLACEMENT));
  }
}
