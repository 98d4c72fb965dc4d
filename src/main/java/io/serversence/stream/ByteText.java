package io.serversence.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** UTF-8 text that grows at its end. For one thread. */
final class ByteText {
  private byte[] bytes;
  private int size;

  ByteText(int capacity) {
    bytes = new byte[capacity];
  }

  int size() {
    return size;
  }

  ByteText ascii(String text) {
    int length = text.length();
    ensure(length);
    for (int i = 0; i < length; i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
    return this;
  }

  ByteText number(long value) {
    return ascii(Long.toString(value));
  }

  ByteText utf8(byte[] text) {
    ensure(text.length);
    System.arraycopy(text, 0, bytes, size, text.length);
    size += text.length;
    return this;
  }

  ByteText text(String text) {
    return utf8(text.getBytes(StandardCharsets.UTF_8));
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  byte[] toBytes() {
    return bytes.length == size ? bytes : Arrays.copyOf(bytes, size);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }
}
