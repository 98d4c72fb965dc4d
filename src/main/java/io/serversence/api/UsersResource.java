package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.Passwords;
import io.serversence.access.PublicAddress;
import io.serversence.access.Role;
import io.serversence.access.User;
import io.serversence.access.UserDocument;
import io.serversence.access.Users;
import io.serversence.document.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The people with an account. */
@Path("users")
@Produces(Answer.TYPE)
@ApplicationScoped
public class UsersResource {
  @Inject Users users;
  @Inject Passwords passwords;
  @Inject PublicAddress address;

  @SuppressWarnings("NullAway.Init") // CDI sets all
  public UsersResource() {}

  @GET
  @Needs(Role.ADMIN)
  @Operation(
      value = "List users by name",
      query = {"limit", "cursor"},
      gives = "User*")
  public Response list(@BeanParam Asked asked) {
    Query query = asked.query();
    int limit = query.limit();
    String after = query.cursor(position -> UserDocument.isName(position) ? position : null);
    query.finish();
    List<User> found =
        users.all().stream()
            .filter(user -> after == null || user.name().compareTo(after) > 0)
            .limit(limit + 1L)
            .toList();
    List<User> page = found.subList(0, Math.min(limit, found.size()));
    return Answer.page(
        page.stream().map(UserDocument::write).toList(),
        found.size() > limit ? query.next(page.get(limit - 1).name()) : null);
  }

  @POST
  @Needs(Role.ADMIN)
  @Operation(value = "Add a user", takes = "User", gives = "User", status = 201)
  public Response add(@BeanParam Asked asked, InputStream body) {
    JsonObject document = asked.body(body).json();
    asked.query().finish();
    UserDocument.Added wanted = UserDocument.readNew(document);
    String hash = hash(wanted.password());
    User user =
        users.add(new User(wanted.name(), wanted.role(), hash, wanted.enabled(), asked.now()));
    String encoded = URLEncoder.encode(user.name(), StandardCharsets.UTF_8).replace("+", "%20");
    return answer(201, user)
        .header(HttpHeaders.LOCATION, asked.base(address) + "/api/users/" + encoded)
        .build();
  }

  @GET
  @Path("{name}")
  @Needs(Role.ADMIN)
  @Operation(value = "Read a user", gives = "User")
  public Response get(@PathParam("name") String name, @BeanParam Asked asked) {
    User found = find(name);
    asked.query().finish();
    return answer(200, found).build();
  }

  @PATCH
  @Path("{name}")
  @Needs(Role.ADMIN)
  @Operation(
      value = "Change a user, by an RFC 7396 merge patch; what the user has open ends",
      takes = "UserPatch",
      gives = "User")
  public Response patch(@PathParam("name") String name, @BeanParam Asked asked, InputStream body) {
    User found = find(name);
    JsonObject patch = asked.body(body).patch();
    asked.query().finish();
    UserDocument.Changed wanted = UserDocument.readPatch(patch, name);
    Long revision = asked.ifMatch().revision(found.revision());
    String password = wanted.password();
    String hash = password == null ? null : hash(password);
    return answer(200, users.change(name, revision, wanted.role(), hash, wanted.enabled())).build();
  }

  @DELETE
  @Path("{name}")
  @Needs(Role.ADMIN)
  @Operation(value = "Remove a user; what the user has open ends", status = 204)
  public Response delete(@PathParam("name") String name, @BeanParam Asked asked) {
    User found = find(name);
    asked.query().finish();
    users.remove(name, asked.ifMatch().revision(found.revision()));
    return Response.noContent().build();
  }

  private String hash(String password) {
    return passwords.guarded(() -> passwords.hash(password));
  }

  private User find(String name) {
    return users
        .get(name)
        .orElseThrow(() -> new Refused(Refused.Reason.NOT_FOUND, "there is no such user"));
  }

  private static Response.ResponseBuilder answer(int status, User user) {
    return Answer.json(status, UserDocument.write(user))
        .header(HttpHeaders.ETAG, IfMatch.tag(user.revision()));
  }
}
