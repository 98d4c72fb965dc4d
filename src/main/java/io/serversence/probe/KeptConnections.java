package io.serversence.probe;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Connections kept open for the next probe of the same endpoint, the one used last goes first.
 * Bounded in all and per endpoint; the one idle longest makes room. Used on one event loop.
 */
final class KeptConnections {
  private final ProberSettings settings;
  private final Counters counters;
  private final int most;
  private final Map<Endpoint, Deque<Connection>> byEndpoint = new HashMap<>();
  private final Set<Connection> all = new LinkedHashSet<>(); // the longest idle first

  /**
   * None yet.
   *
   * @param most how many this event loop may keep
   */
  KeptConnections(ProberSettings settings, Counters counters, int most) {
    this.settings = settings;
    this.counters = counters;
    this.most = most;
  }

  /** A connection that is still good, or null. */
  @Nullable Connection take(Endpoint endpoint, long now) {
    while (true) {
      Deque<Connection> kept = byEndpoint.get(endpoint);
      if (kept == null) {
        return null;
      }
      Connection connection = kept.getFirst();
      forget(connection);
      if (connection.open() && !tooOld(connection, now)) {
        counters.reused.increment();
        return connection;
      }
      connection.close();
    }
  }

  /**
   * Keeps a connection whose exchange is over, or closes it.
   *
   * @param nextUse nanoseconds until it is wanted again; if it is too old by then, why keep it
   */
  void offer(Connection connection, long now, long nextUse) {
    boolean useful =
        most > 0
            && connection.open()
            && connection.dies - now > nextUse
            && settings.idleTime().toNanos() > nextUse;
    if (!useful) {
      connection.close();
      return;
    }
    Deque<Connection> others = byEndpoint.get(connection.endpoint);
    if (others != null && others.size() >= settings.idleConnectionsPerEndpoint()) {
      drop(others.getLast());
    } else if (all.size() >= most) {
      drop(all.iterator().next());
    }
    connection.keep(now, () -> forget(connection));
    byEndpoint.computeIfAbsent(connection.endpoint, e -> new ArrayDeque<>(2)).addFirst(connection);
    all.add(connection);
    counters.idle.incrementAndGet();
  }

  /** Closes what is too old. */
  void sweep(long now) {
    for (Connection connection : new ArrayList<>(all)) {
      if (tooOld(connection, now)) {
        drop(connection);
      }
    }
  }

  void closeAll() {
    new ArrayList<>(all).forEach(this::drop);
  }

  private boolean tooOld(Connection connection, long now) {
    return connection.dies - now <= 0 || now - connection.idleSince > settings.idleTime().toNanos();
  }

  private void drop(Connection connection) {
    forget(connection);
    connection.close();
  }

  private void forget(Connection connection) {
    if (all.remove(connection)) {
      counters.idle.decrementAndGet();
      Deque<Connection> kept = byEndpoint.get(connection.endpoint);
      if (kept != null) {
        kept.remove(connection);
        if (kept.isEmpty()) {
          byEndpoint.remove(connection.endpoint);
        }
      }
    }
  }
}
