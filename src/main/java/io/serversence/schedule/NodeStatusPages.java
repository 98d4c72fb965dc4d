package io.serversence.schedule;

import io.serversence.database.KeptStore;
import io.serversence.page.StatusPage;
import io.serversence.page.StatusPages;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The status pages of this node, which has them while it is active. */
@ApplicationScoped
public class NodeStatusPages implements StatusPages {
  @Inject Node node;

  @SuppressWarnings("NullAway.Init") // CDI sets the node
  public NodeStatusPages() {}

  @Override
  public KeptStore<StatusPage> pages() {
    return node.active().pages().pages();
  }
}
