package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.Role;
import io.serversence.document.Json;
import io.serversence.document.Refused;
import io.serversence.document.Times;
import io.serversence.history.HistoryStore;
import io.serversence.history.LatencyBands;
import io.serversence.history.LatencyPoint;
import io.serversence.monitor.Catalogue;
import io.serversence.monitor.ConfiguredMonitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;

/** How the latencies of a monitor were spread over time: the data of a heat map. */
@Path("monitors/{id}/latencies")
@Produces(Answer.TYPE)
@ApplicationScoped
public class LatenciesResource {
  @Inject Catalogue catalogue;
  @Inject HistoryStore history;

  @GET
  @Needs(Role.VIEWER)
  @Operation(
      value = "Read how many samples took how long, in steps: the data of a heat map",
      query = {"from", "to", "step", "tz"},
      gives = "Latencies")
  public Response get(@PathParam("id") String id, @BeanParam Asked asked) {
    ConfiguredMonitor monitor =
        catalogue
            .find(id)
            .orElseThrow(() -> new Refused(Refused.Reason.NOT_FOUND, "there is no such monitor"));
    HistoryQuestion question = HistoryQuestion.read(asked, monitor, history);
    JsonArrayBuilder bands = Json.array();
    LatencyBands.starts().forEach(micros -> bands.add(Json.millis(micros / 1_000.0)));
    JsonArrayBuilder points = Json.array();
    history
        .latencies(monitor, question.step(), question.bounds(), question.now())
        .forEach(point -> points.add(written(point)));
    return Answer.conditional(
        Json.object()
            .add("step", question.step().word())
            .add("bandsMs", bands)
            .add("points", points)
            .build(),
        asked);
  }

  private static JsonObject written(LatencyPoint point) {
    JsonArrayBuilder counts = Json.array();
    point.counts().forEach(counts::add);
    return Json.object()
        .add("at", Times.format(point.at()))
        .add("samples", point.samples())
        .add("counts", point.samples() == 0 ? JsonValue.NULL : counts.build())
        .build();
  }
}
