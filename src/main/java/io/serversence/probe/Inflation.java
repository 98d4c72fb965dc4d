package io.serversence.probe;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** A body whose compression was undone, up to a bound. Immutable, but for its bytes. */
final class Inflation {
  /** How it ended. */
  enum End {
    /** All is there. */
    WHOLE,
    /** There would be more than the bound. */
    CUT,
    /** What came in breaks off. */
    SHORT,
    /** What came in is not compressed as it says. */
    DAMAGED
  }

  private static final int DEFLATED = 8;

  private final byte[] bytes;
  private final End end;

  private Inflation(byte[] bytes, End end) {
    this.bytes = bytes;
    this.end = end;
  }

  /** What came out, whole or as far as it went. */
  byte[] bytes() {
    return bytes;
  }

  End end() {
    return end;
  }

  /** A body that is gzip, or deflate with or without its zlib wrapper, as servers disagree. */
  static Inflation of(boolean gzip, byte[] compressed, int length, int most) {
    byte[] out = new byte[Math.max(1, Math.min(most, Math.max(512, length * 4)))];
    int size = 0;
    try (InputStream in = stream(gzip, compressed, length)) {
      while (true) {
        if (size == out.length) {
          if (size >= most) {
            return new Inflation(out, in.read() < 0 ? End.WHOLE : End.CUT);
          }
          out = Arrays.copyOf(out, Math.min(most, size * 2));
        }
        int n = in.read(out, size, out.length - size);
        if (n < 0) {
          return new Inflation(Arrays.copyOf(out, size), End.WHOLE);
        }
        size += n;
      }
    } catch (EOFException e) {
      return new Inflation(Arrays.copyOf(out, size), End.SHORT);
    } catch (IOException e) {
      return new Inflation(Arrays.copyOf(out, size), End.DAMAGED);
    }
  }

  private static InputStream stream(boolean gzip, byte[] compressed, int length)
      throws IOException {
    InputStream bytes = new ByteArrayInputStream(compressed, 0, length);
    if (gzip) {
      return new GZIPInputStream(bytes);
    }
    Inflater inflater = new Inflater(!hasWrapper(compressed, length));
    return new InflaterInputStream(bytes, inflater) {
      @Override
      public void close() throws IOException {
        super.close();
        inflater.end();
      }
    };
  }

  /** RFC 1950, section 2.2. */
  private static boolean hasWrapper(byte[] bytes, int length) {
    return length >= 2
        && (bytes[0] & 0x0f) == DEFLATED
        && ((bytes[0] & 0xff) << 8 | (bytes[1] & 0xff)) % 31 == 0;
  }
}
