package io.serversence.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the stream over Server-Sent Events. */
final class SseClient extends StreamClient {
  private final StreamConnection.Head head;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private volatile long retry = -1;

  SseClient(StreamRequest request, StreamChecker checker) throws IOException {
    super(StreamTransport.SSE, request, checker);
    head = ask(connection(), request);
    if (head.status() != 200) {
      throw new AssertionError("the stream answers " + head.status() + connection().text(head));
    }
  }

  static StreamConnection.Head ask(StreamConnection connection, StreamRequest request)
      throws IOException {
    Map<String, String> headers = new LinkedHashMap<>(request.headers());
    headers.put("Accept", "text/event-stream");
    if (request.lastEventId() != null) {
      headers.put("Last-Event-ID", request.lastEventId());
    }
    return connection.ask("GET", request.eventsPath(), headers);
  }

  StreamConnection.Head head() {
    return head;
  }

  /** What the last retry line said, in milliseconds; -1 if there was none. */
  long retry() {
    return retry;
  }

  @Override
  String resumed() {
    return hello().json().getString("resumed");
  }

  @Override
  JsonObject filter() {
    return hello().json().getJsonObject("filter");
  }

  @Override
  End read() throws IOException {
    InputStream in = new BufferedInputStream(connection().body(head), 2048);
    String name = null;
    String id = null;
    String data = null;
    boolean first = true;
    for (String text = line(in); text != null; text = line(in)) {
      if (first && !text.startsWith("retry: ")) {
        throw new AssertionError("the first line is no retry: " + text);
      }
      first = false;
      if (text.isEmpty()) {
        if (name == null || data == null) {
          throw new AssertionError("an event without name or data: " + name + " " + data);
        }
        arrived(new StreamEvent(name, id, data, null, System.nanoTime()));
        name = null;
        id = null;
        data = null;
      } else if (text.startsWith("event: ") && name == null) {
        name = text.substring(7);
      } else if (text.startsWith("id: ") && id == null) {
        id = text.substring(4);
      } else if (text.startsWith("data: ") && data == null) {
        data = text.substring(6);
      } else if (text.startsWith("retry: ")) {
        retry = Long.parseLong(text.substring(7));
      } else {
        throw new AssertionError("a line that does not belong here: " + text);
      }
    }
    return new End(0, "");
  }

  private @Nullable String line(InputStream in) throws IOException {
    line.reset();
    int c = in.read();
    while (c != '\n') {
      if (c < 0) {
        if (line.size() > 0) {
          throw new IOException("the stream ends within a line");
        }
        return null;
      }
      line.write(c);
      c = in.read();
    }
    return line.toString(UTF_8);
  }
}
