package io.serversence.history;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A chunk of buckets of a monitor at one {@link Level}. */
@Entity
@Table(name = "rollup")
@IdClass(RollupRow.Key.class)
@SuppressWarnings("NullAway.Init") // filled by the provider
class RollupRow {
  @Id int n;

  /** The level's code. */
  @Id short step;

  @Id
  @Column(name = "start_hour")
  int hour;

  byte[] content;

  /** With a day: when the monitor was observed. */
  byte @Nullable [] observed;

  protected RollupRow() {}

  RollupRow(int n, Level level, int hour, byte[] content) {
    this.n = n;
    this.step = level.code();
    this.hour = hour;
    this.content = content;
  }

  /** The key: the monitor's number, the level, and the first hour since 1970. */
  static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    int n;
    short step;
    int hour;

    protected Key() {}

    Key(int n, Level level, int hour) {
      this.n = n;
      this.step = level.code();
      this.hour = hour;
    }

    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof Key other && other.n == n && other.step == step && other.hour == hour;
    }

    @Override
    public int hashCode() {
      return Objects.hash(n, step, hour);
    }
  }
}
