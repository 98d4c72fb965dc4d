package io.serversence.probe;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on loopback that does with each connection what a test says, byte by byte. A script that
 * returns closes its connection.
 */
final class TargetServer implements AutoCloseable {
  /** What to do with a connection, the first being number 1. */
  interface Script {
    void serve(Talk talk, int number) throws Exception;
  }

  /** One accepted connection. */
  static final class Talk {
    final Socket socket;
    final InputStream in;
    final OutputStream out;
    private final CountDownLatch stopped;

    Talk(Socket socket, CountDownLatch stopped) throws IOException {
      this.socket = socket;
      this.stopped = stopped;
      in = socket.getInputStream();
      out = socket.getOutputStream();
    }

    void say(String text) throws IOException {
      say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void say(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    /** Lines, and the blank one that ends them. */
    void head(String... lines) throws IOException {
      say(String.join("\r\n", lines) + "\r\n\r\n");
    }

    /** An answer with a body of that length. */
    void answer(String status, String body, String... headers) throws IOException {
      StringBuilder text = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
      for (String header : headers) {
        text.append(header).append("\r\n");
      }
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      say(text.append("Content-Length: ").append(bytes.length).append("\r\n\r\n").toString());
      say(bytes);
    }

    /** The next request with its body, or null if the client has closed. */
    Request request() throws IOException {
      String head = head();
      if (head == null) {
        return null;
      }
      List<String> lines = List.of(head.split("\r\n"));
      int length = 0;
      for (String line : lines) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(15).trim());
        }
      }
      byte[] body = in.readNBytes(length);
      return new Request(lines, new String(body, StandardCharsets.UTF_8));
    }

    private String head() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
        int c = in.read();
        if (c < 0) {
          return null;
        }
        head.append((char) c);
      }
      return head.toString();
    }

    /** Says nothing more until the test is over. */
    void hang() throws InterruptedException {
      stopped.await();
    }

    /** Waits so many milliseconds; true if the test is over. */
    boolean stopped(long millis) throws InterruptedException {
      return stopped.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Reads until the client closes; true if it did so orderly. */
    boolean closedByClient() throws IOException {
      try {
        while (in.read() >= 0) {
          // whatever it says
        }
        return true;
      } catch (SocketException e) {
        return false;
      }
    }

    /** Ends the connection with a reset. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  /** A request as it came. */
  record Request(List<String> lines, String body) {
    String line() {
      return lines.get(0);
    }

    /** The value of a header, or null. */
    String header(String name) {
      for (String line : lines.subList(1, lines.size())) {
        if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
          return line.substring(name.length() + 1).trim();
        }
      }
      return null;
    }
  }

  private final ServerSocket server;
  private final Script script;
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);

  private TargetServer(ServerSocket server, Script script) {
    this.server = server;
    this.script = script;
    start(this::accept);
  }

  static TargetServer on(ServerSocket socket, Script script) {
    return new TargetServer(socket, script);
  }

  static TargetServer doing(Script script) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.bind(new InetSocketAddress(NetUtil.LOCALHOST4, 0), 200);
      return new TargetServer(socket, script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers each request of each connection. */
  static TargetServer answering(Answering answering) {
    return doing(serving(answering));
  }

  /** An answer to a request. */
  interface Answering {
    void answer(Talk talk, Request request) throws Exception;
  }

  static Script serving(Answering answering) {
    return (talk, number) -> {
      Request request = talk.request();
      while (request != null) {
        answering.answer(talk, request);
        request = talk.request();
      }
    };
  }

  private void start(Runnable work) {
    Thread thread = new Thread(work, "target");
    thread.setDaemon(true);
    synchronized (threads) {
      threads.add(thread);
    }
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        int number = connections.incrementAndGet();
        start(() -> serve(socket, number));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      script.serve(new Talk(socket, stopped), number);
    } catch (Exception e) {
      // the client went away, as hostile servers' clients do
    } finally {
      sockets.remove(socket);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  int connections() {
    return connections.get();
  }

  /** Connections that are open on this side. */
  int open() {
    return sockets.size();
  }

  @Override
  public void close() throws IOException {
    stopped.countDown();
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
