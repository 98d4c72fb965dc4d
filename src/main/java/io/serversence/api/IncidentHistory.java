package io.serversence.api;

import io.serversence.incident.Incident;
import io.serversence.incident.IncidentState;
import io.serversence.incident.TimelineEntry;
import io.serversence.monitor.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the API asks of the stored incidents. Safe for use by many threads; blocks. */
public interface IncidentHistory {
  Optional<Incident> find(UUID id);

  /**
   * Incidents, newest first by id.
   *
   * @param before only incidents with a smaller id, or null
   * @param limit the most there are in the answer
   */
  List<Incident> page(Filter filter, @Nullable UUID before, int limit);

  /** The entries of one incident's timeline, newest first by id. */
  List<TimelineEntry> timeline(UUID incident, @Nullable UUID before, int limit);

  /** How many incidents each monitor has had, by its number. */
  Map<Integer, Long> counts();

  /**
   * Which incidents; empty sets and nulls narrow nothing.
   *
   * @param monitors numbers of monitors, or null for any; empty for none
   * @param from incidents that ended after it, or have not ended
   * @param to incidents that started before it
   * @param text occurs in the cause or the monitor's key, in any case
   */
  record Filter(
      @Nullable Set<Integer> monitors,
      Set<IncidentState> states,
      Set<Severity> severities,
      Instant from,
      Instant to,
      @Nullable String text) {}
}
