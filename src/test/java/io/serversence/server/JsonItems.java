package io.serversence.server;

import java.util.ArrayList;
import java.util.List;

/** The items of a JSON array of objects, each as it was written. */
final class JsonItems {
  private JsonItems() {}

  static List<String> of(String array) {
    List<String> items = new ArrayList<>();
    int depth = 0;
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < array.length(); i++) {
      char c = array.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{') {
        start = depth == 0 ? i : start;
        depth++;
      } else if (c == '}') {
        depth--;
        if (depth == 0) {
          items.add(array.substring(start, i + 1));
        }
      }
    }
    return items;
  }
}
