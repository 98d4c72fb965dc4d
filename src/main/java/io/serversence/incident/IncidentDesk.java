package io.serversence.incident;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people do about incidents. Each call returns once it is stored and published, and throws
 * {@link io.serversence.document.Refused}: NOT_FOUND; CONFLICT where the incident is in the wrong
 * state; UNAVAILABLE while the database is away. Safe for use by many threads.
 */
public interface IncidentDesk {
  /** Acknowledges an open incident; acknowledging again replaces comment and end. */
  Incident acknowledge(UUID id, String actor, @Nullable String comment, @Nullable Instant until);

  /** Takes an acknowledgement back. */
  Incident unacknowledge(UUID id, String actor);

  /** Adds a comment, to resolved incidents too. */
  TimelineEntry comment(UUID id, String actor, String text);
}
