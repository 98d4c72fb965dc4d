package io.serversence.monitor;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All monitors there are. Reading is from memory and never blocks; a change returns once it is
 * stored, watched and published. Safe for use by many threads.
 */
public interface Catalogue {
  Optional<ConfiguredMonitor> find(String id);

  /** All, ordered by key. */
  List<ConfiguredMonitor> all();

  /**
   * Adds a monitor.
   *
   * @throws io.serversence.document.Refused CONFLICT if the key is taken, UNAVAILABLE while the
   *     database is away
   */
  ConfiguredMonitor create(Monitor monitor, String actor);

  /**
   * Replaces the monitor of the same key.
   *
   * @param revision the revision that it must have, or null for any
   * @throws io.serversence.document.Refused NOT_FOUND, STALE, CONFLICT if managed by file,
   *     UNAVAILABLE
   */
  ConfiguredMonitor replace(Monitor monitor, @Nullable Long revision, String actor);

  /** Removes a monitor and resolves its incident. Throws as {@link #replace}. */
  void delete(String id, @Nullable Long revision, String actor);

  /** Pauses or resumes, which is allowed for those managed by file too. Throws as replace. */
  ConfiguredMonitor enable(String id, boolean on, String actor);
}
