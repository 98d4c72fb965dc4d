package io.serversence.access;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An audit entry's row. */
@Entity
@Table(name = "audit")
@SuppressWarnings("NullAway.Init") // filled by the provider
class AuditRow {
  @Id String id;
  Instant at;
  @Nullable String actor;
  String address;
  String operation;
  @Nullable String target;
  short status;

  protected AuditRow() {}

  AuditRow(AuditEntry entry) {
    id = entry.id();
    at = entry.at();
    actor = entry.actor();
    address = entry.address();
    operation = entry.operation();
    target = entry.target();
    status = (short) entry.status();
  }

  AuditEntry entry() {
    return new AuditEntry(id, at, actor, address, operation, target, status);
  }
}
