package io.serversence.stream;

import io.serversence.access.Caller;
import io.serversence.access.Gate;
import io.serversence.document.InvalidDocument;
import io.serversence.document.Refused;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The event stream over Server-Sent Events (STREAM.md). It is a servlet and no JAX-RS resource:
 * what a suspended resource holds for each of thousands of connections is of no use to it, and
 * Jersey would end each response a second time, with a warning in the log.
 */
@WebServlet(urlPatterns = EventsServlet.PATH, asyncSupported = true)
public class EventsServlet extends HttpServlet {
  static final String PATH = "/api/events";

  private static final long serialVersionUID = 1L;
  private static final String TYPE = "text/event-stream";

  @SuppressWarnings("NullAway.Init") // CDI sets both
  @Inject
  private transient LiveStream stream;

  @SuppressWarnings("NullAway.Init")
  @Inject
  private transient Gate gate;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      Caller caller = Entrance.reader(gate, request);
      switch (request.getMethod()) {
        case "GET" -> open(request, response, caller);
        case "HEAD" -> headers(request, response);
        default -> {
          response.setHeader("Allow", "GET, HEAD");
          Entrance.refuse(request, response, ProblemDocument.of(405, "a stream is only read"));
        }
      }
    } catch (Refused e) {
      Entrance.refuse(request, response, ProblemDocument.of(e));
    } catch (InvalidDocument e) {
      Entrance.refuse(request, response, ProblemDocument.of(e));
    }
  }

  private void open(HttpServletRequest request, HttpServletResponse response, Caller caller)
      throws IOException {
    Subscription wanted =
        subscription(query(request.getQueryString()), request.getHeader("Last-Event-ID"));
    headers(request, response);
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    Engine engine = stream.engine();
    ServletTransport transport = new ServletTransport(context);
    Ending refused =
        engine.admit(transport, caller, request.getRemoteAddr(), wanted, client -> {});
    if (refused != null) {
      refuse(transport, refused, engine);
    }
  }

  /** The parameters of a query, decoded as UTF-8 whatever the server's own setting is. */
  static Map<String, List<String>> query(@Nullable String text) {
    Map<String, List<String>> query = new TreeMap<>();
    if (text == null) {
      return query;
    }
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      if (!pair.isEmpty()) {
        query
            .computeIfAbsent(name, n -> new ArrayList<>())
            .add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InvalidDocument("", "the query is not well encoded");
    }
  }

  static Subscription subscription(Map<String, List<String>> query, @Nullable String lastEventId) {
    String given = single(query, "lastEventId");
    String snapshot = single(query, "snapshot");
    if (snapshot != null && !snapshot.equals("true") && !snapshot.equals("false")) {
      throw new InvalidDocument("snapshot", "must be true or false");
    }
    boolean wantsSnapshot = !"false".equals(snapshot);
    String cursor = lastEventId == null || lastEventId.isEmpty() ? given : lastEventId;
    return new Subscription(Filter.of(query), cursor, wantsSnapshot, Wire.SSE, JsonValue.NULL);
  }

  private static @Nullable String single(Map<String, List<String>> query, String name) {
    List<String> values = query.remove(name);
    if (values == null) {
      return null;
    }
    if (values.size() != 1) {
      throw new InvalidDocument(name, "must be given once");
    }
    return values.get(0);
  }

  private static void headers(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(TYPE);
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
