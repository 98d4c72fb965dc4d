package io.serversence.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The least that a server can do: it keeps its readers in a list, makes each event once and writes
 * it to one after the other. What that costs is the yardstick of {@link StreamBench}. It has no
 * resume, no filter and no bound, and a reader that does not read loses events. An event says when
 * it was due, so that one who falls behind shows it.
 */
final class Floor {
  private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final Selector selector;
  private final List<SocketChannel> sse = new ArrayList<>();
  private final List<SocketChannel> sockets = new ArrayList<>();
  private final ByteBuffer incoming = ByteBuffer.allocateDirect(64 * 1024);
  private final ByteArrayOutputStream sseText = new ByteArrayOutputStream();
  private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
  private long seq;

  private Floor(int port) throws IOException {
    selector = Selector.open();
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4_096);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  /**
   * Runs until it is ended.
   *
   * @param args the port, the events a second, the bytes of an event's data, how many readers to
   *     wait for before the first, and for how many milliseconds events are gathered
   */
  public static void main(String[] args) throws IOException {
    Floor floor = new Floor(Integer.parseInt(args[0]));
    int size = Integer.parseInt(args[2]);
    long gap = 1_000_000_000L / Integer.parseInt(args[1]);
    int readers = Integer.parseInt(args[3]);
    long gathering = Long.parseLong(args[4]) * 1_000_000L;
    while (floor.sse.size() + floor.sockets.size() < readers) {
      floor.selector.select(floor::ready);
    }
    Instant begin = Instant.now();
    long start = System.nanoTime();
    long next = start + gap;
    long written = start;
    while (true) {
      floor.selector.select(floor::ready, Math.max(1, (next - System.nanoTime()) / 1_000_000));
      while (System.nanoTime() - next >= 0) {
        floor.publish(size, begin.plusNanos(next - start));
        next += gap;
        if (System.nanoTime() - written >= gathering) {
          written = System.nanoTime();
          floor.write();
        }
      }
    }
  }

  private void publish(int size, Instant due) throws IOException {
    seq++;
    String at = due.truncatedTo(ChronoUnit.MILLIS).plusNanos(1).toString();
    StringBuilder data = new StringBuilder("{\"seq\":" + seq + ",\"prev\":" + (seq - 1));
    data.append(",\"at\":\"").append(at, 0, 23).append("Z\",\"pad\":\"");
    data.append("x".repeat(Math.max(0, size - data.length() - 2))).append("\"}");
    byte[] text = data.toString().getBytes(UTF_8);
    sseText.write(("id: " + seq + "\ndata: " + data + "\n\n").getBytes(UTF_8));
    byte[] head =
        text.length < 126
            ? new byte[] {(byte) 0x81, (byte) text.length}
            : new byte[] {(byte) 0x81, 126, (byte) (text.length >> 8), (byte) text.length};
    frames.write(head);
    frames.write(text);
  }

  private void write() throws IOException {
    write(sse, sseText);
    write(sockets, frames);
  }

  private static void write(List<SocketChannel> readers, ByteArrayOutputStream what)
      throws IOException {
    ByteBuffer frame = ByteBuffer.allocateDirect(what.size()).put(what.toByteArray());
    what.reset();
    for (SocketChannel reader : readers) {
      if (reader.isOpen()) {
        reader.write(frame.flip());
        frame.position(frame.limit());
      }
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        SocketChannel accepted = ((ServerSocketChannel) key.channel()).accept();
        accepted.configureBlocking(false);
        accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
        accepted.register(selector, SelectionKey.OP_READ);
        return;
      }
      SocketChannel channel = (SocketChannel) key.channel();
      incoming.clear();
      if (channel.read(incoming) < 0) {
        channel.close();
        return;
      }
      String request = ISO_8859_1.decode(incoming.flip()).toString();
      if (request.startsWith("GET ")) {
        greet(channel, request);
      }
    } catch (IOException e) {
      key.cancel();
    }
  }

  private void greet(SocketChannel channel, String request) throws IOException {
    Matcher key = KEY.matcher(request);
    boolean upgrades = request.toLowerCase(Locale.ROOT).contains("upgrade: websocket");
    String head =
        upgrades && key.find()
            ? "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: "
                + accept(key.group(1))
                + "\r\n\r\n"
            : "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
    channel.write(ByteBuffer.wrap(head.getBytes(ISO_8859_1)));
    (upgrades ? sockets : sse).add(channel);
  }

  private static String accept(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
