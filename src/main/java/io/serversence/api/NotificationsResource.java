package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.Role;
import io.serversence.alert.NotificationDesk;
import io.serversence.document.InvalidDocument;
import io.serversence.document.Refused;
import io.serversence.history.Notification;
import io.serversence.history.NotificationDocument;
import io.serversence.history.NotificationState;
import io.serversence.history.NotificationStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages to channels, and what became of them. */
@Path("notifications")
@Produces(Answer.TYPE)
@ApplicationScoped
public class NotificationsResource {
  @Inject NotificationStore store;
  @Inject NotificationDesk desk;

  @GET
  @Needs(Role.VIEWER)
  @Operation(
      value = "List notifications, newest first",
      query = {"incident", "channel", "state", "limit", "cursor"},
      gives = "Notification*")
  public Response list(@BeanParam Asked asked) {
    Query query = asked.query();
    String text = query.text("incident", 36);
    UUID incident = text == null ? null : uuid(text);
    if (text != null && incident == null) {
      throw new InvalidDocument("incident", "must be the id of an incident");
    }
    Set<String> channels = query.keys("channel");
    Set<NotificationState> states =
        query.words("state", NotificationState.values(), NotificationState::word);
    int limit = query.limit();
    UUID before = query.cursor(NotificationsResource::uuid);
    query.finish();
    List<Notification> found = store.page(incident, channels, states, before, limit + 1);
    List<Notification> page = found.subList(0, Math.min(limit, found.size()));
    return Answer.page(
        page.stream().map(NotificationDocument::write).toList(),
        found.size() > limit ? query.next(page.get(limit - 1).id().toString()) : null);
  }

  @POST
  @Path("{id}/resend")
  @Needs(Role.OPERATOR)
  @Operation(value = "Send a message again, word for word", gives = "Notification")
  public Response resend(@PathParam("id") String id, @BeanParam Asked asked) {
    UUID uuid = uuid(id);
    if (uuid == null || store.find(uuid).isEmpty()) {
      throw new Refused(Refused.Reason.NOT_FOUND, "there is no such notification");
    }
    asked.query().finish();
    return Answer.json(NotificationDocument.write(desk.resend(uuid)));
  }

  private static @Nullable UUID uuid(String text) {
    try {
      UUID uuid = UUID.fromString(text);
      return uuid.toString().equals(text) ? uuid : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
