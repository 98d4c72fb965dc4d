package io.serversence.schedule;

import io.serversence.incident.Incident;
import io.serversence.incident.IncidentDesk;
import io.serversence.incident.TimelineEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The incident desk of this node, which has one while it is active. */
@ApplicationScoped
public class NodeIncidentDesk implements IncidentDesk {
  @Inject Node node;

  @SuppressWarnings("NullAway.Init") // CDI sets the node
  public NodeIncidentDesk() {}

  @Override
  public Incident acknowledge(
      UUID id, String actor, @Nullable String comment, @Nullable Instant until) {
    return node.active().incidents().acknowledge(id, actor, comment, until);
  }

  @Override
  public Incident unacknowledge(UUID id, String actor) {
    return node.active().incidents().unacknowledge(id, actor);
  }

  @Override
  public TimelineEntry comment(UUID id, String actor, String text) {
    return node.active().incidents().comment(id, actor, text);
  }
}
