package io.serversence.schedule;

import io.serversence.document.HealthCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Whether this node is the active one. */
@ApplicationScoped
public class NodeHealth implements HealthCheck {
  @Inject Node node;

  @SuppressWarnings("NullAway.Init") // CDI sets the node
  public NodeHealth() {}

  @Override
  public String name() {
    return "node";
  }

  @Override
  public Health check() {
    return node.ifActive()
        .map(active -> new Health(true, "active, watching " + active.watched() + " monitors"))
        .orElseGet(() -> new Health(false, "standby, waiting for " + node.waitingFor()));
  }
}
