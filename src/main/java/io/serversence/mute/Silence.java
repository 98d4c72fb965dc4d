package io.serversence.mute;

import io.serversence.monitor.Monitor;
import java.time.Instant;
import java.util.List;

/**
 * A wish not to be told of some monitors for a while. Immutable.
 *
 * @param id a UUIDv7
 * @param matchers all must hold; at least one
 * @param endsAt from then on it is over
 * @param author who made it
 */
public record Silence(
    String id,
    List<Matcher> matchers,
    Instant startsAt,
    Instant endsAt,
    String comment,
    String author) {
  public Silence {
    matchers = List.copyOf(matchers);
  }

  public boolean covers(Monitor monitor, Instant at) {
    return !at.isBefore(startsAt)
        && at.isBefore(endsAt)
        && matchers.stream().allMatch(m -> m.accepts(monitor));
  }
}
