package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.Role;
import io.serversence.document.Json;
import io.serversence.document.Times;
import io.serversence.history.HistoryStore;
import io.serversence.monitor.Catalogue;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Monitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Figures of many monitors in one table. */
@Path("reports")
@ApplicationScoped
public class ReportsResource {
  private static final int AT_ONCE = 100;
  private static final List<String> COLUMNS =
      HistoryDocument.columns("monitor", "name", "group", "tags");

  @Inject Catalogue catalogue;
  @Inject HistoryStore history;

  @GET
  @Path("availability")
  @Produces({Answer.TYPE, Rows.CSV, Rows.NDJSON})
  @Needs(Role.VIEWER)
  @Operation(
      value = "Read how available monitors were, weighted by time, by key",
      query = {"from", "to", "group", "tag"},
      gives = "AvailabilityReport",
      rows = true)
  public Response availability(@BeanParam Asked asked) {
    ReportQuestion question = ReportQuestion.read(asked, catalogue);
    Instant now = question.now();
    Query.Window window = question.window();
    List<ConfiguredMonitor> monitors = question.monitors();
    String type = Rows.wanted(asked.header("Accept"));
    if (type.equals(Answer.TYPE)) {
      JsonArrayBuilder items = Json.array();
      rows(monitors, window, now).forEach(items::add);
      return Answer.conditional(
          Json.object()
              .add("from", Times.format(window.from()))
              .add("to", Times.format(window.to()))
              .add("items", items)
              .build(),
          asked);
    }
    int[] next = {0};
    return Rows.stream(
        type,
        COLUMNS,
        () -> {
          int from = next[0];
          next[0] = Math.min(from + AT_ONCE, monitors.size());
          return rows(monitors.subList(from, next[0]), window, now);
        });
  }

  private List<JsonObject> rows(
      List<ConfiguredMonitor> monitors, Query.Window window, Instant now) {
    List<JsonObject> rows = new ArrayList<>(monitors.size());
    history.availabilities(
        monitors,
        window.from(),
        window.to(),
        now,
        (configured, figures) -> {
          Monitor monitor = configured.monitor();
          rows.add(
              HistoryDocument.write(
                      Json.object()
                          .add("monitor", monitor.id())
                          .add("name", monitor.name())
                          .add("group", Json.string(monitor.group()))
                          .add("tags", Json.strings(monitor.tags())),
                      figures)
                  .build());
        });
    return rows;
  }
}
