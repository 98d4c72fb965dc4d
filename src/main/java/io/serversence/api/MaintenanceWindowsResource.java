package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.PublicAddress;
import io.serversence.access.Role;
import io.serversence.database.Kept;
import io.serversence.document.Json;
import io.serversence.document.Refused;
import io.serversence.document.Times;
import io.serversence.mute.Muting;
import io.serversence.mute.Window;
import io.serversence.mute.WindowDocument;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;

/** The times in which work on monitors was announced and nobody is told of them. */
@Path("maintenance-windows")
@Produces(Answer.TYPE)
@ApplicationScoped
public class MaintenanceWindowsResource {
  private static final Duration LONGEST = Duration.ofDays(400);

  @Inject Muting muting;
  @Inject PublicAddress address;

  @SuppressWarnings("NullAway.Init") // CDI sets all
  public MaintenanceWindowsResource() {}

  @GET
  @Needs(Role.VIEWER)
  @Operation(
      value = "List maintenance windows by key",
      query = {"limit", "cursor"},
      gives = "MaintenanceWindow*")
  public Response list(@BeanParam Asked asked) {
    return KeptView.page(muting.windows().all(), asked.query(), MaintenanceWindowsResource::shown);
  }

  @POST
  @Needs(Role.ADMIN)
  @Operation(
      value = "Add a maintenance window",
      takes = "MaintenanceWindow",
      gives = "MaintenanceWindow",
      status = 201)
  public Response add(@BeanParam Asked asked, InputStream body) {
    JsonObject document = asked.body(body).json();
    asked.query().finish();
    Kept<Window> created =
        muting.windows().create(WindowDocument.read(document, null), false, asked.now());
    return KeptView.answer(201, created, shown(created.value()))
        .header(
            HttpHeaders.LOCATION, asked.base(address) + "/api/maintenance-windows/" + created.id())
        .build();
  }

  @GET
  @Path("{id}")
  @Needs(Role.VIEWER)
  @Operation(value = "Read a maintenance window", gives = "MaintenanceWindow")
  public Response get(@PathParam("id") String id, @BeanParam Asked asked) {
    Kept<Window> found = find(id);
    asked.query().finish();
    return KeptView.answer(200, found, shown(found.value())).build();
  }

  @GET
  @Path("{id}/occurrences")
  @Needs(Role.VIEWER)
  @Operation(
      value = "List when a maintenance window is open, within 400 days",
      query = {"from", "to"},
      gives = "Occurrences")
  public Response occurrences(@PathParam("id") String id, @BeanParam Asked asked) {
    Window window = find(id).value();
    Query query = asked.query();
    Query.Window asks = query.window(asked.now());
    if (Duration.between(asks.from(), asks.to()).compareTo(LONGEST) > 0) {
      query.fault("to", "must be at most 400 days after from");
    }
    query.finish();
    JsonArrayBuilder occurrences = Json.array();
    for (Window.Span span : window.spans(asks.from(), asks.to())) {
      occurrences.add(
          Json.object().add("from", Times.format(span.from())).add("to", Times.format(span.to())));
    }
    return Answer.json(Json.object().add("occurrences", occurrences).build());
  }

  @PUT
  @Path("{id}")
  @Needs(Role.ADMIN)
  @Operation(
      value = "Replace a maintenance window",
      takes = "MaintenanceWindow",
      gives = "MaintenanceWindow")
  public Response put(@PathParam("id") String id, @BeanParam Asked asked, InputStream body) {
    Kept<Window> found = find(id);
    return replace(found, asked.body(body).json(), asked);
  }

  @PATCH
  @Path("{id}")
  @Needs(Role.ADMIN)
  @Operation(
      value = "Change some fields of a maintenance window, by an RFC 7396 merge patch",
      takes = "MaintenanceWindowPatch",
      gives = "MaintenanceWindow")
  public Response patch(@PathParam("id") String id, @BeanParam Asked asked, InputStream body) {
    Kept<Window> found = find(id);
    JsonObject patch = asked.body(body).patch();
    return replace(found, KeptView.patched(shown(found.value()), patch), asked);
  }

  private Response replace(Kept<Window> found, JsonObject document, Asked asked) {
    asked.query().finish();
    Window window = WindowDocument.read(document, found.value());
    Long revision = asked.ifMatch().revision(found.revision());
    Kept<Window> changed = muting.windows().replace(window, revision, asked.now());
    return KeptView.answer(200, changed, shown(changed.value())).build();
  }

  @DELETE
  @Path("{id}")
  @Needs(Role.ADMIN)
  @Operation(value = "Remove a maintenance window", status = 204)
  public Response delete(@PathParam("id") String id, @BeanParam Asked asked) {
    Kept<Window> found = find(id);
    asked.query().finish();
    muting.windows().delete(id, asked.ifMatch().revision(found.revision()));
    return Response.noContent().build();
  }

  private Kept<Window> find(String id) {
    return muting
        .windows()
        .find(id)
        .orElseThrow(
            () -> new Refused(Refused.Reason.NOT_FOUND, "there is no such maintenance window"));
  }

  private static JsonObject shown(Window window) {
    return WindowDocument.write(window);
  }
}
