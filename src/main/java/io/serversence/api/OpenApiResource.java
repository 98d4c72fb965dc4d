package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.Role;
import io.serversence.document.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The description of the whole API. */
@Path("openapi.json")
@Produces(Answer.TYPE)
@ApplicationScoped
public class OpenApiResource {
  @Inject ResourceClasses classes;

  private volatile @Nullable JsonObject document;

  @GET
  @Needs(Role.VIEWER)
  @Operation("Read this description, OpenAPI 3.1")
  public Response get(@BeanParam Asked asked) {
    asked.query().finish();
    JsonObject made = document;
    if (made == null) {
      made = OpenApi.document(classes.all(), schemas());
      document = made;
    }
    return Answer.json(made);
  }

  /** The schemas, written by hand and held against the code by a test. */
  static JsonObject schemas() {
    try (InputStream in = OpenApiResource.class.getResourceAsStream("schemas.json")) {
      if (in == null) {
        throw new IllegalStateException("schemas.json is missing");
      }
      return Json.parseObject(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
