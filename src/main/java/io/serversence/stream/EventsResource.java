package io.serversence.stream;

import io.serversence.access.Caller;
import io.serversence.access.Needs;
import io.serversence.access.Role;
import io.serversence.document.InvalidDocument;
import io.serversence.document.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
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
@ApplicationScoped
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
    SseAnswer.open(
        request,
        stream.engine(),
        (engine, transport) ->
            engine.admit(transport, caller, caller.address(), subscription, client -> {}));
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
}
