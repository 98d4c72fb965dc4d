package io.serversence.schedule;

import io.serversence.alert.Channel;
import io.serversence.alert.Channels;
import io.serversence.alert.Delivery;
import io.serversence.database.Kept;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The channels of this node, which has them while it is active. */
@ApplicationScoped
public class NodeChannels implements Channels {
  @Inject Node node;

  @SuppressWarnings("NullAway.Init") // CDI sets the node
  public NodeChannels() {}

  private Channels live() {
    return node.active().channels();
  }

  @Override
  public Optional<Kept<Channel>> find(String id) {
    return live().find(id);
  }

  @Override
  public List<Kept<Channel>> all() {
    return live().all();
  }

  @Override
  public Kept<Channel> create(Channel channel) {
    return live().create(channel);
  }

  @Override
  public Kept<Channel> replace(Channel channel, @Nullable Long revision) {
    return live().replace(channel, revision);
  }

  @Override
  public void delete(String id, @Nullable Long revision) {
    live().delete(id, revision);
  }

  @Override
  public CompletionStage<Delivery> test(Channel channel, String link) {
    return live().test(channel, link);
  }
}
