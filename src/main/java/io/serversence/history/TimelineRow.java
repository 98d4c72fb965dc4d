package io.serversence.history;

import io.serversence.incident.TimelineEntry;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A timeline entry's row. */
@Entity
@Table(name = "timeline")
@SuppressWarnings("NullAway.Init") // filled by the provider
class TimelineRow {
  @Id String id;
  String incident;
  Instant at;
  String type;
  @Nullable String actor;

  @Column(name = "content")
  @Nullable String text;

  protected TimelineRow() {}

  TimelineRow(TimelineEntry entry) {
    id = entry.id().toString();
    incident = entry.incident().toString();
    at = entry.at();
    type = entry.type();
    actor = Storable.textOrNull(entry.actor());
    text = Storable.textOrNull(entry.text());
  }

  TimelineEntry entry() {
    return new TimelineEntry(UUID.fromString(id), UUID.fromString(incident), at, type, actor, text);
  }
}
