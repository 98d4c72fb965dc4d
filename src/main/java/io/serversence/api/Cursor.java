package io.serversence.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Positions in lists, opaque to clients and bound to the filter they were read with. */
final class Cursor {
  private Cursor() {}

  static String write(String position, String filter) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((mark(filter, position) + position).getBytes(StandardCharsets.UTF_8));
  }

  /** The position, or null where the cursor is none, or of another filter. */
  static @Nullable String read(String cursor, String filter) {
    if (cursor.length() > 500) {
      return null;
    }
    try {
      String plain =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor)))
              .toString();
      String position = plain.substring(plain.indexOf('|') + 1);
      return plain.equals(mark(filter, position) + position) ? position : null;
    } catch (CharacterCodingException | IllegalArgumentException e) {
      return null;
    }
  }

  /** Covers the position too: one that lost its end on the way would be another one. */
  private static String mark(String filter, String position) {
    return Integer.toHexString((filter + position).hashCode()) + "|";
  }
}
