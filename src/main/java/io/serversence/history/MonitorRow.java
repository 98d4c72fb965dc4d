package io.serversence.history;

import io.serversence.access.SecretBox;
import io.serversence.document.Json;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.MonitorDocument;
import io.serversence.monitor.MonitorSecrets;
import jakarta.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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

  MonitorRow(ConfiguredMonitor configured, SecretBox box) {
    n = configured.n();
    id = configured.id();
    createdAt = configured.createdAt();
    take(configured, box);
  }

  final void take(ConfiguredMonitor configured, SecretBox box) {
    document =
        MonitorSecrets.replaced(MonitorDocument.write(configured.monitor(), true), box::seal)
            .toString();
    revision = configured.revision();
    managedByFile = configured.managedByFile();
    updatedAt = configured.updatedAt();
  }

  /** Seals what is not sealed with the newest key; false if all was. */
  boolean reseal(SecretBox box) {
    List<String> stale = new ArrayList<>();
    JsonObject sealed =
        MonitorSecrets.replaced(
            written(),
            secret -> {
              String fresh = box.seal(secret);
              if (!fresh.equals(secret)) {
                stale.add(fresh);
              }
              return fresh;
            });
    if (stale.isEmpty()) {
      return false;
    }
    document = sealed.toString();
    return true;
  }

  private JsonObject written() {
    return Json.parseObject(document.getBytes(StandardCharsets.UTF_8));
  }

  /** How long a sample of it covers at the most, for which no secret is needed. */
  Duration reach() {
    return MonitorDocument.stored(MonitorSecrets.replaced(written(), secret -> "sealed")).reach();
  }

  ConfiguredMonitor monitor(SecretBox box) {
    return new ConfiguredMonitor(
        n,
        MonitorDocument.stored(MonitorSecrets.replaced(written(), box::open)),
        revision,
        managedByFile,
        createdAt,
        updatedAt);
  }
}
