package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.Role;
import io.serversence.document.Json;
import io.serversence.document.Refused;
import io.serversence.history.HistoryStore;
import io.serversence.history.Step;
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
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * How a monitor was over longer times. A class of its own path, because JAX-RS looks into one class
 * only.
 */
@Path("monitors/{id}/history")
@Produces(Answer.TYPE)
@ApplicationScoped
public class HistoryResource {
  private static final int MOST_POINTS = 2_000;

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
    Query query = asked.query();
    Instant now = asked.now();
    Query.Window window = query.window(now);
    Set<Step> steps = query.words("step", Step.values(), Step::word);
    if (steps.size() > 1) {
      query.fault("step", "must be one step");
    }
    Step finest = history.finest(monitor, window.from(), now);
    Step step = steps.isEmpty() ? usual(window, finest) : steps.iterator().next();
    if (step.compareTo(finest) < 0) {
      query.fault("step", "is finer than what is kept of this window, which is " + finest.word());
    }
    ZoneId zone = query.zone("tz");
    query.finish();
    List<Instant> bounds = step.bounds(window.from(), window.to(), zone, MOST_POINTS);
    if (bounds.isEmpty() && window.from().isBefore(window.to())) {
      query.fault("step", "would give more than " + MOST_POINTS + " points; take a longer one");
      query.finish();
    }
    JsonArrayBuilder points = Json.array();
    history.points(monitor, step, bounds, now).forEach(p -> points.add(HistoryDocument.write(p)));
    return Answer.conditional(
        Json.object().add("step", step.word()).add("points", points).build(), asked);
  }

  /** The finest step that is kept and that a chart has room for. */
  private static Step usual(Query.Window window, Step finest) {
    for (Step step : Step.values()) {
      if (step.compareTo(finest) >= 0
          && window.to().minus(step.length().multipliedBy(300)).compareTo(window.from()) <= 0) {
        return step;
      }
    }
    return Step.DAY;
  }

  private ConfiguredMonitor find(String id) {
    return catalogue
        .find(id)
        .orElseThrow(() -> new Refused(Refused.Reason.NOT_FOUND, "there is no such monitor"));
  }
}
