package io.serversence.database;

import io.serversence.document.Json;
import io.serversence.document.Refused;
import io.serversence.document.Refused.Reason;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps configured things of one kind: in the database, and all of them in memory, from where they
 * are read. Safe for use by many threads: of two changes at a time the database lets one win.
 *
 * @param <T> the kind; its documents hold all there is to it
 */
public final class KeptStore<T> {
  private final Database database;
  private final String noun;
  private final int most;
  private final Function<T, String> id;
  private final Function<T, JsonObject> write;
  private final Function<JsonObject, T> read;
  private final NavigableMap<String, Kept<T>> all = new ConcurrentSkipListMap<>();
  private volatile Runnable changed = () -> {};

  /**
   * An empty one until {@link #load}.
   *
   * @param noun the kind in words, such as {@code channel}; part of the stored key
   * @param most how many there may be
   * @param write writes a thing with its secrets
   * @param read reads what that wrote
   */
  public KeptStore(
      Database database,
      String noun,
      int most,
      Function<T, String> id,
      Function<T, JsonObject> write,
      Function<JsonObject, T> read) {
    this.database = database;
    this.noun = noun;
    this.most = most;
    this.id = id;
    this.write = write;
    this.read = read;
  }

  /** Sets what is told after each change, before whoever asked for it is. */
  public void whenChanged(Runnable told) {
    changed = told;
  }

  /** Reads all into memory. */
  public void load() {
    List<Kept<T>> found = database.read(em -> rows(em).stream().map(this::kept).toList());
    all.clear();
    found.forEach(kept -> all.put(kept.id(), kept));
    changed.run();
  }

  /**
   * Writes the same things in another form, before they are loaded; their revisions stay.
   *
   * @param change the document to store instead of a stored one, or an equal one
   * @return how many have changed
   */
  public int rewrite(UnaryOperator<JsonObject> change) {
    return database.writeActive(
        em -> {
          int changed = 0;
          for (KeptRow row : rows(em)) {
            JsonObject before = document(row);
            JsonObject after = change.apply(before);
            if (!after.equals(before)) {
              row.document = after.toString();
              changed++;
            }
          }
          return changed;
        });
  }

  private List<KeptRow> rows(EntityManager em) {
    return em.createQuery(
            "select k from KeptRow k where k.id like :kind order by k.id", KeptRow.class)
        .setParameter("kind", noun + "/%")
        .getResultList();
  }

  private static JsonObject document(KeptRow row) {
    return Json.parseObject(row.document.getBytes(StandardCharsets.UTF_8));
  }

  private Kept<T> kept(KeptRow row) {
    T value = read.apply(document(row));
    return new Kept<>(
        id.apply(value), value, row.revision, row.managedByFile, row.createdAt, row.updatedAt);
  }

  public Optional<Kept<T>> find(String key) {
    return Optional.ofNullable(all.get(key));
  }

  /** All, ordered by id. */
  public List<Kept<T>> all() {
    return List.copyOf(all.values());
  }

  /**
   * Adds a thing.
   *
   * @throws Refused CONFLICT if the id is taken or there are too many
   */
  public synchronized Kept<T> create(T value, boolean byFile, Instant now) {
    if (all.containsKey(id.apply(value))) { // asked first: EclipseLink logs what a key refuses
      throw new Refused(Reason.CONFLICT, taken(id.apply(value)));
    }
    if (all.size() >= most) {
      throw new Refused(
          Reason.CONFLICT, "there are " + most + " of this kind, the most there may be");
    }
    Instant at = now.truncatedTo(ChronoUnit.MICROS);
    Kept<T> created = new Kept<>(id.apply(value), value, 1, byFile, at, at);
    try {
      database.writeActive(
          em -> {
            em.persist(new KeptRow(key(created.id()), created, text(value)));
            return true;
          });
    } catch (Duplicate e) {
      throw new Refused(Reason.CONFLICT, taken(created.id()), e);
    }
    all.put(created.id(), created);
    changed.run();
    return created;
  }

  private String taken(String key) {
    return "there is a " + noun + " " + key + " already";
  }

  /**
   * Replaces the thing of the same id.
   *
   * @param revision the revision that it must have, or null for any
   * @throws Refused NOT_FOUND, STALE, CONFLICT if the file manages it
   */
  public Kept<T> replace(T value, @Nullable Long revision, Instant now) {
    refuseManaged(id.apply(value), revision);
    return change(value, revision, false, now);
  }

  /** Replaces on behalf of the configuration file, which manages it from now on or no longer. */
  public Kept<T> replaceByFile(T value, boolean byFile, Instant now) {
    return change(value, null, byFile, now);
  }

  private Kept<T> change(T value, @Nullable Long revision, boolean byFile, Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.MICROS);
    String key = id.apply(value);
    Kept<T> replaced =
        database.writeActive(
            em -> {
              KeptRow row = em.find(KeptRow.class, key(key), LockModeType.PESSIMISTIC_WRITE);
              if (row == null) {
                throw gone(key);
              }
              fresh(row.revision, revision);
              Kept<T> next = new Kept<>(key, value, row.revision + 1, byFile, row.createdAt, at);
              row.take(next, text(value));
              return next;
            });
    all.merge(key, replaced, (old, now1) -> old.revision() > now1.revision() ? old : now1);
    changed.run();
    return replaced;
  }

  /** Removes a thing. Throws as {@link #replace}. */
  public void delete(String key, @Nullable Long revision) {
    refuseManaged(key, revision);
    database.writeActive(
        em -> {
          KeptRow row = em.find(KeptRow.class, key(key), LockModeType.PESSIMISTIC_WRITE);
          if (row == null) {
            throw gone(key);
          }
          fresh(row.revision, revision);
          em.remove(row);
          return true;
        });
    all.remove(key);
    changed.run();
  }

  private void refuseManaged(String key, @Nullable Long revision) {
    Kept<T> kept = find(key).orElseThrow(() -> gone(key));
    fresh(kept.revision(), revision);
    if (kept.managedByFile()) {
      throw new Refused(
          Reason.CONFLICT, "the configuration file manages " + key + "; change it there");
    }
  }

  private void fresh(long has, @Nullable Long wanted) {
    if (wanted != null && wanted != has) {
      throw new Refused(Reason.STALE, "the " + noun + " has revision " + has + ", not " + wanted);
    }
  }

  private Refused gone(String key) {
    return new Refused(Reason.NOT_FOUND, "there is no " + noun + " " + key);
  }

  private String key(String of) {
    return noun + "/" + of;
  }

  private String text(T value) {
    return write.apply(value).toString();
  }
}
