package io.serversence.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Thousands of readers of a stream on one thread. Each notices what it has lost by {@code prev}.
 * What it tells may be asked for by any thread.
 */
final class Crowd implements AutoCloseable, CrowdMember.Told {
  private static final long STEP = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int TIMES = 1_024;

  private final InetSocketAddress address;
  private final String ssePath;
  private final String socketPath;
  private final @Nullable String subscribe;
  private final Selector selector;
  private final ByteBuffer incoming = ByteBuffer.allocateDirect(256 * 1024);
  private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
  private final List<Connection> all = new CopyOnWriteArrayList<>();
  private final List<Connection> waiting = new ArrayList<>(); // of the thread
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong greeted = new AtomicLong();
  private final AtomicLong broken = new AtomicLong();
  private volatile Distribution delays = new Distribution();
  private volatile boolean closed;
  private SocketChannel current; // whose bytes are being read
  private final long[] timedSeq = new long[TIMES]; // by the sequence number modulo TIMES
  private final long[] timedAt = new long[TIMES];
  private double perStep;
  private double due;

  private static final class Connection {
    private final CrowdMember member;
    private @Nullable SocketChannel channel;

    private Connection(CrowdMember member) {
      this.member = member;
    }
  }

  /**
   * A crowd that is still empty.
   *
   * @param subscribe the members of a subscription but the cursor, such as {@code "batch":true};
   *     null where a WebSocket needs none
   */
  Crowd(int port, String ssePath, String socketPath, @Nullable String subscribe) {
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.ssePath = ssePath;
    this.socketPath = socketPath;
    this.subscribe = subscribe;
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::run, "crowd");
    thread.setDaemon(true);
    thread.start();
  }

  /** Lets more in, so many a second. */
  void join(StreamTransport transport, int count, int perSecond) {
    order(
        () -> {
          perStep = perSecond * STEP / 1e9;
          List<Connection> more =
              Stream.generate(() -> new Connection(new CrowdMember(transport, this)))
                  .limit(count)
                  .toList();
          all.addAll(more);
          waiting.addAll(more);
        });
  }

  /** Cuts all off by a TCP reset; they come back with their cursors, so many a second. */
  void cut(int perSecond) {
    greeted.set(0); // at once, lest who waits for all to be back sees those who were there
    order(
        () -> {
          perStep = perSecond * STEP / 1e9;
          for (Connection connection : all) {
            drop(connection);
            connection.member.reconnected();
            waiting.add(connection);
          }
        });
  }

  private static void drop(Connection connection) {
    SocketChannel channel = connection.channel;
    if (channel != null) {
      try {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void order(Runnable order) {
    orders.add(order);
    selector.wakeup();
  }

  /** Forgets all counts. */
  void reset() {
    events.set(0);
    bytes.set(0);
    delays = new Distribution();
  }

  /** How many are answered with 200 or 101, and were not cut off since. */
  long greeted() {
    return greeted.get();
  }

  /** How many were answered with something else. */
  long refused() {
    return refused.get();
  }

  /** How many connections the server has ended. */
  long broken() {
    return broken.get();
  }

  /** The newest event that anyone has, by its number. */
  long newest() {
    return all.stream().mapToLong(c -> c.member.last()).max().orElse(0);
  }

  /** The newest event that everyone has. */
  long oldest() {
    return all.stream().mapToLong(c -> c.member.last()).min().orElse(0);
  }

  long events() {
    return events.get();
  }

  long bytes() {
    return bytes.get();
  }

  /** How many times a reader noticed that it had lost something, or got something twice. */
  long lost() {
    return lost.get();
  }

  /** From the time in an event to its arrival, in nanoseconds; both clocks show milliseconds. */
  Distribution delays() {
    return delays;
  }

  private void run() {
    long next = System.nanoTime();
    try {
      while (!closed) {
        long left = waiting.isEmpty() ? 100 : Math.max(1, (next - System.nanoTime()) / 1_000_000);
        selector.select(this::ready, left);
        for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
          order.run();
        }
        if (System.nanoTime() - next >= 0) {
          next = System.nanoTime() + STEP;
          connectSome();
        }
      }
      for (Connection connection : all) {
        drop(connection);
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void connectSome() throws IOException {
    for (due += perStep; due >= 1 && !waiting.isEmpty(); due--) {
      Connection connection = waiting.remove(waiting.size() - 1);
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.connect(address);
      channel.register(selector, SelectionKey.OP_CONNECT, connection);
      connection.channel = channel;
    }
    due = waiting.isEmpty() ? 0 : due;
  }

  private void ready(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    SocketChannel channel = (SocketChannel) key.channel();
    try {
      if (key.isConnectable() && channel.finishConnect()) {
        key.interestOps(SelectionKey.OP_READ);
        channel.write(ByteBuffer.wrap(request(connection.member).getBytes(UTF_8)));
      } else if (key.isReadable()) {
        incoming.clear();
        int count = channel.read(incoming);
        if (count < 0) {
          throw new IOException("the end");
        }
        bytes.addAndGet(count);
        current = channel;
        connection.member.received(incoming.flip());
      }
    } catch (IOException e) {
      broken.incrementAndGet();
      drop(connection);
    }
  }

  private String request(CrowdMember member) {
    boolean sse = member.transport() == StreamTransport.SSE;
    String cursor = member.cursor();
    return "GET "
        + (sse ? ssePath : socketPath)
        + " HTTP/1.1\r\nHost: 127.0.0.1:"
        + address.getPort()
        + "\r\n"
        + (sse && cursor != null ? "Last-Event-ID: " + cursor + "\r\n" : "")
        + (sse
            ? ""
            : "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: "
                + SocketClient.PROTOCOL
                + "\r\n")
        + "\r\n";
  }

  @Override
  public void greeted(CrowdMember member, int status) {
    boolean welcome = status == (member.transport() == StreamTransport.SSE ? 200 : 101);
    (welcome ? greeted : refused).incrementAndGet();
    if (welcome && status == 101 && subscribe != null) {
      String cursor = member.cursor();
      String text =
          "{\"op\":\"subscribe\",\"ref\":1,"
              + (cursor == null ? "" : "\"lastEventId\":\"" + cursor + "\",")
              + subscribe
              + "}";
      send(0x81, text.getBytes(UTF_8));
    }
  }

  @Override
  public void event(CrowdMember member, long seq, long prev, String at) {
    events.incrementAndGet();
    if (seq <= member.last() || (member.last() > 0 && prev > member.last())) {
      lost.incrementAndGet();
    }
    if (!at.isEmpty()) {
      int place = (int) (seq % TIMES);
      if (seq != timedSeq[place]) { // most events come to many
        timedSeq[place] = seq;
        timedAt[place] = Instant.parse(at).toEpochMilli();
      }
      delays.add(Math.max(0, System.currentTimeMillis() - timedAt[place]) * 1_000_000);
    }
  }

  @Override
  public void ping(CrowdMember member, byte[] payload) {
    send(0x8A, payload);
  }

  /** Sends a short message, masked with zeros, which the protocol allows. */
  private void send(int head, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 8).put((byte) head);
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    frame.putInt(0).put(payload).flip();
    try {
      current.write(frame);
    } catch (IOException e) {
      // reading it will say so
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }
}
