package io.serversence.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A keep-alive connection on which anything may be written, HTTP or not. Opened again after the
 * server has closed it. Used by one thread.
 */
final class RawConnection implements AutoCloseable {
  /** The status of an answer that never came: the server has closed the connection instead. */
  static final int CLOSED = 0;

  private static final int PATIENCE_MS = 30_000;
  private static final int MOST = 4 << 20;

  private final int port;
  private @Nullable Socket socket;
  private @Nullable InputStream in;

  RawConnection(int port) {
    this.port = port;
  }

  /**
   * Writes a request and reads the answer to it.
   *
   * @param body whether the answer may have one, as those to HEAD have not
   */
  Answer ask(byte[] request, boolean body) throws IOException {
    boolean reused = socket != null;
    try {
      return once(request, body);
    } catch (IOException e) {
      close();
      if (!reused) {
        return closed();
      }
    }
    try { // the server may have closed it after the answer before
      return once(request, body);
    } catch (EOFException | SocketException e) {
      close();
      return closed();
    }
  }

  private static Answer closed() {
    return new Answer(CLOSED, HttpHeaders.of(Map.of(), (n, v) -> true), "");
  }

  private Answer once(byte[] request, boolean body) throws IOException {
    if (socket == null) {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MS);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    }
    try {
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      // refused before it was read as a whole; the answer may be there all the same
    }
    return read(in, body, offersProtocol(request));
  }

  /** Whether a request offers to go on in another protocol. */
  private static boolean offersProtocol(byte[] request) {
    String head = new String(request, 0, Math.min(request.length, 10_000), ISO_8859_1);
    return head.contains("\r\nUpgrade: ");
  }

  private Answer read(InputStream stream, boolean mayHaveBody, boolean offered) throws IOException {
    String[] status = line(stream).split(" ", 3);
    if (status.length < 2 || !status[0].startsWith("HTTP/1.")) {
      throw new IOException("no HTTP: " + String.join(" ", status));
    }
    int code = Integer.parseInt(status[1]);
    Map<String, List<String>> headers = new HashMap<>();
    for (String line = line(stream); !line.isEmpty(); line = line(stream)) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), n -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    if (code == 100) {
      return read(stream, mayHaveBody, offered);
    }
    String type = first(headers, "content-type");
    String text;
    boolean untold = offered && type.isEmpty() && first(headers, "content-length").isEmpty();
    if (type.startsWith("text/event-stream") || untold) {
      text = ""; // it has no end; Payara leaves out its type where another protocol was offered
      close();
    } else if (!mayHaveBody || code == 204 || code == 304) {
      text = "";
    } else {
      text = new String(body(stream, headers), UTF_8);
    }
    if (first(headers, "connection").equalsIgnoreCase("close")) {
      close();
    }
    return new Answer(code, HttpHeaders.of(headers, (n, v) -> true), text);
  }

  private byte[] body(InputStream stream, Map<String, List<String>> headers) throws IOException {
    if (first(headers, "transfer-encoding").equalsIgnoreCase("chunked")) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      int size = Integer.parseInt(line(stream), 16);
      while (size > 0) {
        all.write(exactly(stream, size));
        line(stream);
        size = Integer.parseInt(line(stream), 16);
      }
      line(stream);
      return all.toByteArray();
    }
    String length = first(headers, "content-length");
    if (!length.isEmpty()) {
      return exactly(stream, Integer.parseInt(length));
    }
    if (!first(headers, "connection").equalsIgnoreCase("close")) {
      throw new IOException("the answer has no end");
    }
    byte[] rest = stream.readNBytes(MOST);
    close();
    return rest;
  }

  private static byte[] exactly(InputStream stream, int size) throws IOException {
    byte[] bytes = stream.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("the answer was cut");
    }
    return bytes;
  }

  private static String first(Map<String, List<String>> headers, String name) {
    return headers.getOrDefault(name, List.of("")).get(0);
  }

  private static String line(InputStream stream) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = stream.read(); c != '\n'; c = stream.read()) {
      if (c < 0) {
        throw new EOFException("the connection was closed");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(ISO_8859_1);
  }

  @Override
  public void close() {
    Socket open = socket;
    socket = null;
    in = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // it is of no use any more
      }
    }
  }
}
