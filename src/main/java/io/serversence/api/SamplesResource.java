package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.Role;
import io.serversence.document.Refused;
import io.serversence.document.Times;
import io.serversence.history.SampleStore;
import io.serversence.monitor.Catalogue;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Sample;
import io.serversence.monitor.SampleDocument;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What the probes of a monitor found. */
@Path("monitors/{id}/samples")
@Produces(Answer.TYPE)
@ApplicationScoped
public class SamplesResource {
  private static final List<String> COLUMNS =
      List.of(
          "at",
          "outcome",
          "latencyMs",
          "phases.resolveMs",
          "phases.connectMs",
          "phases.tlsMs",
          "phases.processingMs",
          "phases.transferMs",
          "message",
          "conditions");

  @Inject Catalogue catalogue;
  @Inject SampleStore history;

  @GET
  @Produces({Answer.TYPE, Rows.CSV, Rows.NDJSON})
  @Needs(Role.VIEWER)
  @Operation(
      value = "List the samples of a monitor, newest first",
      query = {"from", "to", "outcome", "limit", "cursor"},
      gives = "Sample*",
      rows = true)
  public Response list(@PathParam("id") String id, @BeanParam Asked asked) {
    ConfiguredMonitor monitor =
        catalogue
            .find(id)
            .orElseThrow(() -> new Refused(Refused.Reason.NOT_FOUND, "there is no such monitor"));
    Query query = asked.query();
    Query.Window window = query.window(asked.now());
    Set<Outcome> outcomes = query.words("outcome", Outcome.values(), Outcome::name);
    String type = Rows.wanted(asked.header("Accept"));
    int limit = type.equals(Answer.TYPE) ? query.limit() : query.limitOfRows();
    Instant before = query.cursor(Times::parse);
    query.finish();
    if (!type.equals(Answer.TYPE)) {
      Paging<Sample, Instant> paging =
          new Paging<>(
              (after, most) ->
                  history.page(monitor.n(), window.from(), window.to(), outcomes, after, most),
              Sample::at,
              before,
              limit);
      return Rows.stream(
          type, COLUMNS, () -> paging.next().stream().map(SampleDocument::write).toList());
    }

    List<Sample> found =
        history.page(monitor.n(), window.from(), window.to(), outcomes, before, limit + 1);
    List<Sample> page = found.subList(0, Math.min(limit, found.size()));
    return Answer.page(
        page.stream().map(SampleDocument::write).toList(),
        found.size() > limit ? query.next(page.get(limit - 1).at().toString()) : null);
  }
}
