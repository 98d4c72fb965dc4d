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
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;

/**
 * How a monitor was over longer times. A class of its own path, because JAX-RS looks into one class
 * only.
 */
@Path("monitors/{id}/history")
@Produces(Answer.TYPE)
@ApplicationScoped
public class HistoryResource {
  @Inject Catalogue catalogue;
  @Inject HistoryStore history;

  @GET
  @Needs(Role.VIEWER)
  @Operation(
      value = "Read the history of a monitor in steps, at most 2,000 of them",
      query = {"from", "to", "step", "tz"},
      gives = "History")
  public Response get(@PathParam("id") String id, @BeanParam Asked asked) {
    ConfiguredMonitor monitor = find(id);
    HistoryQuestion question = HistoryQuestion.read(asked, monitor, history);
    JsonArrayBuilder points = Json.array();
    history
        .points(monitor, question.step(), question.bounds(), question.now())
        .forEach(point -> points.add(HistoryDocument.write(point)));
    return Answer.conditional(
        Json.object().add("step", question.step().word()).add("points", points).build(), asked);
  }

  private ConfiguredMonitor find(String id) {
    return catalogue
        .find(id)
        .orElseThrow(() -> new Refused(Refused.Reason.NOT_FOUND, "there is no such monitor"));
  }
}
