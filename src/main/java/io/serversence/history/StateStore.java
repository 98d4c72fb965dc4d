package io.serversence.history;

import io.serversence.database.Database;
import io.serversence.monitor.MonitorState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Tells which state each monitor was in. Safe for use by many threads. */
@ApplicationScoped
public class StateStore {
  private Database database;

  /** A state, and when it began. */
  public record Known(MonitorState state, Instant since) {}

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway.Init") // a proxy has no database of its own
  protected StateStore() {}

  @Inject
  public StateStore(Database database) {
    this.database = database;
  }

  /** All known states by the monitors' numbers. */
  public Map<Integer, Known> all() {
    return database.read(
        em -> {
          Map<Integer, Known> states = new HashMap<>();
          em.createQuery("select s from StateRow s", StateRow.class)
              .getResultList()
              .forEach(row -> states.put(row.n, new Known(row.state, row.since)));
          return states;
        });
  }
}
