package io.serversence.plan;

import io.serversence.database.Kept;
import io.serversence.database.KeptStore;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** A shelf of a store of documents. */
public record KeptShelf<T>(Kind<T> kind, KeptStore<T> store, Supplier<Instant> now)
    implements Shelf<T> {
  @Override
  public List<Kept<T>> all() {
    return store.all();
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
