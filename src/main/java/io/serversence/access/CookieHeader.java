package io.serversence.access;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads Cookie headers. */
final class CookieHeader {
  private static final int MOST = 10;

  private CookieHeader() {}

  /**
   * The values of all cookies of a name; several where cookies of other paths have the same name,
   * of which the first ten count.
   *
   * @param header may be null for none
   */
  static List<String> values(@Nullable String header, String name) {
    List<String> values = new ArrayList<>();
    if (header == null) {
      return values;
    }
    int start = 0;
    while (start < header.length() && values.size() < MOST) {
      int end = header.indexOf(';', start);
      String pair = header.substring(start, end < 0 ? header.length() : end).strip();
      if (pair.startsWith(name + "=")) {
        values.add(pair.substring(name.length() + 1).replace("\"", ""));
      }
      start = end < 0 ? header.length() : end + 1;
    }
    return values;
  }
}
