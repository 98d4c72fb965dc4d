package io.serversence.schedule;

import io.serversence.plan.ConfigurationDesk;
import io.serversence.plan.Declaration;
import io.serversence.plan.Plan;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;

/** All that is configured on this node, which knows while it is active. */
@ApplicationScoped
public class NodeConfigurationDesk implements ConfigurationDesk {
  @Inject Node node;

  @SuppressWarnings("NullAway.Init") // CDI sets the node
  public NodeConfigurationDesk() {}

  @Override
  public JsonObject written() {
    return node.active().inventory().written();
  }

  @Override
  public Plan apply(Declaration declaration, boolean dryRun) {
    return node.active().inventory().apply(declaration, dryRun);
  }
}
