package io.serversence.history;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads what a {@link PackedWriter} wrote; throws {@link IllegalStateException} where it did not
 * write that. Used by one thread.
 */
final class PackedReader {
  private static final int BUFFER = 8_192;

  private final byte[] bytes;
  private int next;

  PackedReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads what was written compressed. */
  static PackedReader deflated(byte[] compressed) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(compressed);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[BUFFER];
      while (!inflater.finished()) {
        int length = inflater.inflate(buffer);
        if (length == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new IllegalStateException("a packed value ends too soon");
        }
        out.write(buffer, 0, length);
      }
      return new PackedReader(out.toByteArray());
    } catch (DataFormatException e) {
      throw new IllegalStateException("a packed value is damaged", e);
    } finally {
      inflater.end();
    }
  }

  long unsigned() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = octet();
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalStateException("a packed number does not end");
  }

  /** A number that is no greater than an int. */
  int count() {
    return Math.toIntExact(unsigned());
  }

  long signed() {
    long value = unsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    int length = count();
    if (length < 0 || length > bytes.length - next) {
      throw new IllegalStateException("a packed value ends too soon");
    }
    next += length;
    return Arrays.copyOfRange(bytes, next - length, next);
  }

  private int octet() {
    if (next == bytes.length) {
      throw new IllegalStateException("a packed value ends too soon");
    }
    return bytes[next++];
  }
}
