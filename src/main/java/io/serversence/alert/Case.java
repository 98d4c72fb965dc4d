package io.serversence.alert;

import io.serversence.incident.Incident;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An unresolved incident, and who was told of it. Used by one thread. */
final class Case {
  Incident incident;

  /** The channels that were told that it opened, and must be told its end. */
  final Map<String, Target> told = new LinkedHashMap<>();

  /** Since when each of them knows, which its reminders and escalations are counted from. */
  final Map<String, Instant> since = new LinkedHashMap<>();

  /** How many reminders each channel has had the time for. */
  final Map<String, Long> reminded = new LinkedHashMap<>();

  /** The steps of escalations that are done, each with the channel that was told. */
  final Set<String> escalated = new LinkedHashSet<>();

  /** Whether somebody may still have to be told that it opened. */
  boolean held = true;

  /** Whether another incident explains it, or did. */
  boolean suppressed;

  /** When nothing explained it any more; it must fail again after that. */
  @Nullable Instant released;

  Case(Incident incident) {
    this.incident = incident;
  }

  /** Notes that a channel is told; false if it was before. */
  boolean tell(Target target, Instant at) {
    since.putIfAbsent(target.channel(), at);
    return told.putIfAbsent(target.channel(), target) == null;
  }
}
