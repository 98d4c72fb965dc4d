package io.serversence.alert;

import io.serversence.incident.Incident;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What is to be told, frozen: every try sends the same. Immutable.
 *
 * @param idempotencyKey the same with every try, so that a receiver may know a repeat
 * @param sentAt when it was frozen
 * @param truncated how many incidents there are beyond those listed
 * @param incidents the worst first, at most {@link #MOST}
 * @param monitors those of the incidents
 * @param link the page that shows more
 */
public record Message(
    UUID id,
    String idempotencyKey,
    AlertEvent event,
    Instant sentAt,
    int truncated,
    List<Incident> incidents,
    List<AlertedMonitor> monitors,
    String link) {
  /** The most incidents that one message lists. */
  public static final int MOST = 1_000;

  public Message {
    incidents = List.copyOf(incidents);
    monitors = List.copyOf(monitors);
  }

  /** How many incidents it is about, those not listed too. */
  public int count() {
    return incidents.size() + truncated;
  }
}
