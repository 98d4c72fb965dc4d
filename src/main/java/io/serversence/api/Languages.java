package io.serversence.api;

import java.util.regex.Pattern;

/** Reads Accept-Language, RFC 9110, 12.5.4. */
final class Languages {
  private static final String RANGE =
      "(?:\\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*+)"
          + "(?:\\s*+;\\s*+[qQ]=(?:0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?))?";
  private static final Pattern LIST =
      Pattern.compile("\\s*+" + RANGE + "\\s*+(?:,\\s*+" + RANGE + "\\s*+)*+");

  private Languages() {}

  static boolean readable(String header) {
    return header.length() <= 2_000 && LIST.matcher(header).matches();
  }
}
