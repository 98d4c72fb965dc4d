package io.serversence.history;

import io.serversence.document.Json;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.MonitorDocument;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A monitor's row: its document, and what is asked for without reading that. */
@Entity
@Table(name = "monitor")
@SuppressWarnings("NullAway.Init") // filled by the provider
class MonitorRow {
  @Id int n;
  String id;

  String document;

  long revision;

  @Column(name = "managed_by_file")
  boolean managedByFile;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  protected MonitorRow() {}

  MonitorRow(ConfiguredMonitor configured) {
    n = configured.n();
    id = configured.id();
    createdAt = configured.createdAt();
    take(configured);
  }

  final void take(ConfiguredMonitor configured) {
    document = MonitorDocument.write(configured.monitor(), true).toString();
    revision = configured.revision();
    managedByFile = configured.managedByFile();
    updatedAt = configured.updatedAt();
  }

  ConfiguredMonitor monitor() {
    return new ConfiguredMonitor(
        n,
        MonitorDocument.stored(Json.parseObject(document.getBytes(StandardCharsets.UTF_8))),
        revision,
        managedByFile,
        createdAt,
        updatedAt);
  }
}
