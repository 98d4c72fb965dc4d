package io.serversence.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The row of a configured thing. */
@Entity
@Table(name = "kept_document")
@SuppressWarnings("NullAway.Init") // filled by the provider
class KeptRow {
  /** The kind, a slash, and the id. */
  @Id String id;

  String document;

  long revision;

  @Column(name = "managed_by_file")
  boolean managedByFile;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  protected KeptRow() {}

  KeptRow(String id, Kept<?> kept, String document) {
    this.id = id;
    createdAt = kept.createdAt();
    take(kept, document);
  }

  final void take(Kept<?> kept, String text) {
    document = text;
    revision = kept.revision();
    managedByFile = kept.managedByFile();
    updatedAt = kept.updatedAt();
  }
}
