package io.serversence.database;

import java.time.Instant;

/**
 * A configured thing as it is kept.
 *
 * @param revision 1 and up, one more with each change
 * @param managedByFile true if the configuration file names it, so that REST may not change it
 */
public record Kept<T>(
    String id,
    T value,
    long revision,
    boolean managedByFile,
    Instant createdAt,
    Instant updatedAt) {

  /** The same with another value. */
  public Kept<T> with(T other) {
    return new Kept<>(id, other, revision, managedByFile, createdAt, updatedAt);
  }
}
