package io.serversence.plan;

import io.serversence.database.Kept;
import java.util.List;

/**
 * Where the things of one kind are kept. A change returns once it is stored, and throws as the
 * operations of REST do. Safe for use by many threads.
 */
public interface Shelf<T> {
  Kind<T> kind();

  /** All, ordered by key. */
  List<Kept<T>> all();

  /**
   * Adds a thing.
   *
   * @param byFile whether the configuration file manages it
   */
  void create(T value, boolean byFile);

  /** Adds many; where that is cheaper than one by one, a shelf does it its own way. */
  default void createAll(List<T> values, boolean byFile) {
    values.forEach(value -> create(value, byFile));
  }

  /** Replaces the thing of the same key, which must have this revision. */
  void replace(T value, long revision);

  /** Replaces on behalf of the file, which manages it from now on or no longer. */
  void replaceByFile(T value, boolean byFile);

  /** Removes a thing, which must have this revision. */
  void delete(String id, long revision);
}
