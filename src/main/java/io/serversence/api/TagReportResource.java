package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.Role;
import io.serversence.history.HistoryStore;
import io.serversence.monitor.Catalogue;
import io.serversence.monitor.Monitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;

/** Figures of the tags of monitors. */
@Path("reports/availability/tags")
@Produces({Answer.TYPE, Rows.CSV, Rows.NDJSON})
@ApplicationScoped
public class TagReportResource {
  @Inject Catalogue catalogue;
  @Inject HistoryStore history;

  @GET
  @Needs(Role.VIEWER)
  @Operation(
      value = "Read how available the monitors with each tag were, weighted by time",
      query = {"from", "to", "group", "tag"},
      gives = "AvailabilityByTag",
      rows = true)
  public Response get(@BeanParam Asked asked) {
    return GroupReport.answer(asked, catalogue, history, "tag", Monitor::tags);
  }
}
