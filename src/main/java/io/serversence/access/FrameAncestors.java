package io.serversence.access;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Whose pages may show ours in a frame, as the content security policy's {@code frame-ancestors}
 * has it.
 *
 * @param sources what follows the directive's name
 */
public record FrameAncestors(String sources) {
  private static final FrameAncestors NONE = new FrameAncestors("'none'");
  private static final Pattern ORIGIN =
      Pattern.compile("https?://(\\*\\.)?[A-Za-z0-9.-]+(:[0-9]{1,5})?");

  /**
   * Reads a setting.
   *
   * @param items {@code none}, or {@code self} and origins such as {@code https://portal.example}
   *     or {@code https://*.example.org}; empty is {@code none}
   * @throws IllegalArgumentException for anything else
   */
  public static FrameAncestors of(List<String> items) {
    if (items.isEmpty() || items.equals(List.of("none"))) {
      return NONE;
    }
    for (String item : items) {
      if (!item.equals("self") && !ORIGIN.matcher(item).matches()) {
        throw new IllegalArgumentException(
            "must be none, self, or origins such as https://portal.example");
      }
    }
    return new FrameAncestors(
        String.join(" ", items.stream().map(i -> i.equals("self") ? "'self'" : i).toList()));
  }
}
