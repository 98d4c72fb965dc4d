package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.Role;
import io.serversence.alert.Channels;
import io.serversence.alert.Recipients;
import io.serversence.alert.Route;
import io.serversence.alert.RouteDocument;
import io.serversence.alert.Routes;
import io.serversence.database.Kept;
import io.serversence.document.FieldError;
import io.serversence.document.Fields;
import io.serversence.document.InvalidDocument;
import io.serversence.document.Refused;
import io.serversence.monitor.Catalogue;
import io.serversence.monitor.ConfiguredMonitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** The dry run of the routes. */
@Path("monitors/{id}/recipients")
@Produces(Answer.TYPE)
@ApplicationScoped
public class RecipientsResource {
  @Inject Catalogue catalogue;
  @Inject Routes routes;
  @Inject Channels channels;

  @POST
  @Needs(Role.OPERATOR)
  @Operation(
      value = "Show who would be told of an incident of a monitor, with a route to try; sends none",
      takes = "RecipientsRequest",
      gives = "Recipients")
  public Response find(@PathParam("id") String id, @BeanParam Asked asked, InputStream body) {
    ConfiguredMonitor found =
        catalogue
            .find(id)
            .orElseThrow(() -> new Refused(Refused.Reason.NOT_FOUND, "there is no such monitor"));
    JsonObject document = asked.body(body).json();
    asked.query().finish();
    Fields fields = new Fields(document).ignore("route"); // read below, by those who know it
    if (fields.has("route") && !(document.get("route") instanceof JsonObject)) {
      fields.fault("route", "must be an object");
    }
    fields.finish();
    Route draft = fields.has("route") ? draft(document.getJsonObject("route")) : null;
    return Answer.json(
        Recipients.of(
            found.monitor(),
            routes.all().stream().map(Kept::value).toList(),
            draft,
            channels.all().stream().map(Kept::value).toList(),
            asked.now()));
  }

  private Route draft(JsonObject document) {
    try {
      return RouteDocument.read(document, null, routes::isChannel);
    } catch (InvalidDocument fault) {
      throw new InvalidDocument(
          fault.errors().stream()
              .map(e -> new FieldError("route." + e.field(), e.message()))
              .toList());
    }
  }
}
