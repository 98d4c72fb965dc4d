package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.PublicAddress;
import io.serversence.access.Role;
import io.serversence.alert.AlertedMonitor;
import io.serversence.alert.Alerts;
import io.serversence.alert.Channel;
import io.serversence.alert.ChannelDocument;
import io.serversence.alert.Channels;
import io.serversence.alert.Delivery;
import io.serversence.alert.Preview;
import io.serversence.database.Kept;
import io.serversence.document.Fields;
import io.serversence.document.Json;
import io.serversence.document.Refused;
import io.serversence.history.IncidentStore;
import io.serversence.incident.Incident;
import io.serversence.monitor.Catalogue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The channels through which people are told. */
@Path("channels")
@Produces(Answer.TYPE)
@ApplicationScoped
public class ChannelsResource {
  @Inject Channels channels;
  @Inject IncidentStore incidents;
  @Inject Catalogue catalogue;
  @Inject PublicAddress address;
  @Inject Workers workers;

  @SuppressWarnings("NullAway.Init") // CDI sets all
  public ChannelsResource() {}

  @GET
  @Needs(Role.VIEWER)
  @Operation(
      value = "List channels by key",
      query = {"limit", "cursor"},
      gives = "Channel*")
  public Response list(@BeanParam Asked asked) {
    return KeptView.page(channels.all(), asked.query(), channel -> shown(channel, asked));
  }

  @POST
  @Needs(Role.ADMIN)
  @Operation(value = "Add a channel", takes = "Channel", gives = "Channel", status = 201)
  public Response add(@BeanParam Asked asked, InputStream body) {
    JsonObject document = asked.body(body).json();
    asked.query().finish();
    Kept<Channel> created = channels.create(ChannelDocument.read(document, null));
    return KeptView.answer(201, created, shown(created.value()))
        .header(HttpHeaders.LOCATION, asked.base(address) + "/api/channels/" + created.id())
        .build();
  }

  @GET
  @Path("{id}")
  @Needs(Role.VIEWER)
  @Operation(value = "Read a channel", gives = "Channel")
  public Response get(@PathParam("id") String id, @BeanParam Asked asked) {
    Kept<Channel> found = find(id);
    asked.query().finish();
    return KeptView.answer(200, found, shown(found.value(), asked)).build();
  }

  @PUT
  @Path("{id}")
  @Needs(Role.ADMIN)
  @Operation(value = "Replace a channel", takes = "Channel", gives = "Channel")
  public Response put(@PathParam("id") String id, @BeanParam Asked asked, InputStream body) {
    Kept<Channel> found = find(id);
    return replace(found, asked.body(body).json(), asked);
  }

  @PATCH
  @Path("{id}")
  @Needs(Role.ADMIN)
  @Operation(
      value = "Change some fields of a channel, by an RFC 7396 merge patch",
      takes = "ChannelPatch",
      gives = "Channel")
  public Response patch(@PathParam("id") String id, @BeanParam Asked asked, InputStream body) {
    Kept<Channel> found = find(id);
    JsonObject patch = asked.body(body).patch();
    return replace(found, KeptView.patched(shown(found.value()), patch), asked);
  }

  private Response replace(Kept<Channel> found, JsonObject document, Asked asked) {
    asked.query().finish();
    Channel channel = ChannelDocument.read(document, found.value());
    Long revision = asked.ifMatch().revision(found.revision());
    Kept<Channel> changed = channels.replace(channel, revision);
    return KeptView.answer(200, changed, shown(changed.value())).build();
  }

  @DELETE
  @Path("{id}")
  @Needs(Role.ADMIN)
  @Operation(value = "Remove a channel that nothing uses", status = 204)
  public Response delete(@PathParam("id") String id, @BeanParam Asked asked) {
    Kept<Channel> found = find(id);
    asked.query().finish();
    channels.delete(id, asked.ifMatch().revision(found.revision()));
    return Response.noContent().build();
  }

  @POST
  @Path("{id}/test")
  @Needs(Role.ADMIN)
  @Operation(value = "Send a test message through a channel", gives = "ChannelTest")
  public void test(
      @PathParam("id") String id, @BeanParam Asked asked, @Suspended AsyncResponse response) {
    Kept<Channel> found = find(id);
    asked.query().finish();
    long began = System.nanoTime();
    Answer.whenDone(
        channels
            .test(found.value(), asked.base(address) + "/")
            .thenApply(delivery -> result(delivery, System.nanoTime() - began)),
        response,
        workers.executor());
  }

  @POST
  @Path("{id}/preview")
  @Needs(Role.OPERATOR)
  @Operation(
      value = "Show what a channel would be sent of an incident",
      takes = "ChannelPreviewRequest",
      gives = "ChannelPreview")
  public Response preview(@PathParam("id") String id, @BeanParam Asked asked, InputStream body) {
    Channel channel = find(id).value();
    Fields fields = new Fields(asked.body(body).json());
    asked.query().finish();
    String text = fields.required("incident", 1, 100);
    UUID uuid = text == null ? null : IncidentsResource.uuid(text);
    Incident incident = uuid == null ? null : incidents.find(uuid).orElse(null);
    if (text != null && incident == null) {
      fields.fault("incident", "is no incident");
    }
    AlertedMonitor monitor =
        incident == null
            ? null
            : catalogue
                .find(incident.monitor())
                .map(found -> Alerts.alerted(found.monitor()))
                .orElse(null);
    String link = asked.base(address) + "/#/incidents/" + text;
    Preview preview = Preview.read(fields, channel, incident, monitor, link, asked.now());
    return Answer.json(
        Json.object()
            .add("event", preview.event().word())
            .add("title", preview.title())
            .add("text", preview.text())
            .build());
  }

  private static JsonObject result(Delivery delivery, long nanos) {
    return Json.object()
        .add("ok", delivery.ok())
        .add("status", delivery.status() == null ? JsonValue.NULL : Json.number(delivery.status()))
        .add("message", delivery.message())
        .add("durationMs", TimeUnit.NANOSECONDS.toMillis(nanos))
        .build();
  }

  private Kept<Channel> find(String id) {
    return channels
        .find(id)
        .orElseThrow(() -> new Refused(Refused.Reason.NOT_FOUND, "there is no such channel"));
  }

  private static JsonObject shown(Channel channel, Asked asked) {
    return asked.caller().may(Role.ADMIN)
        ? shown(channel)
        : ChannelDocument.writeForReaders(channel);
  }

  private static JsonObject shown(Channel channel) {
    return ChannelDocument.write(channel, false);
  }
}
