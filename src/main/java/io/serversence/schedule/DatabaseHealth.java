package io.serversence.schedule;

import io.serversence.document.HealthCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Whether what is found goes into the database, and not into the spool. */
@ApplicationScoped
public class DatabaseHealth implements HealthCheck {
  @Inject Node node;

  @SuppressWarnings("NullAway.Init") // CDI sets the node
  public DatabaseHealth() {}

  @Override
  public String name() {
    return "database";
  }

  @Override
  public Health check() {
    return node.ifActive()
        .map(
            active ->
                active.recorder().away()
                    ? new Health(
                        false,
                        "away; probing goes on, and the spool has taken "
                            + active.spool().bytes()
                            + " bytes")
                    : new Health(true, ""))
        .orElseGet(() -> new Health(false, "not in use, because this node is not active"));
  }
}
