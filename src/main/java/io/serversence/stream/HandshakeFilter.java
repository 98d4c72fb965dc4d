package io.serversence.stream;

import io.serversence.access.Caller;
import io.serversence.access.ClientAddress;
import io.serversence.access.Gate;
import io.serversence.access.Role;
import io.serversence.document.Refused;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns away who may not open a WebSocket, with the status that says why; once a connection is
 * upgraded, containers have no way to say it.
 */
@WebFilter(
    urlPatterns = StreamSocket.PATH,
    asyncSupported = true,
    dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ASYNC})
public class HandshakeFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** Carries the client's address to {@link Handshake}, which cannot see it otherwise. */
  static final String ADDRESS = "ServerSence-Address";

  /** Carries who is connected, whose word on the client's name may count. */
  static final String PEER = "ServerSence-Peer";

  @Inject private transient @Nullable Gate gate;
  @Inject private transient @Nullable StreamSettings settings;
  @Inject private transient @Nullable ClientAddress address;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String upgrade = request.getHeader("Upgrade");
    if (upgrade == null || !upgrade.equalsIgnoreCase("websocket")) {
      chain.doFilter(request, response);
      return;
    }
    Addressed addressed = new Addressed(request, Objects.requireNonNull(address));
    JsonObject problem;
    try {
      problem = problem(addressed);
    } catch (Refused e) {
      problem = ProblemDocument.of(e);
      if (e.retryAfter() != null) {
        response.setHeader("Retry-After", e.retryAfter());
      }
    }
    if (problem == null) {
      chain.doFilter(addressed, response);
      return;
    }
    refuse(request, response, problem);
  }

  /** Answers with a problem, as all of the API does. */
  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, JsonObject problem)
      throws IOException {
    int status = problem.getInt("status");
    response.setStatus(status);
    // a browser would open its own login dialog over the page for a challenge to its script
    if (status == 401 && request.getHeader("Sec-Fetch-Mode") == null) {
      response.setHeader("WWW-Authenticate", "Basic realm=\"ServerSence\", charset=\"UTF-8\"");
    }
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentType("application/problem+json");
    response.getOutputStream().write(problem.toString().getBytes(StandardCharsets.UTF_8));
  }

  private @Nullable JsonObject problem(Addressed request) {
    Caller caller =
        Objects.requireNonNull(gate)
            .identify(
                request.getHeader("Authorization"),
                request.getHeader("Cookie"),
                request.address,
                request.client.vouched(
                    request.peer, name -> Collections.list(request.getHeaders(name))));
    if (!caller.may(Role.VIEWER)) {
      return caller.anonymous()
          ? ProblemDocument.of(401, "credentials are needed")
          : ProblemDocument.of(403, "the role viewer is needed");
    }
    if (!Origins.allowed(
        request.getHeader("Origin"),
        request.getHeader("Host"),
        caller.cookie(),
        Objects.requireNonNull(settings).origins())) {
      return ProblemDocument.of(403, "pages of this origin may not connect");
    }
    return offers(request)
        ? null
        : ProblemDocument.of(400, "the subprotocol " + StreamSocket.PROTOCOL + " is needed");
  }

  private static boolean offers(HttpServletRequest request) {
    return Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .anyMatch(word -> word.trim().equals(StreamSocket.PROTOCOL));
  }

  /** The request with the client's address as a header; what the client sent of it is hidden. */
  private static final class Addressed extends HttpServletRequestWrapper {
    private final ClientAddress client;
    private final String peer;
    private final String address;

    private Addressed(HttpServletRequest request, ClientAddress client) {
      super(request);
      this.client = client;
      peer = request.getRemoteAddr();
      address = client.of(peer, Collections.list(request.getHeaders("X-Forwarded-For")));
    }

    @Override
    public @Nullable String getHeader(String name) {
      String own = own(name);
      return own == null ? super.getHeader(name) : own;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      String own = own(name);
      return own == null ? super.getHeaders(name) : Collections.enumeration(List.of(own));
    }

    private @Nullable String own(String name) {
      if (name.equalsIgnoreCase(PEER)) {
        return peer;
      }
      return name.equalsIgnoreCase(ADDRESS) ? address : null;
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      names.addAll(Collections.list(super.getHeaderNames()));
      names.add(ADDRESS);
      names.add(PEER);
      return Collections.enumeration(names);
    }
  }
}
