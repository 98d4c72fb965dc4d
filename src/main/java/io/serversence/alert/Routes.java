package io.serversence.alert;

import io.serversence.database.Kept;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All routes there are. Reading is from memory and never blocks; a change returns once it is
 * stored. Safe for use by many threads.
 */
public interface Routes {
  Optional<Kept<Route>> find(String id);

  /** All, ordered by key. */
  List<Kept<Route>> all();

  /**
   * Adds a route.
   *
   * @throws io.serversence.document.Refused CONFLICT if the key is taken
   */
  Kept<Route> create(Route route);

  /**
   * Replaces the route of the same key.
   *
   * @param revision the revision that it must have, or null for any
   * @throws io.serversence.document.Refused NOT_FOUND, STALE, CONFLICT if managed by file
   */
  Kept<Route> replace(Route route, @Nullable Long revision);

  /** Removes a route. Throws as {@link #replace}. */
  void delete(String id, @Nullable Long revision);

  /** Whether a channel of this key is there. */
  boolean isChannel(String key);
}
