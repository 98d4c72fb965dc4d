package io.serversence.api;

import io.serversence.access.PublicAddress;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets pages of the configured origins read answers and send requests, and nobody else's (Fetch
 * Standard, CORS protocol). Where no origin is configured, no such header is ever sent.
 */
@WebFilter(
    urlPatterns = {"/api/*", "/metrics", "/health/*", "/status/*", "/badges/*", "/feeds/*"},
    asyncSupported = true,
    dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ASYNC})
public class CorsFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String MINUTES_10 = "600";

  @Inject transient PublicAddress address;

  @SuppressWarnings("NullAway.Init") // CDI sets the address
  public CorsFilter() {}

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!address.origins().isEmpty()) {
      if (!response.getHeaders("Vary").contains("Origin")) { // may come by twice, see BodyFilter
        response.addHeader("Vary", "Origin");
      }
      String origin = request.getHeader("Origin");
      if (origin != null && address.origins().contains(origin)) {
        response.setHeader("Access-Control-Allow-Origin", origin);
        response.setHeader("Access-Control-Allow-Credentials", "true");
        response.setHeader("Access-Control-Expose-Headers", "ETag, Location, Retry-After");
        if (isPreflight(request)) {
          answer(response);
          return;
        }
      }
    }
    chain.doFilter(request, response);
  }

  private static boolean isPreflight(HttpServletRequest request) {
    return request.getMethod().equals("OPTIONS")
        && request.getHeader("Access-Control-Request-Method") != null;
  }

  /** A browser asks without credentials what it may send with them. */
  private static void answer(HttpServletResponse response) {
    response.setHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
    response.setHeader(
        "Access-Control-Allow-Headers",
        "Accept, Authorization, Content-Type, If-Match, Last-Event-ID");
    response.setHeader("Access-Control-Max-Age", MINUTES_10);
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }
}
