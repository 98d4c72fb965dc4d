package io.serversence.schedule;

import io.serversence.alert.NotificationDesk;
import io.serversence.history.Notification;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** The notification desk of this node, which has one while it is active. */
@ApplicationScoped
public class NodeNotificationDesk implements NotificationDesk {
  @Inject Node node;

  @SuppressWarnings("NullAway.Init") // CDI sets the node
  public NodeNotificationDesk() {}

  @Override
  public Notification resend(UUID id) {
    return node.active().alerting().resend(id);
  }
}
