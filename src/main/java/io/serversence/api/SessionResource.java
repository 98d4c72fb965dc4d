package io.serversence.api;

import io.serversence.access.AuditEntry;
import io.serversence.access.AuditLog;
import io.serversence.access.Caller;
import io.serversence.access.Logins;
import io.serversence.access.Needs;
import io.serversence.access.Open;
import io.serversence.access.Passwords;
import io.serversence.access.PublicAddress;
import io.serversence.access.Role;
import io.serversence.access.Sessions;
import io.serversence.access.User;
import io.serversence.access.UserDocument;
import io.serversence.access.Users;
import io.serversence.document.Fields;
import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import io.serversence.document.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;

/** Signing in and out of a browser. */
@Path("session")
@Produces(Answer.TYPE)
@ApplicationScoped
public class SessionResource {
  @Inject Users users;
  @Inject Sessions sessions;
  @Inject Passwords passwords;
  @Inject Logins logins;
  @Inject AuditLog audit;
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
    String from = asked.caller().address();
    User user =
        logins.password(String.valueOf(name), String.valueOf(password), from, Logins.SESSION);
    audit.record(AuditEntry.of(asked.now(), user.name(), from, AuditEntry.LOGIN, "session", 204));
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

  /** Changes the caller's own password, and keeps this browser signed in while all else ends. */
  @PUT
  @Path("password")
  @Needs(Role.VIEWER)
  @Operation(
      value = "Change one's own password; what else one has open ends",
      takes = "PasswordChange",
      status = 204)
  public Response changePassword(@BeanParam Asked asked, InputStream body) {
    Caller caller = asked.caller();
    User user =
        Optional.ofNullable(caller.name())
            .flatMap(users::find)
            .orElseThrow(
                () ->
                    new Refused(
                        caller.anonymous()
                            ? Refused.Reason.UNAUTHENTICATED
                            : Refused.Reason.FORBIDDEN,
                        "only users have a password"));
    Fields fields = new Fields(asked.body(body).json());
    asked.query().finish();
    String old = fields.text("old", 500);
    if (!fields.has("old")) {
      fields.fault("old", "is required");
    }
    String wanted = UserDocument.password(fields, "new", user.name());
    if (!fields.has("new")) {
      fields.fault("new", "is required");
    }
    fields.finish();
    if (!proves(user, String.valueOf(old), caller.address())) {
      throw new InvalidDocument("old", "is not the password");
    }
    String hash = passwords.guarded(() -> passwords.hash(String.valueOf(wanted)));
    User changed = users.change(user.name(), user.revision(), null, hash, null);
    Response.ResponseBuilder answer = Response.noContent();
    if (caller.cookie()) {
      sessions.close(asked.header(HttpHeaders.COOKIE));
      answer.header(HttpHeaders.SET_COOKIE, cookie(sessions.open(changed), asked, ""));
    }
    return answer.build();
  }

  private boolean proves(User user, String password, String from) {
    try {
      logins.password(user.name(), password, from, "password");
      return true;
    } catch (Refused e) {
      if (e.reason() == Refused.Reason.UNAUTHENTICATED) {
        return false;
      }
      throw e;
    }
  }

  private String cookie(String token, Asked asked, String more) {
    return ServletAnswer.cookie(
        Sessions.COOKIE, token, asked.contextPath(), address, asked.secure(), more);
  }
}
