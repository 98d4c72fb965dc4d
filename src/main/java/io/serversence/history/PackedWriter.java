package io.serversence.history;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/**
 * Writes numbers and texts in as few bytes as they need: unsigned LEB128, as DWARF has it, and for
 * signed numbers the zigzag of Protocol Buffers over it. Used by one thread.
 */
final class PackedWriter {
  private static final int BUFFER = 8_192;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** A number that is seldom great; a negative one takes ten bytes. */
  void unsigned(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  /** A number that is seldom far from zero. */
  void signed(long value) {
    unsigned((value << 1) ^ (value >> 63));
  }

  void text(String text) {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes with their length. */
  void bytes(byte[] some) {
    unsigned(some.length);
    bytes.write(some, 0, some.length);
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  /** Compressed: RFC 1951, which {@link PackedReader#deflated} takes. */
  byte[] toDeflated() {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setInput(bytes.toByteArray());
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[BUFFER];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }
}
