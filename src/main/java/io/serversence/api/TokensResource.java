package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.PublicAddress;
import io.serversence.access.Role;
import io.serversence.access.Token;
import io.serversence.access.TokenDocument;
import io.serversence.access.Tokens;
import io.serversence.document.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;

/** The bearer tokens of scripts. */
@Path("tokens")
@Produces(Answer.TYPE)
@ApplicationScoped
public class TokensResource {
  @Inject Tokens tokens;
  @Inject PublicAddress address;

  @SuppressWarnings("NullAway.Init") // CDI sets all
  public TokensResource() {}

  @GET
  @Needs(Role.ADMIN)
  @Operation(
      value = "List tokens, newest first, expired ones too",
      query = {"limit", "cursor"},
      gives = "Token*")
  public Response list(@BeanParam Asked asked) {
    Query query = asked.query();
    int limit = query.limit();
    UUID before = query.cursor(IncidentsResource::uuid);
    query.finish();
    List<Token> found =
        tokens.all().stream()
            .filter(token -> before == null || token.id().compareTo(before.toString()) < 0)
            .limit(limit + 1L)
            .toList();
    List<Token> page = found.subList(0, Math.min(limit, found.size()));
    return Answer.page(
        page.stream().map(token -> TokenDocument.write(token).build()).toList(),
        found.size() > limit ? query.next(page.get(limit - 1).id()) : null);
  }

  @POST
  @Needs(Role.ADMIN)
  @Operation(
      value = "Make a token; this answer alone shows it",
      takes = "NewToken",
      gives = "IssuedToken",
      status = 201)
  public Response add(@BeanParam Asked asked, InputStream body) {
    JsonObject document = asked.body(body).json();
    asked.query().finish();
    TokenDocument.Wanted wanted = TokenDocument.read(document, asked.now());
    Tokens.Issued issued =
        tokens.issue(wanted.name(), wanted.role(), wanted.expiresAt(), asked.actor());
    return Answer.json(
            201, TokenDocument.write(issued.token()).add("token", issued.secret()).build())
        .header(HttpHeaders.LOCATION, asked.base(address) + "/api/tokens/" + issued.token().id())
        .build();
  }

  @DELETE
  @Path("{id}")
  @Needs(Role.ADMIN)
  @Operation(value = "End a token; what it has opened ends", status = 204)
  public Response delete(@PathParam("id") String id, @BeanParam Asked asked) {
    asked.query().finish();
    if (!tokens.revoke(id)) {
      throw new Refused(Refused.Reason.NOT_FOUND, "there is no such token");
    }
    return Response.noContent().build();
  }
}
