package io.serversence.api;

import io.serversence.access.AuditEntry;
import io.serversence.access.AuditLog;
import io.serversence.access.AuditStore;
import io.serversence.access.Needs;
import io.serversence.access.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Who did what. */
@Path("audit")
@Produces(Answer.TYPE)
@ApplicationScoped
public class AuditResource {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Inject AuditLog log;
  @Inject AuditStore store;

  @SuppressWarnings("NullAway.Init") // CDI sets all
  public AuditResource() {}

  @GET
  @Needs(Role.ADMIN)
  @Operation(
      value = "List changes, operators' actions and failed logins, newest first",
      query = {"actor", "from", "to", "limit", "cursor"},
      gives = "AuditEntry*")
  public Response list(@BeanParam Asked asked) {
    Query query = asked.query();
    String actor = query.text("actor", 100);
    Query.Window window = query.window(asked.now());
    int limit = query.limit();
    UUID before = query.cursor(IncidentsResource::uuid);
    query.finish();
    log.settle(PATIENCE); // so that everyone reads what they have just done
    List<AuditEntry> found = store.page(actor, window.from(), window.to(), before, limit + 1);
    List<AuditEntry> page = found.subList(0, Math.min(limit, found.size()));
    return Answer.page(
        page.stream().map(AuditEntry::write).toList(),
        found.size() > limit ? query.next(page.get(limit - 1).id()) : null);
  }
}
