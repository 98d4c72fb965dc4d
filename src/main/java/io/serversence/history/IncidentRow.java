package io.serversence.history;

import io.serversence.incident.Incident;
import io.serversence.incident.IncidentState;
import io.serversence.monitor.Severity;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An incident's row. */
@Entity
@Table(name = "incident")
@SuppressWarnings("NullAway.Init") // filled by the provider
class IncidentRow {
  @Id String id;
  int n;
  String monitor;

  /** The monitor's group when it failed; not called group, which is a word of JPQL. */
  @Column(name = "monitor_group")
  @Nullable String groupName;

  /** The monitor's tags when it failed, each between line feeds. */
  String tags;

  @Enumerated(EnumType.STRING)
  Severity severity;

  @Enumerated(EnumType.STRING)
  IncidentState state;

  @Column(name = "started_at")
  Instant startedAt;

  @Column(name = "opened_at")
  Instant openedAt;

  @Column(name = "acknowledged_at")
  @Nullable Instant acknowledgedAt;

  @Column(name = "acknowledged_by")
  @Nullable String acknowledgedBy;

  @Column(name = "acknowledged_until")
  @Nullable Instant acknowledgedUntil;

  @Column(name = "resolved_at")
  @Nullable Instant resolvedAt;

  @Column(name = "ended_at")
  @Nullable Instant endedAt;

  String cause;

  /** Cause and key in lower case, because not every database folds the case of every letter. */
  String searched;

  /** Evidence, phases and suppressed monitors as a JSON document. */
  String detail;

  /** The monitor's number while unresolved, else null: unique, so that at most one is. */
  @Column(name = "open_key")
  @Nullable Integer openKey;

  protected IncidentRow() {}

  IncidentRow(Incident incident, @Nullable String group, Iterable<String> tags) {
    id = incident.id().toString();
    n = incident.n();
    monitor = incident.monitor();
    groupName = group;
    this.tags = tag(String.join("\n", tags));
    severity = incident.severity();
    startedAt = incident.startedAt();
    openedAt = incident.openedAt();
    cause = Storable.text(incident.cause());
    searched = searched(cause) + "\n" + monitor;
    detail = Storable.text(IncidentDetail.write(incident));
    take(incident);
  }

  /** A tag as it is found in {@link #tags}. */
  static String tag(String tag) {
    return "\n" + tag + "\n";
  }

  /** A text as it is found in {@link #searched}. */
  static String searched(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Takes over what changes in an incident's life. */
  final void take(Incident incident) {
    state = incident.state();
    acknowledgedAt = incident.acknowledgedAt();
    acknowledgedBy = incident.acknowledgedBy();
    acknowledgedUntil = incident.acknowledgedUntil();
    resolvedAt = incident.resolvedAt();
    endedAt = incident.endedAt();
    openKey = incident.unresolved() ? n : null;
  }

  /** Takes an incident that explains more than it did. */
  void suppress(Incident incident) {
    detail = Storable.text(IncidentDetail.write(incident));
  }

  Incident incident() {
    IncidentDetail read = IncidentDetail.read(detail);
    return new Incident(
        UUID.fromString(id),
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
        read.evidence(),
        read.phases(),
        read.suppressed());
  }
}
