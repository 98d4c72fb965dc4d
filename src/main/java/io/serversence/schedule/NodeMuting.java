package io.serversence.schedule;

import io.serversence.database.KeptStore;
import io.serversence.monitor.Monitor;
import io.serversence.mute.Mute;
import io.serversence.mute.Mutes;
import io.serversence.mute.Muting;
import io.serversence.mute.Silence;
import io.serversence.mute.Window;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What mutes on this node, which knows while it is active. */
@ApplicationScoped
public class NodeMuting implements Muting, Mutes {
  @Inject Node node;

  @SuppressWarnings("NullAway.Init") // CDI sets the node
  public NodeMuting() {}

  @Override
  public KeptStore<Silence> silences() {
    return node.active().mutes().silences();
  }

  @Override
  public KeptStore<Window> windows() {
    return node.active().mutes().windows();
  }

  @Override
  public @Nullable Mute of(Monitor monitor, Instant at) {
    return node.ifActive().map(active -> active.mutes().of(monitor, at)).orElse(null);
  }
}
