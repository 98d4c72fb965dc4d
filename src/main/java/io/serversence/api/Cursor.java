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
        .encodeToString((mark(filter) + position).getBytes(StandardCharsets.UTF_8));
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
      return plain.startsWith(mark(filter)) ? plain.substring(mark(filter).length()) : null;
    } catch (CharacterCodingException | IllegalArgumentException e) {
      return null;
    }
  }

  private static String mark(String filter) {
    return Integer.toHexString(filter.hashCode()) + "|";
  }
}
