package io.serversence.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The contents of HTTP's chunks. A body that ends without the last chunk is a fault. */
final class Chunks extends InputStream {
  private final InputStream in;
  private int left;
  private boolean begun;
  private boolean ended;

  Chunks(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    if (left == 0) {
      next();
    }
    if (ended) {
      return -1;
    }
    int c = in.read();
    if (c < 0) {
      throw new EOFException("the connection ended within a chunk");
    }
    left--;
    return c;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int first = read();
    if (first < 0) {
      return -1;
    }
    bytes[offset] = (byte) first;
    if (left == 0 || length == 1) {
      return 1;
    }
    int more = in.read(bytes, offset + 1, Math.min(length - 1, left));
    left -= Math.max(0, more);
    return 1 + Math.max(0, more);
  }

  private void next() throws IOException {
    if (ended) {
      return;
    }
    if (begun) {
      expect('\r');
      expect('\n');
    }
    begun = true;
    int size = 0;
    int c = in.read();
    while (c != '\r') {
      int digit = Character.digit(c, 16);
      if (digit < 0) {
        throw new EOFException("no chunk begins here: " + c);
      }
      size = size * 16 + digit;
      c = in.read();
    }
    expect('\n');
    left = size;
    if (size == 0) {
      ended = true;
      expect('\r');
      expect('\n');
    }
  }

  private void expect(char wanted) throws IOException {
    int c = in.read();
    if (c != wanted) {
      throw new EOFException("a chunk is not well formed: " + c);
    }
  }
}
