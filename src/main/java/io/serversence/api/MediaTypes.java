package io.serversence.api;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads Content-Type and Accept, RFC 9110. */
final class MediaTypes {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
  private static final String TYPE =
      "\\s*+("
          + TOKEN
          + "/"
          + TOKEN
          + ")(\\s*+;\\s*+("
          + TOKEN
          + "=("
          + TOKEN
          + "|\"[^\"\\\\]*+\"))?+)*+\\s*+";
  private static final Pattern ONE = Pattern.compile(TYPE);
  private static final Pattern LIST = Pattern.compile(TYPE + "(," + TYPE + ")*+");
  private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*\"?([^\\s;\"]+)");

  private MediaTypes() {}

  static boolean readable(String header) {
    return header.length() <= 2_000
        && LIST.matcher(header).matches()
        && !header.matches(
            ".*;\\s*q\\s*=\\s*(?!0(\\.\\d{0,3})?\\s*(?:[;,]|$)|1(\\.0{0,3})?\\s*(?:[;,]|$)).*");
  }

  /** True if a body with this Content-Type is of the media type, in UTF-8. */
  static boolean is(@Nullable String header, String type) {
    if (header == null) {
      return false;
    }
    Matcher one = ONE.matcher(header);
    if (!one.matches() || !one.group(1).equalsIgnoreCase(type)) {
      return false;
    }
    Matcher charset = CHARSET.matcher(header.toLowerCase(Locale.ROOT));
    return !charset.find() || charset.group(1).equals("utf-8") || charset.group(1).equals("utf8");
  }
}
