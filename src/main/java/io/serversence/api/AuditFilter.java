package io.serversence.api;

import io.serversence.access.AuditEntry;
import io.serversence.access.AuditLog;
import io.serversence.access.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts every unsafe operation into the audit, with how it ended, so that none can be forgotten.
 * Those refused for want of credentials are not there: anyone could fill it with them.
 */
@Provider
@ApplicationScoped
public class AuditFilter implements ContainerResponseFilter {
  @Inject AuditLog audit;

  @SuppressWarnings("NullAway.Init") // CDI sets the log
  public AuditFilter() {}

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(RoleFeature.OPERATION) instanceof String operation
        && request.getProperty(IdentifyFilter.CALLER) instanceof Caller caller
        && !caller.anonymous()) {
      audit.record(
          AuditEntry.of(
              Instant.now(),
              caller.name(),
              caller.address(),
              operation,
              target(request, response),
              response.getStatus()));
    }
  }

  /** What the path names, else what was created. */
  private static @Nullable String target(
      ContainerRequestContext request, ContainerResponseContext response) {
    for (List<String> values : request.getUriInfo().getPathParameters().values()) {
      return values.get(0);
    }
    String location = response.getHeaderString(HttpHeaders.LOCATION);
    return location == null ? null : location.substring(location.lastIndexOf('/') + 1);
  }
}
