package io.serversence.history;

import io.serversence.database.Database;
import io.serversence.document.Json;
import io.serversence.incident.Ids;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentState;
import io.serversence.incident.TimelineEntry;
import io.serversence.monitor.ConditionResult;
import io.serversence.monitor.Evidence;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.MonitorDocument;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import io.serversence.monitor.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values for tests, as like to real ones as may be. */
final class Given {
  static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123456Z");

  /** Everything that has broken a store before. */
  static final String NASTY =
      "it's \"quoted\" \\ 100% _ 💥 ÄÖÜß İı\n\r\ttabs; -- 'drop' {?} $1 :x \u2028\u0001\u007f";

  private static final Phases PHASES = new Phases(1, 20, 300, 4_000, 50_000);

  private Given() {}

  static Monitor monitor(String id) {
    return monitor(id, "");
  }

  /** A monitor with more fields, each after a comma. */
  static Monitor monitor(String id, String more) {
    String json =
        "{'id':'%s','name':'Name of %s','target':{'type':'tcp','host':'h.example','port':1}%s}"
            .formatted(id, id, more)
            .replace('\'', '"');
    return MonitorDocument.read(Json.parseObject(json.getBytes(StandardCharsets.UTF_8)), null);
  }

  static Sample sample(Instant at) {
    return sample(at, Outcome.UP);
  }

  static Sample sample(Instant at, Outcome outcome) {
    return new Sample(
        at,
        outcome,
        54_321,
        PHASES,
        outcome == Outcome.UP ? null : "connection refused",
        List.of(
            new ConditionResult("[STATUS] == 200", "[STATUS] == 200", true),
            new ConditionResult("[RESPONSE_TIME] < 5", "[RESPONSE_TIME] (54) < 5", false)));
  }

  static Fact.SampleTaken taken(int n, Instant at) {
    return new Fact.SampleTaken(n, "m" + n, sample(at));
  }

  /** An incident of the monitor {@code m<n>} that opened a second after its start. */
  static Incident incident(int n, Instant startedAt) {
    return incident(n, startedAt, Severity.CRITICAL, "connection refused");
  }

  static Incident incident(int n, Instant startedAt, Severity severity, String cause) {
    Instant openedAt = startedAt.plusSeconds(1);
    return new Incident(
        Ids.at(openedAt),
        n,
        "m" + n,
        severity,
        IncidentState.OPEN,
        startedAt,
        openedAt,
        null,
        null,
        null,
        null,
        null,
        cause,
        evidence(),
        PHASES,
        List.of("child-1", "child-2"));
  }

  static Evidence evidence() {
    return new Evidence(
        "GET https://shop.example/health",
        Map.of("Authorization", "***"),
        "HTTP/1.1 500 Internal Server Error",
        Map.of("X-Nasty", NASTY),
        NASTY,
        List.of("192.0.2.1:443", "[2001:db8::1]:443"),
        new Evidence.Certificate(
            "CN=shop.example",
            "CN=ca",
            Instant.parse("2026-01-01T00:00:00Z"),
            Instant.parse("2027-01-01T00:00:00Z"),
            List.of("shop.example")));
  }

  static Fact.IncidentOpened opened(Incident incident) {
    return opened(incident, "shop", "prod", "eu");
  }

  static Fact.IncidentOpened opened(Incident incident, @Nullable String group, String... tags) {
    return new Fact.IncidentOpened(
        incident,
        group,
        List.of(tags),
        List.of(
            entry(incident.id(), incident.startedAt(), "first-failure", null),
            entry(incident.id(), incident.openedAt(), "opened", incident.cause())));
  }

  static Fact.IncidentResolved resolved(UUID incident, Instant at) {
    return new Fact.IncidentResolved(
        incident,
        at,
        at.minusSeconds(1),
        List.of(
            entry(incident, at.minusSeconds(1), "first-success", null),
            entry(incident, at, "resolved", null)));
  }

  static TimelineEntry entry(UUID incident, Instant at, String type, @Nullable String text) {
    return new TimelineEntry(Ids.at(at), incident, at, type, null, text);
  }

  /** Folds all that can be, however long it takes. */
  static Folding folded(Database database, Instant now) {
    Folding folding = new Folding(database, () -> 0); // a round has all the time there is
    folding.round(now);
    return folding;
  }
}
