package io.serversence.schedule;

import io.serversence.history.IncidentStore;
import io.serversence.history.MonitorStore;
import io.serversence.history.SampleStore;
import io.serversence.history.StateStore;
import io.serversence.incident.Incident;
import io.serversence.incident.VerdictState;
import io.serversence.monitor.Condition;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.MonitorState;
import io.serversence.monitor.Sample;
import io.serversence.stream.BoardEntry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the database knows at the moment a node becomes the active one, as its watches and its board
 * begin with it.
 *
 * @param unresolved all unresolved incidents, those of deleted monitors included
 */
record Stored(List<Watch> watches, List<BoardEntry> board, List<Incident> unresolved) {
  private static final Logger LOG = System.getLogger(Stored.class.getName());

  /** Reads it; throws as {@link io.serversence.database.Database} does. */
  static Stored read(
      MonitorStore monitors,
      StateStore states,
      SampleStore samples,
      IncidentStore incidents,
      Clock clock) {
    Map<Integer, StateStore.Known> known = states.all();
    Map<Integer, Sample> latest = samples.latest();
    List<Incident> unresolved = incidents.openOnes();
    Map<Integer, Incident> open = new HashMap<>();
    unresolved.forEach(i -> open.put(i.n(), i));
    List<Watch> watches = new ArrayList<>();
    List<BoardEntry> board = new ArrayList<>();
    for (ConfiguredMonitor monitor : monitors.all()) {
      warnOfGuesses(monitor.monitor());
      Incident incident = open.get(monitor.n());
      Sample sample = latest.get(monitor.n());
      VerdictState verdict = verdict(known.get(monitor.n()), incident, clock.now());
      Watch watch =
          new Watch(monitor, verdict, incident == null ? null : incident.id(), clock.nanos());
      if (sample != null) {
        watch.lastAt = sample.at();
      }
      watches.add(watch);
      board.add(
          new BoardEntry(
              monitor,
              monitor.monitor().enabled() ? verdict.shown() : MonitorState.PAUSED,
              verdict.since(),
              sample,
              null,
              null,
              incident));
    }
    return new Stored(watches, board, unresolved);
  }

  private static void warnOfGuesses(Monitor monitor) {
    monitor
        .allConditions()
        .filter(Condition::guesses)
        .forEach(
            condition ->
                LOG.log(
                    Level.WARNING,
                    "the monitor {0} compares with what is no number and counts as 0: {1}",
                    monitor.id(),
                    condition));
  }

  /** An unresolved incident says DOWN, whatever else is known: only its end may say otherwise. */
  private static VerdictState verdict(
      StateStore.@Nullable Known known, @Nullable Incident incident, Instant now) {
    if (incident != null) {
      return VerdictState.settled(MonitorState.DOWN, incident.startedAt());
    }
    if (known == null || known.state() == MonitorState.DOWN) {
      return VerdictState.pending(now);
    }
    return VerdictState.settled(known.state(), known.since());
  }
}
