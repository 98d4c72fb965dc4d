package io.serversence.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What one write carries. Immutable and shared by all clients that get the same: nobody may change
 * its bytes.
 */
final class Frame {
  private final byte @Nullable [] bytes;
  private final @Nullable String text;

  private Frame(byte @Nullable [] bytes, @Nullable String text) {
    this.bytes = bytes;
    this.text = text;
  }

  /** A binary frame of WebSocket, or a piece of an event stream. */
  static Frame of(byte[] bytes) {
    return new Frame(bytes, null);
  }

  /** A text frame; WebSocket takes text as a string only. */
  static Frame of(String text) {
    return new Frame(null, text);
  }

  /** The text of a text frame, or null. */
  @Nullable String text() {
    return text;
  }

  /** The bytes, which must not be changed. */
  byte[] bytes() {
    if (bytes != null) {
      return bytes;
    }
    return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
  }

  /** The bytes of a binary frame, for reading. */
  ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes()).asReadOnlyBuffer();
  }

  /** The bytes that it holds, roughly. */
  int size() {
    if (bytes != null) {
      return bytes.length;
    }
    return text == null ? 0 : text.length();
  }
}
