package io.serversence.api;

import io.serversence.access.Caller;
import io.serversence.access.ClientAddress;
import io.serversence.access.Gate;
import io.serversence.document.Refused;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Objects;

/**
 * Finds out who asks, before anything else is said: without credentials nobody learns which paths
 * and things exist. The {@link Caller} is a property of the request, which on both servers is an
 * attribute of the servlet request too.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
@ApplicationScoped
public class IdentifyFilter implements ContainerRequestFilter {
  static final String CALLER = Caller.class.getName();

  @Inject Gate gate;
  @Inject ClientAddress address;

  @SuppressWarnings("NullAway.Init") // CDI sets all
  public IdentifyFilter() {}

  @Override
  public void filter(ContainerRequestContext request) {
    boolean open = PublicPaths.contains(request.getMethod(), request.getUriInfo().getPath());
    try {
      Caller caller =
          open ? new Caller(null, null, false, null, address(request)) : identify(request);
      request.setProperty(CALLER, caller);
      if (!open && caller.role() == null) {
        request.abortWith(Problem.of(401, "credentials are needed"));
      }
    } catch (Refused e) {
      request.abortWith(Problem.of(e));
    }
  }

  private Caller identify(ContainerRequestContext request) {
    return gate.identify(
        request.getHeaderString(HttpHeaders.AUTHORIZATION),
        request.getHeaderString(HttpHeaders.COOKIE),
        address(request),
        ServletAnswer.vouched(address, servlet(request)));
  }

  private String address(ContainerRequestContext request) {
    return ServletAnswer.address(address, servlet(request));
  }

  /** As a filter has left it; CDI has none on Payara for a request that is dispatched again. */
  private static HttpServletRequest servlet(ContainerRequestContext request) {
    return (HttpServletRequest) Objects.requireNonNull(request.getProperty(PageFilter.REQUEST));
  }
}
