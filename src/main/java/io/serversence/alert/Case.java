package io.serversence.alert;

import io.serversence.incident.Incident;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An unresolved incident, and who was told of it. Used by one thread. */
final class Case {
  Incident incident;

  /** The channels that were told that it opened, and must be told its end. */
  final Map<String, Target> told = new LinkedHashMap<>();

  /** How many reminders each channel has had the time for. */
  final Map<String, Long> reminded = new LinkedHashMap<>();

  /** How many steps of the escalation are done. */
  final Map<String, Integer> escalated = new LinkedHashMap<>();

  /** Whether somebody may still have to be told that it opened. */
  boolean held = true;

  /** Whether another incident explains it, or did. */
  boolean suppressed;

  /** When nothing explained it any more; it must fail again after that. */
  @Nullable Instant released;

  Case(Incident incident) {
    this.incident = incident;
  }
}
