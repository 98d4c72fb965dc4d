package io.serversence.stream;

import io.serversence.access.Caller;
import io.serversence.access.Needs;
import io.serversence.access.Role;
import io.serversence.document.InvalidDocument;
import io.serversence.document.Refused;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The event stream over Server-Sent Events (STREAM.md). */
@Path("events")
@RequestScoped
public class EventsResource {
  @Inject LiveStream stream;

  /** For the container, which wants one without parameters. */
  @SuppressWarnings("NullAway.Init") // CDI sets the stream
  public EventsResource() {}

  /**
   * Opens a stream. The answer is written to the Servlet response as it is free, so the suspended
   * one is never resumed: it only keeps JAX-RS from ending the response.
   */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Needs(Role.VIEWER)
  public void events(
      @Suspended AsyncResponse suspended, @Context HttpServletRequest request, @Context UriInfo uri)
      throws IOException {
    Caller caller = caller(request);
    Subscription subscription = subscription(uri, request.getHeader("Last-Event-ID"));
    if (request.getMethod().equals("HEAD")) { // nothing would ever tell that its reader has gone
      suspended.resume(
          Response.ok()
              .type(MediaType.SERVER_SENT_EVENTS)
              .header("Cache-Control", "no-store, no-transform")
              .build());
      return;
    }
    AsyncContext context =
        request.isAsyncStarted() ? request.getAsyncContext() : request.startAsync();
    context.setTimeout(0);
    headers(request, (HttpServletResponse) context.getResponse());
    Engine engine = stream.engine();
    ServletTransport transport = new ServletTransport(context);
    Ending refused = engine.admit(transport, caller, caller.address(), subscription, client -> {});
    if (refused != null) {
      refuse(transport, refused, engine);
    }
  }

  private static Caller caller(HttpServletRequest request) {
    Object caller = request.getAttribute(Caller.class.getName());
    if (!(caller instanceof Caller known) || (known.anonymous() && known.role() == null)) {
      throw new Refused(Refused.Reason.UNAUTHENTICATED, "credentials are needed");
    }
    if (!known.may(Role.VIEWER)) {
      throw new Refused(Refused.Reason.FORBIDDEN, "the role viewer is needed");
    }
    return known;
  }

  private static Subscription subscription(UriInfo uri, @Nullable String lastEventId) {
    Map<String, List<String>> query = new TreeMap<>(uri.getQueryParameters());
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
