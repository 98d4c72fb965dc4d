package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.PublicAddress;
import io.serversence.access.Role;
import io.serversence.database.Kept;
import io.serversence.document.Refused;
import io.serversence.monitor.Catalogue;
import io.serversence.page.StatusPage;
import io.serversence.page.StatusPageDocument;
import io.serversence.page.StatusPages;
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

/** The pages for people outside, as they are configured. */
@Path("status-pages")
@Produces(Answer.TYPE)
@ApplicationScoped
public class StatusPagesResource {
  @Inject StatusPages pages;
  @Inject Catalogue catalogue;
  @Inject PublicAddress address;

  @SuppressWarnings("NullAway.Init") // CDI sets all
  public StatusPagesResource() {}

  @GET
  @Needs(Role.VIEWER)
  @Operation(
      value = "List status pages by key",
      query = {"limit", "cursor"},
      gives = "StatusPage*")
  public Response list(@BeanParam Asked asked) {
    return KeptView.page(pages.pages().all(), asked.query(), this::shown);
  }

  @POST
  @Needs(Role.ADMIN)
  @Operation(value = "Add a status page", takes = "StatusPage", gives = "StatusPage", status = 201)
  public Response add(@BeanParam Asked asked, InputStream body) {
    JsonObject document = asked.body(body).json();
    asked.query().finish();
    Kept<StatusPage> created =
        pages
            .pages()
            .create(StatusPageDocument.read(document, null, this::isMonitor), false, asked.now());
    return KeptView.answer(201, created, shown(created.value()))
        .header(HttpHeaders.LOCATION, asked.base(address) + "/api/status-pages/" + created.id())
        .build();
  }

  @GET
  @Path("{id}")
  @Needs(Role.VIEWER)
  @Operation(value = "Read a status page", gives = "StatusPage")
  public Response get(@PathParam("id") String id, @BeanParam Asked asked) {
    Kept<StatusPage> found = find(id);
    asked.query().finish();
    return KeptView.answer(200, found, shown(found.value())).build();
  }

  @PUT
  @Path("{id}")
  @Needs(Role.ADMIN)
  @Operation(value = "Replace a status page", takes = "StatusPage", gives = "StatusPage")
  public Response put(@PathParam("id") String id, @BeanParam Asked asked, InputStream body) {
    Kept<StatusPage> found = find(id);
    return replace(found, asked.body(body).json(), asked);
  }

  @PATCH
  @Path("{id}")
  @Needs(Role.ADMIN)
  @Operation(
      value = "Change some fields of a status page, by an RFC 7396 merge patch",
      takes = "StatusPagePatch",
      gives = "StatusPage")
  public Response patch(@PathParam("id") String id, @BeanParam Asked asked, InputStream body) {
    Kept<StatusPage> found = find(id);
    JsonObject patch = asked.body(body).patch();
    return replace(found, KeptView.patched(shown(found.value()), patch), asked);
  }

  private Response replace(Kept<StatusPage> found, JsonObject document, Asked asked) {
    asked.query().finish();
    StatusPage page = StatusPageDocument.read(document, found.value(), this::isMonitor);
    Long revision = asked.ifMatch().revision(found.revision());
    Kept<StatusPage> changed = pages.pages().replace(page, revision, asked.now());
    return KeptView.answer(200, changed, shown(changed.value())).build();
  }

  @DELETE
  @Path("{id}")
  @Needs(Role.ADMIN)
  @Operation(value = "Remove a status page", status = 204)
  public Response delete(@PathParam("id") String id, @BeanParam Asked asked) {
    Kept<StatusPage> found = find(id);
    asked.query().finish();
    pages.pages().delete(id, asked.ifMatch().revision(found.revision()));
    return Response.noContent().build();
  }

  private Kept<StatusPage> find(String id) {
    return pages
        .pages()
        .find(id)
        .orElseThrow(() -> new Refused(Refused.Reason.NOT_FOUND, "there is no such status page"));
  }

  private boolean isMonitor(String key) {
    return catalogue.find(key).isPresent();
  }

  /** Without what was deleted since, so that what was read can be written back. */
  private JsonObject shown(StatusPage page) {
    return StatusPageDocument.write(page.naming(this::isMonitor));
  }
}
