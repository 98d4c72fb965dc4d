package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.Role;
import io.serversence.config.Yaml;
import io.serversence.config.YamlText;
import io.serversence.document.InvalidDocument;
import io.serversence.plan.ConfigurationDesk;
import io.serversence.plan.Declaration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Everything configured, as one YAML document. */
@Path("config")
@ApplicationScoped
public class ConfigResource {
  private static final String HEAD =
      """
      # Everything configured. Secrets are shown as "***", which keeps them when this is sent back
      # by POST; a section that is there is the whole truth for what the API manages.
      """;

  @Inject ConfigurationDesk desk;

  @GET
  @Needs(Role.ADMIN)
  @Produces({Body.YAML, "*/*"})
  @Operation(value = "Read everything configured, as YAML", gives = "Configuration", yaml = true)
  public Response get(@BeanParam Asked asked) {
    asked.query().finish();
    String text = HEAD + YamlText.of(desk.written());
    return Response.ok(text.getBytes(StandardCharsets.UTF_8), Body.YAML).build();
  }

  @POST
  @Needs(Role.ADMIN)
  @Produces(Answer.TYPE)
  @Operation(
      value = "Make everything as a YAML document says, section by section",
      query = "dryRun",
      takes = "Configuration",
      gives = "Plan",
      yaml = true)
  public Response post(@BeanParam Asked asked, InputStream body) {
    String text = asked.body(body).yaml();
    Query query = asked.query();
    boolean dryRun = query.flag("dryRun");
    query.finish();
    if (!(Yaml.read(text) instanceof JsonObject document)) {
      throw new InvalidDocument("", "must be a mapping with sections such as monitors");
    }
    return Answer.json(desk.apply(Declaration.read(document), dryRun).write());
  }
}
