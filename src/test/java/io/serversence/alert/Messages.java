package io.serversence.alert;

import io.serversence.incident.Ids;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentState;
import io.serversence.monitor.Evidence;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Messages to send. */
final class Messages {
  static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123Z");
  static final String NASTY = "a <b>&*_~`|@everyone [x](http://evil) \"q\" \\ ü😀";

  private Messages() {}

  /** An incident that is open and new. */
  static Incident open(int n, String monitor, Severity severity, Instant at) {
    return new Incident(
        Ids.at(at),
        n,
        monitor,
        severity,
        IncidentState.OPEN,
        at,
        at,
        null,
        null,
        null,
        null,
        null,
        "refused",
        Evidence.NONE,
        Phases.UNREACHED,
        List.of());
  }

  static Message of(AlertEvent event, int count) {
    return of(event, count, "Shop", "connection refused");
  }

  static Message of(AlertEvent event, int count, String name, String cause) {
    List<Incident> incidents = new ArrayList<>();
    List<AlertedMonitor> monitors = new ArrayList<>();
    boolean over = event == AlertEvent.RESOLVED;
    for (int i = 0; i < count; i++) {
      incidents.add(
          new Incident(
              new UUID(0x7000L, i),
              0,
              "shop-" + i,
              i == 1 ? Severity.WARNING : Severity.CRITICAL,
              over ? IncidentState.RESOLVED : IncidentState.OPEN,
              NOW.minusSeconds(330),
              NOW.minusSeconds(300),
              null,
              null,
              null,
              over ? NOW : null,
              over ? NOW : null,
              cause,
              Evidence.NONE,
              Phases.UNREACHED,
              List.of()));
      monitors.add(new AlertedMonitor("shop-" + i, name + " " + i, "shop", List.of("eu")));
    }
    return new Message(
        new UUID(0x7001L, 1),
        "key-1",
        event,
        NOW,
        0,
        incidents,
        monitors,
        "https://s.example/i?a=1&b=2");
  }
}
