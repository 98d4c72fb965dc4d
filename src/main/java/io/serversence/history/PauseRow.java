package io.serversence.history;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A time in which a monitor was switched off; without an end while it is. */
@Entity
@Table(name = "pause")
@IdClass(PauseRow.Key.class)
@SuppressWarnings("NullAway.Init") // filled by the provider
class PauseRow {
  @Id int n;
  @Id Instant since;
  @Nullable Instant until;

  protected PauseRow() {}

  PauseRow(int n, Instant since) {
    this.n = n;
    this.since = since;
  }

  /** The key of a pause: the monitor's number and its start. */
  static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    int n;
    Instant since = Instant.EPOCH;

    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof Key other && other.n == n && other.since.equals(since);
    }

    @Override
    public int hashCode() {
      return Objects.hash(n, since);
    }
  }
}
