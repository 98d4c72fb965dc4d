package io.serversence.schedule;

import io.serversence.alert.Route;
import io.serversence.alert.Routes;
import io.serversence.database.Kept;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The routes of this node, which has them while it is active. */
@ApplicationScoped
public class NodeRoutes implements Routes {
  @Inject Node node;

  @SuppressWarnings("NullAway.Init") // CDI sets the node
  public NodeRoutes() {}

  private Routes live() {
    return node.active().routes();
  }

  @Override
  public Optional<Kept<Route>> find(String id) {
    return live().find(id);
  }

  @Override
  public List<Kept<Route>> all() {
    return live().all();
  }

  @Override
  public Kept<Route> create(Route route) {
    return live().create(route);
  }

  @Override
  public Kept<Route> replace(Route route, @Nullable Long revision) {
    return live().replace(route, revision);
  }

  @Override
  public void delete(String id, @Nullable Long revision) {
    live().delete(id, revision);
  }

  @Override
  public boolean isChannel(String key) {
    return live().isChannel(key);
  }
}
