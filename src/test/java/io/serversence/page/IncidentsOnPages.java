package io.serversence.page;

import io.serversence.incident.Ids;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentState;
import io.serversence.monitor.Evidence;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Severity;
import java.time.Instant;
import java.util.List;

/** Incidents for tests of pages. */
final class IncidentsOnPages {
  private IncidentsOnPages() {}

  static Incident open(int n, String monitor, Instant at) {
    return new Incident(
        Ids.at(at),
        n,
        monitor,
        Severity.CRITICAL,
        IncidentState.OPEN,
        at,
        at,
        null,
        null,
        null,
        null,
        null,
        "connection refused by 10.1.2.3",
        Evidence.NONE,
        Phases.UNREACHED,
        List.of());
  }
}
