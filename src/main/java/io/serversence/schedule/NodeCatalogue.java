package io.serversence.schedule;

import io.serversence.monitor.Catalogue;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Monitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The catalogue of this node, which has one while it is active. */
@ApplicationScoped
public class NodeCatalogue implements Catalogue {
  @Inject Node node;

  @SuppressWarnings("NullAway.Init") // CDI sets the node
  public NodeCatalogue() {}

  private Catalogue live() {
    return node.active().catalogue();
  }

  @Override
  public Optional<ConfiguredMonitor> find(String id) {
    return live().find(id);
  }

  @Override
  public List<ConfiguredMonitor> all() {
    return live().all();
  }

  @Override
  public ConfiguredMonitor create(Monitor monitor, String actor) {
    return live().create(monitor, actor);
  }

  @Override
  public ConfiguredMonitor replace(Monitor monitor, @Nullable Long revision, String actor) {
    return live().replace(monitor, revision, actor);
  }

  @Override
  public void delete(String id, @Nullable Long revision, String actor) {
    live().delete(id, revision, actor);
  }

  @Override
  public ConfiguredMonitor enable(String id, boolean on, String actor) {
    return live().enable(id, on, actor);
  }
}
