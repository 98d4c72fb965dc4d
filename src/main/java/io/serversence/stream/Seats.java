package io.serversence.stream;

import io.serversence.access.Caller;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts connections against their limits. Safe for use by many threads. */
final class Seats {
  private final StreamSettings settings;
  private final Map<String, Integer> byUser = new HashMap<>();
  private final Map<String, Integer> byAddress = new HashMap<>();
  private int sse;
  private int webSocket;

  Seats(StreamSettings settings) {
    this.settings = settings;
  }

  /** Takes a seat; false if one of the limits is reached. */
  synchronized boolean take(Caller caller, String address, boolean overSse) {
    String user = caller.name();
    if (sse + webSocket >= settings.maxConnections()
        || (user != null && byUser.getOrDefault(user, 0) >= settings.maxPerUser())
        || byAddress.getOrDefault(address, 0) >= settings.maxPerAddress()) {
      return false;
    }
    if (user != null) {
      byUser.merge(user, 1, Integer::sum);
    }
    byAddress.merge(address, 1, Integer::sum);
    count(overSse, 1);
    return true;
  }

  /** Gives back a seat that was taken. */
  synchronized void leave(Caller caller, String address, boolean overSse) {
    String user = caller.name();
    if (user != null) {
      byUser.computeIfPresent(user, Seats::less);
    }
    byAddress.computeIfPresent(address, Seats::less);
    count(overSse, -1);
  }

  private static @Nullable Integer less(String key, int count) {
    return count == 1 ? null : count - 1;
  }

  private void count(boolean overSse, int by) {
    if (overSse) {
      sse += by;
    } else {
      webSocket += by;
    }
  }

  synchronized int sse() {
    return sse;
  }

  synchronized int webSocket() {
    return webSocket;
  }
}
