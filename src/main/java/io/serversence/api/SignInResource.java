package io.serversence.api;

import io.serversence.access.OidcSignIn;
import io.serversence.access.Open;
import io.serversence.document.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;

/** Tells pages what they can offer to whoever is not signed in. */
@Path("sign-in")
@Produces(Answer.TYPE)
@ApplicationScoped
public class SignInResource {
  @Inject OidcSignIn oidc;

  @GET
  @Open
  @Operation(value = "Tell in which ways people sign in", gives = "SignIn")
  public Response get(@BeanParam Asked asked) {
    asked.query().finish();
    JsonArrayBuilder ways = Json.array().add("password");
    if (oidc.offered()) {
      ways.add("oidc");
    }
    return Answer.json(Json.object().add("ways", ways).build());
  }
}
