package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.PublicAddress;
import io.serversence.access.Role;
import io.serversence.database.Kept;
import io.serversence.document.Refused;
import io.serversence.incident.Ids;
import io.serversence.mute.Muting;
import io.serversence.mute.Silence;
import io.serversence.mute.SilenceDocument;
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
import java.time.Instant;

/** The silences that people asked for. */
@Path("silences")
@Produces(Answer.TYPE)
@ApplicationScoped
public class SilencesResource {
  @Inject Muting muting;
  @Inject PublicAddress address;

  @SuppressWarnings("NullAway.Init") // CDI sets all
  public SilencesResource() {}

  @GET
  @Needs(Role.VIEWER)
  @Operation(
      value = "List silences, oldest first, those that are over too",
      query = {"limit", "cursor"},
      gives = "Silence*")
  public Response list(@BeanParam Asked asked) {
    return KeptView.page(muting.silences().all(), asked.query(), SilenceDocument::write);
  }

  @POST
  @Needs(Role.OPERATOR)
  @Operation(value = "Silence some monitors", takes = "Silence", gives = "Silence", status = 201)
  public Response add(@BeanParam Asked asked, InputStream body) {
    JsonObject document = asked.body(body).json();
    asked.query().finish();
    Instant now = asked.now();
    Silence silence = SilenceDocument.read(document, Ids.at(now).toString(), asked.actor(), now);
    Kept<Silence> created = muting.silences().create(silence, false, now);
    return answer(201, created)
        .header(HttpHeaders.LOCATION, asked.base(address) + "/api/silences/" + created.id())
        .build();
  }

  @GET
  @Path("{id}")
  @Needs(Role.VIEWER)
  @Operation(value = "Read a silence", gives = "Silence")
  public Response get(@PathParam("id") String id, @BeanParam Asked asked) {
    Kept<Silence> found = find(id);
    asked.query().finish();
    return answer(200, found).build();
  }

  @PUT
  @Path("{id}")
  @Needs(Role.OPERATOR)
  @Operation(value = "Replace a silence", takes = "Silence", gives = "Silence")
  public Response put(@PathParam("id") String id, @BeanParam Asked asked, InputStream body) {
    Kept<Silence> found = find(id);
    return replace(found, asked.body(body).json(), asked);
  }

  @PATCH
  @Path("{id}")
  @Needs(Role.OPERATOR)
  @Operation(
      value = "Change some fields of a silence, by an RFC 7396 merge patch",
      takes = "SilencePatch",
      gives = "Silence")
  public Response patch(@PathParam("id") String id, @BeanParam Asked asked, InputStream body) {
    Kept<Silence> found = find(id);
    JsonObject patch = asked.body(body).patch();
    return replace(found, KeptView.patched(SilenceDocument.write(found.value()), patch), asked);
  }

  private Response replace(Kept<Silence> found, JsonObject document, Asked asked) {
    asked.query().finish();
    Silence old = found.value();
    Silence silence = SilenceDocument.read(document, old.id(), old.author(), old.startsAt());
    Long revision = asked.ifMatch().revision(found.revision());
    return answer(200, muting.silences().replace(silence, revision, asked.now())).build();
  }

  @DELETE
  @Path("{id}")
  @Needs(Role.OPERATOR)
  @Operation(value = "End a silence", status = 204)
  public Response delete(@PathParam("id") String id, @BeanParam Asked asked) {
    Kept<Silence> found = find(id);
    asked.query().finish();
    muting.silences().delete(id, asked.ifMatch().revision(found.revision()));
    return Response.noContent().build();
  }

  private Kept<Silence> find(String id) {
    return muting
        .silences()
        .find(id)
        .orElseThrow(() -> new Refused(Refused.Reason.NOT_FOUND, "there is no such silence"));
  }

  private static Response.ResponseBuilder answer(int status, Kept<Silence> silence) {
    return KeptView.answer(status, silence, SilenceDocument.write(silence.value()));
  }
}
