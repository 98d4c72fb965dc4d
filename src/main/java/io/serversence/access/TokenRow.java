package io.serversence.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A token's row. */
@Entity
@Table(name = "api_token")
@SuppressWarnings("NullAway.Init") // filled by the provider
class TokenRow {
  @Id String id;

  String name;

  @Enumerated(EnumType.STRING)
  Role role;

  String hash;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "created_by")
  String createdBy;

  @Column(name = "expires_at")
  @Nullable Instant expiresAt;

  protected TokenRow() {}

  TokenRow(Token token) {
    id = token.id();
    name = token.name();
    role = token.role();
    hash = token.hash();
    createdAt = token.createdAt();
    createdBy = token.createdBy();
    expiresAt = token.expiresAt();
  }

  Token token() {
    return new Token(id, name, role, hash, createdAt, createdBy, expiresAt);
  }
}
