package io.serversence.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A request that is sent in pieces, on a connection of its own. */
final class SlowRequest implements AutoCloseable {
  private static final int PATIENCE_MS = 60_000;

  private final Socket socket;

  /**
   * Sends the head and what there is of the body.
   *
   * @param headers each with its line end
   */
  SlowRequest(Server server, String method, String path, String headers, String begun)
      throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(PATIENCE_MS);
    socket.setTcpNoDelay(true);
    send(
        method
            + " "
            + server.base().getPath().replaceAll("/$", "")
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + server.port()
            + "\r\nContent-Type: application/json\r\n"
            + headers
            + "\r\n"
            + begun);
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    socket.getOutputStream().flush();
  }

  /** The status of the answer. */
  int status() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = socket.getInputStream().read(); c != '\n' && c >= 0; ) {
      line.append((char) c);
      c = socket.getInputStream().read();
    }
    String[] words = line.toString().split(" ", 3);
    if (words.length < 2) {
      throw new IOException("no answer: " + line);
    }
    return Integer.parseInt(words[1]);
  }

  /** All that comes after it, until the server closes the connection. */
  String rest() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
