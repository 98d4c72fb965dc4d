package io.serversence.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Opens an event stream on a Servlet response. */
final class SseAnswer {
  private SseAnswer() {}

  /** Lets a client in. */
  @FunctionalInterface
  interface Door {
    /** Null if it is in, else why not. */
    @Nullable Ending admit(Engine engine, Transport transport);
  }

  /**
   * Answers with a stream, from an engine that lets the client in or says why not.
   *
   * @throws IOException if the client is gone already
   */
  static void open(HttpServletRequest request, Engine engine, Door door) throws IOException {
    AsyncContext context =
        request.isAsyncStarted() ? request.getAsyncContext() : request.startAsync();
    context.setTimeout(0);
    headers(request, (HttpServletResponse) context.getResponse());
    ServletTransport transport = new ServletTransport(context);
    Ending refused = door.admit(engine, transport);
    if (refused != null) {
      refuse(transport, refused, engine);
    }
  }

  static void headers(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(MediaType.SERVER_SENT_EVENTS);
    response.setHeader("Cache-Control", "no-store, no-transform");
    response.setHeader("X-Accel-Buffering", "no");
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (request.getProtocol().equals("HTTP/1.1")) {
      // The connection is of no use after the stream. Where the server then needs no chunks, an
      // event costs it less, and it has none left to write to a client that is gone, which
      // Undertow logs as an error.
      response.setHeader("Connection", "close");
    }
  }

  /** An end that a browser's EventSource comes back from, as it would not from an error status. */
  private static void refuse(ServletTransport transport, Ending why, Engine engine) {
    Long reconnectMs = why.reconnectMs(engine.room().jitter());
    long retry = reconnectMs == null ? -1 : reconnectMs;
    TransportSink sink = new TransportSink(transport);
    String data = "{\"reason\":\"" + why.word() + "\",\"reconnectMs\":" + reconnectMs + "}";
    var unused =
        sink.send(new TextEvent("bye", null, data, retry))
            .whenComplete((done, fault) -> sink.close());
  }
}
