package io.serversence.incident;

import io.serversence.monitor.Evidence;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Severity;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One failure of one monitor, from its first failing sample to its recovery; or of a channel, from
 * its first message that failed to the next that did not. Immutable.
 *
 * @param n the number of the monitor; of a channel, a negative one
 * @param monitor the key of the monitor; of a channel, what {@link #ofChannel} makes of its key
 * @param startedAt the first failing sample
 * @param openedAt when it was confirmed
 * @param acknowledgedUntil when the acknowledgement lapses, or null for never
 * @param resolvedAt when the recovery was confirmed
 * @param endedAt the first success, or the end for another cause
 * @param cause why, in words
 * @param suppressed the keys of monitors whose failure this one explains
 */
public record Incident(
    UUID id,
    int n,
    String monitor,
    Severity severity,
    IncidentState state,
    Instant startedAt,
    Instant openedAt,
    @Nullable Instant acknowledgedAt,
    @Nullable String acknowledgedBy,
    @Nullable Instant acknowledgedUntil,
    @Nullable Instant resolvedAt,
    @Nullable Instant endedAt,
    String cause,
    Evidence evidence,
    Phases phases,
    List<String> suppressed) {

  /** No monitor's key has a slash. */
  private static final String CHANNEL = "channel/";

  /** What stands in place of a monitor's key where a channel itself fails. */
  public static String ofChannel(String channel) {
    return CHANNEL + channel;
  }

  /** The channel that fails, or null where a monitor does. */
  public @Nullable String channel() {
    return monitor.startsWith(CHANNEL) ? monitor.substring(CHANNEL.length()) : null;
  }

  public Incident {
    suppressed = List.copyOf(suppressed);
  }

  public boolean unresolved() {
    return state != IncidentState.RESOLVED;
  }

  public Incident acknowledged(Instant at, String by, @Nullable Instant until) {
    return with(IncidentState.ACKNOWLEDGED, at, by, until, null, null);
  }

  public Incident unacknowledged() {
    return with(IncidentState.OPEN, null, null, null, null, null);
  }

  public Incident resolved(Instant at, Instant ended) {
    return with(
        IncidentState.RESOLVED, acknowledgedAt, acknowledgedBy, acknowledgedUntil, at, ended);
  }

  /** The same incident, which explains the failure of more monitors. */
  public Incident suppressing(Collection<String> children) {
    Set<String> all = new LinkedHashSet<>(suppressed);
    all.addAll(children);
    return new Incident(
        id,
        n,
        monitor,
        severity,
        state,
        startedAt,
        openedAt,
        acknowledgedAt,
        acknowledgedBy,
        acknowledgedUntil,
        resolvedAt,
        endedAt,
        cause,
        evidence,
        phases,
        List.copyOf(all));
  }

  private Incident with(
      IncidentState newState,
      @Nullable Instant ackAt,
      @Nullable String ackBy,
      @Nullable Instant ackUntil,
      @Nullable Instant resolved,
      @Nullable Instant ended) {
    return new Incident(
        id,
        n,
        monitor,
        severity,
        newState,
        startedAt,
        openedAt,
        ackAt,
        ackBy,
        ackUntil,
        resolved,
        ended,
        cause,
        evidence,
        phases,
        suppressed);
  }
}
