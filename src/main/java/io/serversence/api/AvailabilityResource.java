package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.Role;
import io.serversence.document.Json;
import io.serversence.document.Refused;
import io.serversence.history.HistoryStore;
import io.serversence.monitor.Catalogue;
import io.serversence.monitor.ConfiguredMonitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.time.Instant;

/** How available a monitor was, weighted by time. */
@Path("monitors/{id}/availability")
@Produces(Answer.TYPE)
@ApplicationScoped
public class AvailabilityResource {
  @Inject Catalogue catalogue;
  @Inject HistoryStore history;

  @GET
  @Needs(Role.VIEWER)
  @Operation(
      value = "Read how available a monitor was, weighted by time",
      query = {"from", "to"},
      gives = "Availability")
  public Response get(@PathParam("id") String id, @BeanParam Asked asked) {
    ConfiguredMonitor monitor =
        catalogue
            .find(id)
            .orElseThrow(() -> new Refused(Refused.Reason.NOT_FOUND, "there is no such monitor"));
    Query query = asked.query();
    Instant now = asked.now();
    Query.Window window = query.window(now);
    query.finish();
    return Answer.conditional(
        HistoryDocument.write(
                Json.object(), history.availability(monitor, window.from(), window.to(), now))
            .build(),
        asked);
  }
}
