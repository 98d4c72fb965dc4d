package io.serversence.schedule;

import io.serversence.document.HealthCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Whether the tick comes. Without it nothing is probed, and only a restart would help. */
@ApplicationScoped
public class TickHealth implements HealthCheck {
  private static final Duration LATE = Duration.ofSeconds(30);

  @Inject Node node;

  @SuppressWarnings("NullAway.Init") // CDI sets the node
  public TickHealth() {}

  @Override
  public String name() {
    return "schedule";
  }

  @Override
  public boolean vital() {
    return true;
  }

  @Override
  public Health check() {
    Duration since = node.ifActive().map(ActiveNode::sinceTick).orElse(Duration.ZERO);
    return since.compareTo(LATE) < 0
        ? new Health(true, "")
        : new Health(false, "no tick for " + since.toSeconds() + "s");
  }
}
