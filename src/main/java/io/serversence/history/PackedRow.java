package io.serversence.history;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Samples of a monitor in one hour, packed into one value: a row for each would take ten times the
 * room. An hour with long messages has several parts.
 */
@Entity
@Table(name = "packed_sample")
@IdClass(PackedRow.Key.class)
@SuppressWarnings("NullAway.Init") // filled by the provider
class PackedRow {
  @Id int n;

  @Id
  @Column(name = "start_hour")
  int hour;

  @Id short part;

  /** A bit for each outcome that is in it. */
  short outcomes;

  byte[] content;

  protected PackedRow() {}

  PackedRow(int n, int hour, int part) {
    this.n = n;
    this.hour = hour;
    this.part = (short) part;
  }

  /** The key: the monitor's number, the hour since 1970, and the part. */
  static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    int n;
    int hour;
    short part;

    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof Key other && other.n == n && other.hour == hour && other.part == part;
    }

    @Override
    public int hashCode() {
      return Objects.hash(n, hour, part);
    }
  }
}
