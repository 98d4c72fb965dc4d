package io.serversence.stream;

import io.serversence.access.Caller;
import io.serversence.access.Gate;
import io.serversence.document.Refused;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
@WebFilter(urlPatterns = StreamSocket.PATH, asyncSupported = true)
public class HandshakeFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** Carries the client's address to {@link Handshake}, which cannot see it otherwise. */
  static final String ADDRESS = "ServerSence-Address";

  @Inject private transient @Nullable Gate gate;
  @Inject private transient @Nullable StreamSettings settings;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String upgrade = request.getHeader("Upgrade");
    if (upgrade == null || !upgrade.equalsIgnoreCase("websocket")) {
      chain.doFilter(request, response);
      return;
    }
    JsonObject problem = problem(request);
    if (problem == null) {
      chain.doFilter(new Addressed(request), response);
    } else {
      Entrance.refuse(request, response, problem);
    }
  }

  private @Nullable JsonObject problem(HttpServletRequest request) {
    Caller caller;
    try {
      caller = Entrance.reader(Objects.requireNonNull(gate), request);
    } catch (Refused e) {
      return ProblemDocument.of(e);
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
    private Addressed(HttpServletRequest request) {
      super(request);
    }

    @Override
    public @Nullable String getHeader(String name) {
      return name.equalsIgnoreCase(ADDRESS) ? getRemoteAddr() : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return name.equalsIgnoreCase(ADDRESS)
          ? Collections.enumeration(List.of(getRemoteAddr()))
          : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      names.addAll(Collections.list(super.getHeaderNames()));
      names.add(ADDRESS);
      return Collections.enumeration(names);
    }
  }
}
