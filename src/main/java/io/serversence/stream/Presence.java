package io.serversence.stream;

import io.serversence.document.Json;
import io.serversence.document.Refused;
import io.serversence.monitor.Monitor;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who looks at which incident, as WebSocket clients say. No part of the log: what is told is how
 * things stand, at most once a second, and a client that was busy meanwhile is told the latest
 * only. So there is nothing to queue, and it is bounded by the incidents that are looked at. Safe
 * for use by many threads.
 */
final class Presence {
  /** More incidents than this cannot be looked at at the same time. */
  static final int MOST_INCIDENTS = 2_000;

  private static final int MOST_NAMES = 50;
  private static final long TOLD_EVERY = TimeUnit.SECONDS.toNanos(1);

  /** For so long it is kept that nobody looks any more: no client is busy for longer. */
  private static final long ENDS_KEPT = TimeUnit.SECONDS.toNanos(60);

  private final LongSupplier nanos;
  private final IdentityHashMap<Object, UUID> views = new IdentityHashMap<>();
  private final Map<UUID, Viewers> incidents = new HashMap<>();
  private final Set<UUID> changed = new LinkedHashSet<>();
  private long toldAt;
  private volatile long version;
  private volatile List<Look> looks = List.of();

  /** Those who look at one incident. */
  private static final class Viewers {
    private final Monitor monitor;
    private final Map<String, Integer> users = new TreeMap<>();
    private int anonymous;

    private Viewers(Monitor monitor) {
      this.monitor = monitor;
    }

    private void count(@Nullable String user, int by) {
      if (user == null) {
        anonymous += by;
      } else {
        users.merge(user, by, (old, change) -> old + change == 0 ? null : old + change);
      }
    }

    private int size() {
      return users.size() + anonymous;
    }
  }

  Presence(LongSupplier nanos) {
    this.nanos = nanos;
    this.toldAt = nanos.getAsLong() - TOLD_EVERY;
  }

  /**
   * A connection looks at an incident from now on, and at no other.
   *
   * @param user null for an anonymous one
   * @return who looks at it now
   * @throws Refused TOO_MANY if too many incidents are looked at
   */
  synchronized JsonObject view(
      Object connection, @Nullable String user, UUID incident, Monitor monitor) {
    if (!incidents.containsKey(incident) && incidents.size() >= MOST_INCIDENTS) {
      throw new Refused(
          Refused.Reason.TOO_MANY, MOST_INCIDENTS + " incidents are looked at already");
    }
    if (!incident.equals(views.get(connection))) {
      leave(connection, user);
      views.put(connection, incident);
      incidents.computeIfAbsent(incident, id -> new Viewers(monitor)).count(user, 1);
      changed.add(incident);
    }
    return document(incident, incidents.get(incident));
  }

  /** A connection looks at no incident any more; does nothing if it did not. */
  synchronized void leave(Object connection, @Nullable String user) {
    UUID incident = views.remove(connection);
    Viewers viewers = incident == null ? null : incidents.get(incident);
    if (incident != null && viewers != null) {
      viewers.count(user, -1);
      changed.add(incident);
    }
  }

  private static JsonObject document(UUID incident, @Nullable Viewers viewers) {
    List<String> users = viewers == null ? List.of() : List.copyOf(viewers.users.keySet());
    return Json.object()
        .add("incident", incident.toString())
        .add("users", Json.strings(users.subList(0, Math.min(users.size(), MOST_NAMES))))
        .add("count", viewers == null ? 0 : viewers.size())
        .build();
  }

  /** Makes what has changed ready to be told, if it is time. True if there is something new. */
  synchronized boolean tick() {
    long now = nanos.getAsLong();
    if (changed.isEmpty() || now - toldAt < TOLD_EVERY) {
      return false;
    }
    toldAt = now;
    List<Look> next = new ArrayList<>();
    for (Look look : looks) {
      boolean over = look.empty() && now - look.at() > ENDS_KEPT;
      if (!over && !changed.contains(look.incident())) {
        next.add(look);
      }
    }
    long latest = version;
    for (UUID incident : changed) {
      Viewers viewers = incidents.get(incident);
      if (viewers != null) {
        String data = document(incident, viewers).toString();
        next.add(new Look(++latest, now, incident, viewers.monitor, viewers.size() == 0, data));
        if (viewers.size() == 0) {
          incidents.remove(incident);
        }
      }
    }
    changed.clear();
    looks = List.copyOf(next.subList(Math.max(0, next.size() - 2 * MOST_INCIDENTS), next.size()));
    version = latest; // last: who sees it must find the looks
    return true;
  }

  /** Nanoseconds until {@link #tick} has something to do; Long.MAX_VALUE if nothing has changed. */
  synchronized long untilTick() {
    return changed.isEmpty()
        ? Long.MAX_VALUE
        : Math.max(0, toldAt + TOLD_EVERY - nanos.getAsLong());
  }

  /** The latest of what can be told; 0 before there was anything. */
  long version() {
    return version;
  }

  /** How each incident is looked at that is, or was lately, the latest last. */
  List<Look> looks() {
    return looks;
  }

  /** How many incidents are looked at. */
  synchronized int size() {
    return incidents.size();
  }
}
