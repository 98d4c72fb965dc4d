package io.serversence.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/** A frame of WebSocket (RFC 6455, section 5). */
record SocketFrame(boolean last, int opcode, ByteBuffer payload) {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  static SocketFrame of(int opcode, byte[] payload) {
    return new SocketFrame(true, opcode, ByteBuffer.wrap(payload));
  }

  static SocketFrame text(String text) {
    return of(TEXT, text.getBytes(UTF_8));
  }

  static SocketFrame close(int code) {
    return of(CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
  }

  String text() {
    return UTF_8.decode(payload.duplicate()).toString();
  }

  /** Reads what a server sent, which must be neither masked nor compressed. */
  static SocketFrame read(DataInputStream in) throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    if ((first & 0x70) != 0 || (second & 0x80) != 0) {
      throw new AssertionError("a frame with an extension or a mask: " + first + " " + second);
    }
    long length = second & 0x7F;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] payload = new byte[Math.toIntExact(length)];
    in.readFully(payload);
    return new SocketFrame((first & 0x80) != 0, first & 0x0F, ByteBuffer.wrap(payload));
  }

  /** Writes it as a client must, masked. */
  void write(OutputStream out) throws IOException {
    byte[] mask = new byte[4];
    ThreadLocalRandom.current().nextBytes(mask);
    int length = payload.remaining();
    ByteBuffer frame = ByteBuffer.allocate(length + 14);
    frame.put((byte) ((last ? 0x80 : 0) | opcode));
    if (length < 126) {
      frame.put((byte) (0x80 | length));
    } else if (length < 65_536) {
      frame.put((byte) (0x80 | 126)).putShort((short) length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(length);
    }
    frame.put(mask);
    for (int i = 0; i < length; i++) {
      frame.put((byte) (payload.get(payload.position() + i) ^ mask[i & 3]));
    }
    out.write(frame.array(), 0, frame.position());
  }
}
