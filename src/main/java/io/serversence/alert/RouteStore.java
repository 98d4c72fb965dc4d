package io.serversence.alert;

import io.serversence.database.Database;
import io.serversence.database.Kept;
import io.serversence.database.KeptStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps the routes. Safe for use by many threads; throws as {@link Database} does. */
public final class RouteStore implements Routes {
  private static final int MOST = 1_000;

  /** How routes are tried. */
  static final Comparator<Route> ORDER =
      Comparator.comparingInt(Route::order).thenComparing(Route::id);

  private final KeptStore<Route> store;
  private final Predicate<String> isChannel;
  private final Supplier<Instant> now;
  private volatile List<Route> ordered = List.of();

  /**
   * An empty one until {@link #load}.
   *
   * @param isChannel whether a channel of a key is there
   */
  public RouteStore(Database database, Predicate<String> isChannel, Supplier<Instant> now) {
    this.store =
        new KeptStore<>(
            database,
            "route",
            MOST,
            Route::id,
            RouteDocument::write,
            document -> RouteDocument.read(document, null, key -> true));
    this.isChannel = isChannel;
    this.now = now;
    store.whenChanged(this::sort);
  }

  /** Reads all routes. */
  public void load() {
    store.load();
  }

  private synchronized void sort() {
    ordered = store.all().stream().map(Kept::value).sorted(ORDER).toList();
  }

  /** Where they are kept, for who changes many at once. */
  public KeptStore<Route> kept() {
    return store;
  }

  /** All, in the order in which they are tried. */
  public List<Route> ordered() {
    return ordered;
  }

  /** The route that uses a channel, in words, or null. */
  public @Nullable String userOf(String channel) {
    return ordered.stream()
        .filter(
            r ->
                r.channels().contains(channel)
                    || r.escalation().stream().anyMatch(e -> e.channels().contains(channel)))
        .map(r -> "the route " + r.id())
        .findFirst()
        .orElse(null);
  }

  @Override
  public Optional<Kept<Route>> find(String id) {
    return store.find(id);
  }

  @Override
  public List<Kept<Route>> all() {
    return store.all();
  }

  @Override
  public Kept<Route> create(Route route) {
    return store.create(route, false, now.get());
  }

  @Override
  public Kept<Route> replace(Route route, @Nullable Long revision) {
    return store.replace(route, revision, now.get());
  }

  @Override
  public void delete(String id, @Nullable Long revision) {
    store.delete(id, revision);
  }

  @Override
  public boolean isChannel(String key) {
    return isChannel.test(key);
  }
}
