package io.serversence.probe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.serversence.monitor.Evidence;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Target;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Connects, says what there is to say, and waits for what is expected; without an expectation, for
 * the first bytes if a condition is about them, else for nothing.
 */
final class TcpProbe extends Probe {
  /** What is expected has to come within so many bytes. */
  private static final int CAP = 64 * 1024;

  private static final int FIRST_ROOM = 512;
  private static final int QUOTED = 60;

  private final Target.Tcp target;
  private final byte[] expected;
  private byte[] bytes = new byte[0];
  private int size;
  private boolean sent;

  TcpProbe(Lane lane, Monitor monitor, Target.Tcp target, boolean evidenceAlways) {
    super(lane, monitor, evidenceAlways);
    this.target = target;
    this.expected = bytes(target.expect());
  }

  private static byte[] bytes(@Nullable String text) {
    return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  void look() {
    dial(Endpoint.plain(target.host(), target.port()));
  }

  @Override
  void converse(Connection with) {
    byte[] said = bytes(target.send());
    boolean listens = expected.length > 0 || HttpProbe.needsBody(monitor);
    if (said.length > 0) {
      sent = true;
      with.send(Unpooled.wrappedBuffer(said));
    }
    if (listens) {
      reached(Stage.WAITING);
    } else {
      finish(null);
    }
  }

  @Override
  public void firstByte() {
    reached(Stage.READING);
  }

  @Override
  void hear(Object message) {
    if (message instanceof ByteBuf part) {
      add(part);
    }
  }

  private void add(ByteBuf part) {
    int n = Math.min(part.readableBytes(), CAP - size);
    if (size + n > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + n, Math.max(FIRST_ROOM, 2 * bytes.length)));
    }
    part.getBytes(part.readerIndex(), bytes, size, n);
    int from = Math.max(0, size - expected.length + 1);
    size += n;
    if (found(from)) {
      finish(null);
    } else if (size >= CAP) {
      finish(Failure.of(quoted() + " did not come in the first " + Words.bytes(CAP)));
    }
  }

  private boolean found(int from) {
    for (int i = from; i + expected.length <= size; i++) {
      if (Arrays.equals(bytes, i, i + expected.length, expected, 0, expected.length)) {
        return true;
      }
    }
    return false;
  }

  private String quoted() {
    String text = target.expect() == null ? "" : target.expect();
    return "\"" + (text.length() > QUOTED ? text.substring(0, QUOTED) + "…" : text) + "\"";
  }

  @Override
  String waitingFor() {
    boolean listening = stage() == Stage.WAITING || stage() == Stage.READING;
    return listening && expected.length > 0 ? "while waiting for " + quoted() : super.waitingFor();
  }

  @Override
  void lost(@Nullable Throwable cause) {
    if (cause == null && expected.length > 0) {
      finish(Failure.of("connection closed by the target before " + quoted() + " came"));
    } else {
      finish(Words.of(cause, stage()));
    }
  }

  @Override
  public String body() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  @Override
  Evidence evidence(List<String> addresses, Evidence.@Nullable Certificate certificate) {
    String said = target.send();
    return new Evidence(
        sent ? excerpt(said) : null,
        Map.of(),
        null,
        Map.of(),
        size == 0 ? null : excerpt(body()),
        addresses,
        certificate);
  }

  private static @Nullable String excerpt(@Nullable String text) {
    return text == null || text.length() <= Body.EXCERPT ? text : text.substring(0, Body.EXCERPT);
  }
}
