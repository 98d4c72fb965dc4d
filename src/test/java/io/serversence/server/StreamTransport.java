package io.serversence.server;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The two ways to the event stream. */
enum StreamTransport {
  SSE {
    @Override
    StreamClient client(StreamRequest request, StreamChecker checker) throws IOException {
      return new SseClient(request, checker);
    }

    @Override
    StreamConnection.Head ask(StreamConnection connection, StreamRequest request)
        throws IOException {
      return SseClient.ask(connection, request);
    }
  },

  WEB_SOCKET {
    @Override
    StreamClient client(StreamRequest request, StreamChecker checker) throws IOException {
      return new SocketClient(request, checker);
    }

    @Override
    StreamConnection.Head ask(StreamConnection connection, StreamRequest request)
        throws IOException {
      return SocketClient.upgrade(connection, request);
    }
  };

  /** Connects and makes the request, but reads nothing after the answer's head. */
  abstract StreamClient client(StreamRequest request, StreamChecker checker) throws IOException;

  abstract StreamConnection.Head ask(StreamConnection connection, StreamRequest request)
      throws IOException;

  /** The other one. */
  StreamTransport other() {
    return this == SSE ? WEB_SOCKET : SSE;
  }

  /** Opens a stream, and waits until it is subscribed. */
  StreamClient open(StreamRequest request) throws IOException {
    return open(request, new StreamChecker());
  }

  /** Opens a stream for a client that had others before. */
  StreamClient open(StreamRequest request, StreamChecker checker) throws IOException {
    StreamClient client = client(request, checker);
    try {
      client.begin();
      return client;
    } catch (RuntimeException | AssertionError | IOException e) {
      client.quietly();
      throw e;
    }
  }

  /** Opens a stream, subscribes, and reads nothing of what comes. */
  StreamClient stalled(StreamRequest request) throws IOException {
    StreamClient client = client(request, new StreamChecker());
    if (client instanceof SocketClient socket) {
      socket.send(request.subscribe().add("ref", 1).build().toString());
    }
    return client;
  }

  /** Asks for a stream that is refused with an error status. */
  Answer refusal(StreamRequest request) throws IOException {
    try (StreamConnection connection = new StreamConnection(request.server(), 0)) {
      StreamConnection.Head head = ask(connection, request);
      if (head.status() < 400) {
        throw new AssertionError("it was let in: " + head);
      }
      Map<String, List<String>> headers =
          head.headers().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> List.of(e.getValue())));
      return new Answer(
          head.status(),
          java.net.http.HttpHeaders.of(headers, (name, value) -> true),
          connection.text(head));
    }
  }
}
