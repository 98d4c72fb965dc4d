package io.serversence.alert;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * What a lane has left in the database: all from one id on but for some, which it had taken before.
 * Ids are in the order of time, but for those of one millisecond. Used by one thread.
 */
final class Rest {
  private final UUID from;
  private final Set<UUID> taken = new HashSet<>();

  Rest(UUID from) {
    this.from = from;
  }

  UUID from() {
    return from;
  }

  /** Notes that one was not left. */
  void except(UUID id) {
    if (id.compareTo(from) >= 0) {
      taken.add(id);
    }
  }

  /** Whether one is left, or must be lest it overtakes those that are. */
  boolean covers(UUID id) {
    return id.compareTo(from) >= 0 && !taken.contains(id);
  }

  /** What is left once all up to an id were read back. */
  Rest after(UUID last) {
    Rest rest = new Rest(last);
    taken.forEach(rest::except);
    rest.taken.add(last);
    return rest;
  }
}
