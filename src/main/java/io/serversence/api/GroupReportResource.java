package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.Role;
import io.serversence.history.HistoryStore;
import io.serversence.monitor.Catalogue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Figures of the groups of monitors. */
@Path("reports/availability/groups")
@Produces({Answer.TYPE, Rows.CSV, Rows.NDJSON})
@ApplicationScoped
public class GroupReportResource {
  @Inject Catalogue catalogue;
  @Inject HistoryStore history;

  @GET
  @Needs(Role.VIEWER)
  @Operation(
      value = "Read how available the monitors of each group were, weighted by time",
      query = {"from", "to", "group", "tag"},
      gives = "AvailabilityByGroup",
      rows = true)
  public Response get(@BeanParam Asked asked) {
    return GroupReport.answer(
        asked,
        catalogue,
        history,
        "group",
        monitor -> {
          String group = monitor.group();
          return List.of(group == null ? GroupReport.NONE : group);
        });
  }
}
