package io.serversence.api;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list page after page, until it or the limit ends. Used by one thread.
 *
 * @param <T> what is in the list
 * @param <P> a position in it
 */
final class Paging<T, P> {
  private static final int AT_ONCE = 1_000;

  private final BiFunction<@Nullable P, Integer, List<T>> read;
  private final Function<T, P> position;
  private @Nullable P after;
  private int left;

  /**
   * A list that was not read yet.
   *
   * @param read is given the position after which a page begins, null for the first, and its
   *     greatest length
   * @param position of an element
   */
  Paging(
      BiFunction<@Nullable P, Integer, List<T>> read,
      Function<T, P> position,
      @Nullable P after,
      int limit) {
    this.read = read;
    this.position = position;
    this.after = after;
    this.left = limit;
  }

  /** The next page; an empty one is the end. */
  List<T> next() {
    if (left == 0) {
      return List.of();
    }
    List<T> page = read.apply(after, Math.min(left, AT_ONCE));
    if (page.isEmpty()) {
      left = 0;
    } else {
      after = position.apply(page.get(page.size() - 1));
      left -= page.size();
    }
    return page;
  }
}
