package io.serversence.schedule;

import io.serversence.monitor.Target;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** All watches by key, and the heartbeats by token. Safe for use by many threads. */
final class Watches {
  private final NavigableMap<String, Watch> byKey = new ConcurrentSkipListMap<>();
  private final ConcurrentMap<String, Watch> byToken = new ConcurrentHashMap<>();

  Optional<Watch> find(String id) {
    return Optional.ofNullable(byKey.get(id));
  }

  Optional<Watch> heartbeat(String token) {
    return Optional.ofNullable(byToken.get(token));
  }

  /** All, ordered by key. */
  Collection<Watch> all() {
    return byKey.values();
  }

  void add(Watch watch) {
    byKey.put(watch.configured().id(), watch);
    if (watch.monitor().target() instanceof Target.Heartbeat beat) {
      byToken.put(beat.token(), watch);
    }
  }

  void remove(Watch watch) {
    byKey.remove(watch.configured().id(), watch);
    forgetToken(watch);
  }

  void forgetToken(Watch watch) {
    if (watch.monitor().target() instanceof Target.Heartbeat beat) {
      byToken.remove(beat.token(), watch);
    }
  }

  int size() {
    return byKey.size();
  }
}
