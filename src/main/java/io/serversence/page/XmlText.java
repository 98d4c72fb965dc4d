package io.serversence.page;

/** Text for XML and HTML, as content and as the value of an attribute in double quotes. Pure. */
final class XmlText {
  private XmlText() {}

  /** The text with what would be markup escaped, and without what XML 1.0 cannot hold. */
  static String of(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(escaped, c));
    return escaped.toString();
  }

  private static void append(StringBuilder to, int c) {
    switch (c) {
      case '&' -> to.append("&amp;");
      case '<' -> to.append("&lt;");
      case '>' -> to.append("&gt;");
      case '"' -> to.append("&quot;");
      case '\'' -> to.append("&#39;");
      default -> {
        boolean held = (c >= 0x20 && c < 0xD800) || c == '\n' || c == '\t' || c >= 0xE000;
        if (held && c != 0xFFFE && c != 0xFFFF) {
          to.appendCodePoint(c);
        }
      }
    }
  }
}
