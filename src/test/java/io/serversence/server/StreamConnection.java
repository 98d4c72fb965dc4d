package io.serversence.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One HTTP/1.1 connection, byte by byte, so that a test may stall it, reset it, and see exactly
 * what came.
 */
final class StreamConnection implements AutoCloseable {
  private static final int PATIENCE_MS = 30_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;
  private final String host;

  /** The head of an answer; the names of its headers are in lower case. */
  record Head(int status, Map<String, String> headers) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  /**
   * Connects.
   *
   * @param receiveBuffer in bytes; 0 for the system's own
   */
  StreamConnection(Server server, int receiveBuffer) throws IOException {
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setTcpNoDelay(true);
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), PATIENCE_MS);
    socket.setSoTimeout(PATIENCE_MS);
    // a small buffer, so that what was not asked for stays in the kernel
    in = new BufferedInputStream(socket.getInputStream(), 2048);
    out = socket.getOutputStream();
    host = "127.0.0.1:" + server.port();
  }

  /** Sends a request without a body and reads the head of its answer. */
  Head ask(String method, String path, Map<String, String> headers) throws IOException {
    StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    if (!headers.containsKey("Host")) {
      request.append("Host: ").append(host).append("\r\n");
    }
    headers.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
    out.write(request.append("\r\n").toString().getBytes(ISO_8859_1));
    String status = line();
    if (!status.startsWith("HTTP/1.1 ")) {
      throw new IOException("not an answer: " + status);
    }
    Map<String, String> answered = new TreeMap<>();
    String line = line();
    while (!line.isEmpty()) {
      int colon = line.indexOf(':');
      answered.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      line = line();
    }
    return new Head(Integer.parseInt(status.substring(9, 12)), answered);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int c = in.read();
    while (c != '\n') {
      if (c < 0) {
        throw new EOFException("the head ends after: " + line);
      }
      line.write(c);
      c = in.read();
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  /** The body of an answer, without the chunks that it came in. */
  InputStream body(Head head) {
    return head.header("Transfer-Encoding").equalsIgnoreCase("chunked") ? new Chunks(in) : in;
  }

  /** The whole text of an answer that ends. */
  String text(Head head) throws IOException {
    String length = head.header("Content-Length");
    byte[] bytes =
        length.isEmpty() ? body(head).readAllBytes() : in.readNBytes(Integer.parseInt(length));
    return new String(bytes, UTF_8);
  }

  /** What the server sends after the head, as it is. */
  InputStream in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  /** The client's port. */
  int port() {
    return socket.getLocalPort();
  }

  /** How long reading waits; 0 for ever. */
  void patience(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  /** Ends it with a TCP reset, as a crashed or cut-off client does. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
