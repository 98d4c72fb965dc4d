package io.serversence.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A user's row. */
@Entity
@Table(name = "app_user")
@SuppressWarnings("NullAway.Init") // filled by the provider
class UserRow {
  @Id String name;

  @Enumerated(EnumType.STRING)
  Role role;

  @Column(name = "password_hash")
  String passwordHash;

  boolean enabled;

  @Column(name = "created_at")
  Instant createdAt;

  long revision;

  protected UserRow() {}

  UserRow(User user) {
    name = user.name();
    role = user.role();
    passwordHash = user.passwordHash();
    enabled = user.enabled();
    createdAt = user.createdAt();
    revision = user.revision();
  }

  User user() {
    return new User(name, role, passwordHash, enabled, createdAt, revision);
  }
}
