package io.serversence.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one reader of a {@link Crowd} understands of the bytes that it gets: the bodies of an event
 * stream or the frames of a WebSocket, and in them each event's {@code seq} and {@code prev}, by
 * which it notices a loss. For the crowd's thread.
 */
final class CrowdMember {
  private static final byte[] SEQ = "\"seq\":".getBytes(UTF_8);
  private static final byte[] PREV = ",\"prev\":".getBytes(UTF_8);
  private static final byte[] AT = ",\"at\":\"".getBytes(UTF_8);
  private static final int AT_LENGTH = "2026-01-01T00:00:00.000Z".length();

  /** Learns what a reader understands. */
  interface Told {
    /** The answer's head has come. */
    void greeted(CrowdMember member, int status);

    /** An event, {@code at} being the time of it on the server. */
    void event(CrowdMember member, long seq, long prev, String at);

    /** The server asks whether this reader is still there. */
    void ping(CrowdMember member, byte[] payload);
  }

  private final StreamTransport transport;
  private final Told told;
  private byte[] bytes = new byte[256];
  private int length;
  private boolean greeted;
  private boolean chunked;
  private int chunkLeft = -1; // of a chunked answer: -1 before a chunk's size
  private final StringBuilder chunkSize = new StringBuilder();
  private @Nullable String epoch;
  private volatile long last; // written by the crowd's thread alone
  private boolean resuming;

  CrowdMember(StreamTransport transport, Told told) {
    this.transport = transport;
    this.told = told;
  }

  StreamTransport transport() {
    return transport;
  }

  /** The id to come back with, or null if there was none yet. */
  @Nullable String cursor() {
    return epoch == null ? null : epoch + "-" + last;
  }

  /** Begins anew on another connection, with the cursor that it has. */
  void reconnected() {
    length = 0;
    greeted = false;
    chunked = false;
    chunkLeft = -1;
    chunkSize.setLength(0);
    resuming = epoch != null;
  }

  /** Takes in what has arrived. */
  void received(ByteBuffer arrived) {
    if (!greeted) {
      append(arrived, arrived.remaining());
      int end = indexOf("\r\n\r\n".getBytes(UTF_8), 0, length);
      if (end < 0) {
        return;
      }
      String head = new String(bytes, 0, end, ISO_8859_1).toLowerCase(Locale.ROOT);
      chunked = head.contains("transfer-encoding: chunked");
      greeted = true;
      ByteBuffer rest = ByteBuffer.wrap(Arrays.copyOfRange(bytes, end + 4, length));
      length = 0;
      told.greeted(this, Integer.parseInt(head.substring(9, 12)));
      body(rest);
    } else {
      body(arrived);
    }
  }

  private void body(ByteBuffer arrived) {
    if (chunked) {
      dechunk(arrived);
    } else {
      append(arrived, arrived.remaining());
    }
    int done = transport == StreamTransport.SSE ? messages() : frames();
    System.arraycopy(bytes, done, bytes, 0, length - done);
    length -= done;
    if (length == 0 && bytes.length > 4_096) {
      bytes = new byte[256];
    }
  }

  private void dechunk(ByteBuffer arrived) {
    while (arrived.hasRemaining()) {
      if (chunkLeft > 0) {
        int part = Math.min(chunkLeft, arrived.remaining());
        append(arrived, part);
        chunkLeft -= part;
        continue;
      }
      char c = (char) arrived.get();
      if (c != '\n') {
        chunkSize.append(c);
      } else if (chunkSize.toString().isBlank()) {
        chunkSize.setLength(0); // the end of the chunk before
      } else {
        chunkLeft = Integer.parseInt(chunkSize.toString().strip(), 16);
        chunkSize.setLength(0);
      }
    }
  }

  private void append(ByteBuffer arrived, int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
    }
    arrived.get(bytes, length, count);
    length += count;
  }

  /** Goes through the events that are whole; the place after them. */
  private int messages() {
    int from = 0;
    while (true) {
      int end = indexOf("\n\n".getBytes(UTF_8), from, length);
      if (end < 0) {
        return from;
      }
      message(from, end);
      from = end + 2;
    }
  }

  /** Goes through the frames that are whole; the place after them. */
  private int frames() {
    int from = 0;
    while (length - from >= 2) {
      int opcode = bytes[from] & 0x0F;
      long size = bytes[from + 1] & 0x7F;
      int head = 2;
      if (size == 126) {
        head = 4;
      } else if (size == 127) {
        head = 10;
      }
      if (length - from < head) {
        return from;
      }
      if (head > 2) {
        size = 0;
        for (int i = 2; i < head; i++) {
          size = (size << 8) | (bytes[from + i] & 0xFF);
        }
      }
      if (length - from - head < size) {
        return from;
      }
      int start = from + head;
      int end = start + (int) size;
      if (opcode == 9) {
        told.ping(this, Arrays.copyOfRange(bytes, start, end));
      } else if (opcode == 2) {
        binary(start);
      } else {
        message(start, end);
      }
      from = end;
    }
    return from;
  }

  private void binary(int start) {
    ByteBuffer frame = ByteBuffer.wrap(bytes, start, 20);
    frame.getInt();
    event(frame.getLong(), frame.getLong(), "");
  }

  private void message(int start, int end) {
    int at = start;
    while (true) {
      at = indexOf(SEQ, at, end);
      if (at < 0) {
        return;
      }
      at += SEQ.length;
      int afterSeq = afterDigits(at, end);
      long seq = number(at, afterSeq);
      if (starts(PREV, afterSeq, end)) {
        int afterPrev = afterDigits(afterSeq + PREV.length, end);
        String time =
            starts(AT, afterPrev, end)
                ? new String(bytes, afterPrev + AT.length, AT_LENGTH, ISO_8859_1)
                : "";
        event(seq, number(afterSeq + PREV.length, afterPrev), time);
      } else {
        beside(start, end, seq);
      }
      at = afterSeq;
    }
  }

  /** Whatever moves the cursor without being an event of the log. */
  private void beside(int start, int end, long seq) {
    String text = new String(bytes, start, Math.min(end - start, 200), ISO_8859_1);
    int known = text.indexOf("\"epoch\":\"");
    if (known >= 0) {
      epoch = text.substring(known + 9, known + 17);
    }
    boolean moves = text.contains("heartbeat\n") || text.contains("\"heartbeat\"");
    if (moves || text.contains("snapshot") || !resuming) {
      last = Math.max(last, seq);
      resuming = resuming && moves;
    }
  }

  private void event(long seq, long prev, String at) {
    told.event(this, seq, prev, at);
    last = seq;
  }

  /** The seq that it has come to. */
  long last() {
    return last;
  }

  private int afterDigits(int from, int end) {
    int at = from;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }

  private long number(int from, int end) {
    long value = 0;
    for (int i = from; i < end; i++) {
      value = 10 * value + bytes[i] - '0';
    }
    return value;
  }

  private boolean starts(byte[] what, int from, int end) {
    return from + what.length <= end
        && Arrays.equals(bytes, from, from + what.length, what, 0, what.length);
  }

  private int indexOf(byte[] what, int from, int end) {
    for (int i = from; i <= end - what.length; i++) {
      if (bytes[i] == what[0] && starts(what, i, end)) {
        return i;
      }
    }
    return -1;
  }
}
