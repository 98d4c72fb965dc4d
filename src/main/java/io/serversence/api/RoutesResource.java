package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.PublicAddress;
import io.serversence.access.Role;
import io.serversence.alert.Route;
import io.serversence.alert.RouteDocument;
import io.serversence.alert.Routes;
import io.serversence.database.Kept;
import io.serversence.document.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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

/** The routes: which channels are told of which monitors. */
@Path("routes")
@Produces(Answer.TYPE)
@ApplicationScoped
public class RoutesResource {
  @Inject Routes routes;
  @Inject PublicAddress address;

  @GET
  @Needs(Role.VIEWER)
  @Operation(
      value = "List routes by key",
      query = {"limit", "cursor"},
      gives = "Route*")
  public Response list(@BeanParam Asked asked) {
    return KeptView.page(routes.all(), asked.query(), RouteDocument::write);
  }

  @POST
  @Needs(Role.ADMIN)
  @Operation(value = "Add a route", takes = "Route", gives = "Route", status = 201)
  public Response add(@BeanParam Asked asked, InputStream body) {
    JsonObject document = asked.body(body).json();
    asked.query().finish();
    Kept<Route> created = routes.create(RouteDocument.read(document, null, routes::isChannel));
    return answer(201, created)
        .header(HttpHeaders.LOCATION, asked.base(address) + "/api/routes/" + created.id())
        .build();
  }

  @GET
  @Path("{id}")
  @Needs(Role.VIEWER)
  @Operation(value = "Read a route", gives = "Route")
  public Response get(@PathParam("id") String id, @BeanParam Asked asked) {
    Kept<Route> found = find(id);
    asked.query().finish();
    return answer(200, found).build();
  }

  @PUT
  @Path("{id}")
  @Needs(Role.ADMIN)
  @Operation(value = "Replace a route", takes = "Route", gives = "Route")
  public Response put(@PathParam("id") String id, @BeanParam Asked asked, InputStream body) {
    Kept<Route> found = find(id);
    return replace(found, asked.body(body).json(), asked);
  }

  @PATCH
  @Path("{id}")
  @Needs(Role.ADMIN)
  @Operation(
      value = "Change some fields of a route, by an RFC 7396 merge patch",
      takes = "RoutePatch",
      gives = "Route")
  public Response patch(@PathParam("id") String id, @BeanParam Asked asked, InputStream body) {
    Kept<Route> found = find(id);
    JsonObject document =
        KeptView.patched(RouteDocument.write(found.value()), asked.body(body).patch());
    return replace(found, document, asked);
  }

  private Response replace(Kept<Route> found, JsonObject document, Asked asked) {
    asked.query().finish();
    Route route = RouteDocument.read(document, found.value(), routes::isChannel);
    Long revision = asked.ifMatch().revision(found.revision());
    return answer(200, routes.replace(route, revision)).build();
  }

  @DELETE
  @Path("{id}")
  @Needs(Role.ADMIN)
  @Operation(value = "Remove a route", status = 204)
  public Response delete(@PathParam("id") String id, @BeanParam Asked asked) {
    Kept<Route> found = find(id);
    asked.query().finish();
    routes.delete(id, asked.ifMatch().revision(found.revision()));
    return Response.noContent().build();
  }

  private Kept<Route> find(String id) {
    return routes
        .find(id)
        .orElseThrow(() -> new Refused(Refused.Reason.NOT_FOUND, "there is no such route"));
  }

  private static Response.ResponseBuilder answer(int status, Kept<Route> kept) {
    return KeptView.answer(status, kept, RouteDocument.write(kept.value()));
  }
}
