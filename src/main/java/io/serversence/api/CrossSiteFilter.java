package io.serversence.api;

import io.serversence.access.PublicAddress;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses unsafe requests that a page of another origin makes a browser send: with the session's
 * cookie, with Basic credentials that the browser remembers, or to log someone in. Beats are for
 * anyone, and a Bearer token is nothing that a browser adds by itself.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION + 10)
@ApplicationScoped
public class CrossSiteFilter implements ContainerRequestFilter {
  private static final Set<String> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  @Inject PublicAddress address;

  @Override
  public void filter(ContainerRequestContext request) {
    String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    boolean bearer = authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7);
    if (SAFE.contains(request.getMethod())
        || bearer
        || PublicPaths.isBeat(request.getUriInfo().getPath())) {
      return;
    }
    if (foreign(
        address,
        request.getHeaderString("Origin"),
        request.getHeaderString("Sec-Fetch-Site"),
        request.getHeaderString(HttpHeaders.HOST))) {
      request.abortWith(Problem.of(403, "requests from pages of another origin are not allowed"));
    }
  }

  static boolean foreign(
      PublicAddress address,
      @Nullable String origin,
      @Nullable String fetchSite,
      @Nullable String host) {
    if (origin != null) {
      return !address.allows(origin, host);
    }
    return fetchSite != null && !fetchSite.equals("same-origin") && !fetchSite.equals("none");
  }
}
