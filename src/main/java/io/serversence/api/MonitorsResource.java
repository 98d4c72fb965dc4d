package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.PublicAddress;
import io.serversence.access.Role;
import io.serversence.document.Keys;
import io.serversence.document.Refused;
import io.serversence.monitor.Catalogue;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.MonitorDocument;
import io.serversence.monitor.SampleDocument;
import io.serversence.probe.ProbeDesk;
import io.serversence.stream.EventStream;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The monitors as they are configured, each with its live state. */
@Path("monitors")
@Produces(Answer.TYPE)
@ApplicationScoped
public class MonitorsResource {
  @Inject Catalogue catalogue;
  @Inject EventStream stream;
  @Inject PublicAddress address;
  @Inject ProbeDesk desk;
  @Inject Workers workers;

  @GET
  @Needs(Role.VIEWER)
  @Operation(
      value = "List monitors by key",
      query = {"q", "tag", "group", "state", "type", "limit", "cursor"},
      gives = "Monitor*")
  public Response list(@BeanParam Asked asked) {
    Query query = asked.query();
    MonitorFilter filter = MonitorFilter.read(query);
    int limit = query.limit();
    String after = query.cursor(position -> Keys.isKey(position) ? position : null);
    query.finish();

    List<ConfiguredMonitor> all = catalogue.all();
    List<JsonObject> items = new ArrayList<>();
    String last = null;
    for (int i = after == null ? 0 : firstAfter(all, after); i < all.size(); i++) {
      ConfiguredMonitor monitor = all.get(i);
      if (filter.accepts(monitor, stream)) {
        if (items.size() == limit) {
          return Answer.page(items, query.next(String.valueOf(last)));
        }
        items.add(MonitorView.of(monitor, stream, asked, address));
        last = monitor.id();
      }
    }
    return Answer.page(items, null);
  }

  private static int firstAfter(List<ConfiguredMonitor> ordered, String key) {
    int low = 0;
    int high = ordered.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ordered.get(middle).id().compareTo(key) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @POST
  @Needs(Role.ADMIN)
  @Operation(value = "Add a monitor", takes = "Monitor", gives = "Monitor", status = 201)
  public Response add(@BeanParam Asked asked, InputStream body) {
    JsonObject document = asked.body(body).json();
    asked.query().finish();
    Monitor monitor = MonitorDocument.read(document, null);
    ConfiguredMonitor created = catalogue.create(monitor, asked.actor());
    return answer(201, created, asked)
        .header(HttpHeaders.LOCATION, asked.base(address) + "/api/monitors/" + created.id())
        .build();
  }

  @GET
  @Path("{id}")
  @Needs(Role.VIEWER)
  @Operation(value = "Read a monitor", gives = "Monitor")
  public Response get(@PathParam("id") String id, @BeanParam Asked asked) {
    ConfiguredMonitor found = find(id);
    asked.query().finish();
    return answer(200, found, asked).build();
  }

  @PUT
  @Path("{id}")
  @Needs(Role.ADMIN)
  @Operation(value = "Replace a monitor", takes = "Monitor", gives = "Monitor")
  public Response put(@PathParam("id") String id, @BeanParam Asked asked, InputStream body) {
    ConfiguredMonitor found = find(id);
    return replace(found, asked.body(body).json(), asked);
  }

  @PATCH
  @Path("{id}")
  @Needs(Role.ADMIN)
  @Operation(
      value = "Change some fields of a monitor, by an RFC 7396 merge patch",
      takes = "MonitorPatch",
      gives = "Monitor")
  public Response patch(@PathParam("id") String id, @BeanParam Asked asked, InputStream body) {
    ConfiguredMonitor found = find(id);
    JsonObject patch = asked.body(body).patch();
    return replace(found, MonitorPatch.apply(found.monitor(), patch), asked);
  }

  private Response replace(ConfiguredMonitor found, JsonObject document, Asked asked) {
    asked.query().finish();
    Monitor monitor = MonitorDocument.read(document, found.monitor());
    Long revision = asked.ifMatch().revision(found.revision());
    return answer(200, catalogue.replace(monitor, revision, asked.actor()), asked).build();
  }

  @DELETE
  @Path("{id}")
  @Needs(Role.ADMIN)
  @Operation(value = "Remove a monitor; its incident is resolved", status = 204)
  public Response delete(@PathParam("id") String id, @BeanParam Asked asked) {
    ConfiguredMonitor found = find(id);
    asked.query().finish();
    catalogue.delete(id, asked.ifMatch().revision(found.revision()), asked.actor());
    return Response.noContent().build();
  }

  @POST
  @Path("{id}/pause")
  @Needs(Role.OPERATOR)
  @Operation(value = "Stop probing a monitor", gives = "Monitor")
  public Response pause(@PathParam("id") String id, @BeanParam Asked asked) {
    return enable(id, false, asked);
  }

  @POST
  @Path("{id}/resume")
  @Needs(Role.OPERATOR)
  @Operation(value = "Probe a monitor again", gives = "Monitor")
  public Response resume(@PathParam("id") String id, @BeanParam Asked asked) {
    return enable(id, true, asked);
  }

  @POST
  @Path("{id}/probe")
  @Needs(Role.OPERATOR)
  @Operation(
      value = "Probe a monitor now, as if it were due",
      query = "evidence",
      gives = "ProbeResult")
  public void probe(
      @PathParam("id") String id, @BeanParam Asked asked, @Suspended AsyncResponse response) {
    find(id);
    Query query = asked.query();
    boolean evidence = query.flag("evidence");
    query.finish();
    Answer.whenDone(
        desk.probeNow(id)
            .thenApply(
                result ->
                    evidence ? MonitorView.result(result) : SampleDocument.write(result.sample())),
        response,
        workers.executor());
  }

  /**
   * Probes as a monitor would be. The path is a template, because JAX-RS would otherwise no longer
   * find a monitor whose key is "test".
   */
  @POST
  @Path("{id}")
  @Needs(Role.OPERATOR)
  @Operation(
      value = "Probe what is described, and store nothing",
      path = "/api/monitors/test",
      takes = "Monitor",
      gives = "ProbeResult")
  public void test(
      @PathParam("id") String id,
      @BeanParam Asked asked,
      InputStream body,
      @Suspended AsyncResponse response) {
    if (!id.equals("test")) {
      throw new NotAllowedException("GET", new String[] {"PUT", "PATCH", "DELETE"});
    }
    JsonObject document = asked.body(body).json();
    asked.query().finish();
    // No previous monitor: an operator must not send stored secrets to a target of his own.
    Monitor monitor = MonitorDocument.read(document, null);
    Answer.whenDone(
        desk.test(monitor).thenApply(MonitorView::result), response, workers.executor());
  }

  private Response enable(String id, boolean on, Asked asked) {
    find(id);
    asked.query().finish();
    return answer(200, catalogue.enable(id, on, asked.actor()), asked).build();
  }

  private ConfiguredMonitor find(@Nullable String id) {
    return catalogue
        .find(String.valueOf(id))
        .orElseThrow(() -> new Refused(Refused.Reason.NOT_FOUND, "there is no such monitor"));
  }

  private Response.ResponseBuilder answer(int status, ConfiguredMonitor monitor, Asked asked) {
    return Answer.json(status, MonitorView.of(monitor, stream, asked, address))
        .header(HttpHeaders.ETAG, IfMatch.tag(monitor.revision()));
  }
}
