package io.serversence.schedule;

import io.serversence.document.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This node: the active one of its database, with all that this takes, or one that waits. Safe for
 * use by many threads.
 */
@ApplicationScoped
public class Node {
  private volatile @Nullable ActiveNode active;
  private volatile String waitingFor = "its start";

  /**
   * What makes this node the active one.
   *
   * @throws Refused UNAVAILABLE while it is not
   */
  ActiveNode active() {
    ActiveNode now = active;
    if (now == null) {
      throw new Refused(
          Refused.Reason.UNAVAILABLE, "this node is not active; it waits for " + waitingFor);
    }
    return now;
  }

  Optional<ActiveNode> ifActive() {
    return Optional.ofNullable(active);
  }

  /** What a node that is not active waits for, in words. */
  String waitingFor() {
    return waitingFor;
  }

  void activate(ActiveNode now) {
    active = now;
  }

  void waitFor(String reason) {
    waitingFor = reason;
    active = null;
  }
}
