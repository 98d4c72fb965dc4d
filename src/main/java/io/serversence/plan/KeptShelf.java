package io.serversence.plan;

import io.serversence.database.Kept;
import io.serversence.database.KeptStore;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A shelf of a store of documents.
 *
 * @param shown a thing as it is to be seen now, which may differ from how it was stored
 */
public record KeptShelf<T>(
    Kind<T> kind, KeptStore<T> store, UnaryOperator<T> shown, Supplier<Instant> now)
    implements Shelf<T> {
  /** A shelf whose things are seen as they were stored. */
  public KeptShelf(Kind<T> kind, KeptStore<T> store, Supplier<Instant> now) {
    this(kind, store, UnaryOperator.identity(), now);
  }

  @Override
  public List<Kept<T>> all() {
    return store.all().stream().map(kept -> kept.with(shown.apply(kept.value()))).toList();
  }

  @Override
  public void create(T value, boolean byFile) {
    store.create(value, byFile, now.get());
  }

  @Override
  public void replace(T value, long revision) {
    store.replace(value, revision, now.get());
  }

  @Override
  public void replaceByFile(T value, boolean byFile) {
    store.replaceByFile(value, byFile, now.get());
  }

  @Override
  public void delete(String id, long revision) {
    store.delete(id, revision);
  }
}
