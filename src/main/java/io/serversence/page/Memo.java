package io.serversence.page;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a while what takes time to find out, so that how often it is found out does not
 * depend on how many ask. One finds out at a time for each key; others get what was known a little
 * before, or wait for it where nothing was. Safe for use by many threads.
 */
final class Memo<K, V> {
  private static final long PATIENCE_SECONDS = 10;
  private static final int STALE = 5;

  private final long fresh;
  private final int most;
  private final LongSupplier nanos;
  private final Map<K, Made<V>> all = new ConcurrentHashMap<>();

  private record Made<V>(CompletableFuture<V> value, @Nullable V before, long at) {}

  /**
   * An empty one.
   *
   * @param most keys at the most; all are forgotten when there are more
   */
  Memo(Duration fresh, int most, LongSupplier nanos) {
    this.fresh = fresh.toNanos();
    this.most = most;
    this.nanos = nanos;
  }

  /**
   * What is known of a key, found out now if it was not lately.
   *
   * @throws RuntimeException as {@code make} does, after which the next one tries again
   * @throws TimeoutException if somebody else has been finding out for long
   */
  V get(K key, Supplier<V> make) throws TimeoutException {
    long now = nanos.getAsLong();
    CompletableFuture<V> mine = new CompletableFuture<>();
    Made<V> made =
        all.compute(
            key,
            (k, old) ->
                old != null && now - old.at() < fresh
                    ? old
                    : new Made<>(mine, old == null ? null : latest(old, now), now));
    if (made.value() != mine) {
      V before = made.before();
      return made.value().isDone() || before == null ? awaited(made.value()) : before;
    }
    if (all.size() > most) {
      all.keySet().removeIf(other -> !other.equals(key));
    }
    try {
      V value = make.get();
      mine.complete(value);
      return value;
    } catch (RuntimeException e) {
      all.remove(key, made);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  /** Not what is long over: nobody may have asked for a day. */
  private @Nullable V latest(Made<V> made, long now) {
    if (now - made.at() > STALE * fresh) {
      return null;
    }
    return made.value().isDone() && !made.value().isCompletedExceptionally()
        ? made.value().join()
        : made.before();
  }

  private static <V> V awaited(CompletableFuture<V> value) throws TimeoutException {
    try {
      return value.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
