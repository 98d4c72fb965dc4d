package io.serversence.api;

import io.serversence.access.Caller;
import io.serversence.access.Needs;
import io.serversence.access.Open;
import io.serversence.access.Passwords;
import io.serversence.access.PublicAddress;
import io.serversence.access.Role;
import io.serversence.access.Sessions;
import io.serversence.access.User;
import io.serversence.access.Users;
import io.serversence.document.Fields;
import io.serversence.document.Json;
import io.serversence.document.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** Signing in and out of a browser. */
@Path("session")
@Produces(Answer.TYPE)
@ApplicationScoped
public class SessionResource {
  @Inject Users users;
  @Inject Sessions sessions;
  @Inject Passwords passwords;
  @Inject PublicAddress address;

  @POST
  @Open
  @Operation(value = "Sign in; the answer sets a cookie", takes = "Credentials", status = 204)
  public Response open(@BeanParam Asked asked, InputStream body) {
    Fields fields = new Fields(asked.body(body).json());
    asked.query().finish();
    String name = fields.required("username", 1, 100);
    String password = fields.text("password", 500);
    if (!fields.has("password")) {
      fields.fault("password", "is required");
    }
    fields.finish();
    User user =
        passwords
            .guarded(() -> users.verify(String.valueOf(name), String.valueOf(password)))
            .orElseThrow(
                () -> new Refused(Refused.Reason.UNAUTHENTICATED, "wrong user name or password"));
    sessions.close(asked.header(HttpHeaders.COOKIE)); // a new login never keeps an old token
    return Response.noContent()
        .header(HttpHeaders.SET_COOKIE, cookie(sessions.open(user), asked, ""))
        .build();
  }

  @GET
  @Needs(Role.VIEWER)
  @Operation(value = "Tell who is signed in", gives = "Session")
  public Response get(@BeanParam Asked asked) {
    asked.query().finish();
    Caller caller = asked.caller();
    if (caller.name() == null || caller.role() == null) {
      throw new Refused(Refused.Reason.UNAUTHENTICATED, "nobody is signed in");
    }
    return Answer.json(
        Json.object().add("username", caller.name()).add("role", caller.role().word()).build());
  }

  @DELETE
  @Needs(Role.VIEWER)
  @Operation(value = "Sign out", status = 204)
  public Response close(@BeanParam Asked asked) {
    asked.query().finish();
    sessions.close(asked.header(HttpHeaders.COOKIE));
    return Response.noContent()
        .header(HttpHeaders.SET_COOKIE, cookie("", asked, "; Max-Age=0"))
        .build();
  }

  private String cookie(String token, Asked asked, String more) {
    boolean tls =
        asked.secure() || (address.url() != null && "https".equals(address.url().getScheme()));
    return Sessions.COOKIE
        + "="
        + token
        + "; Path="
        + asked.contextPath()
        + "; HttpOnly; SameSite=Lax"
        + (tls ? "; Secure" : "")
        + more;
  }
}
