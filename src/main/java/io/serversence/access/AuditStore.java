package io.serversence.access;

import io.serversence.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps the audit. Safe for use by many threads; throws as {@link Database} does. */
@ApplicationScoped
public class AuditStore {
  private Database database;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway.Init") // a proxy has no database of its own
  protected AuditStore() {}

  @Inject
  public AuditStore(Database database) {
    this.database = database;
  }

  /** Adds all or none. */
  public void add(List<AuditEntry> entries) {
    database.writeActive(
        em -> {
          entries.forEach(entry -> em.persist(new AuditRow(entry)));
          return true;
        });
  }

  /**
   * A page of the entries in {@code [from, to)}, newest first. Any page costs the same.
   *
   * @param actor whose, or null for all
   * @param before only entries with a smaller id, where the page before ended; or null
   * @param limit the most there are in the answer
   */
  public List<AuditEntry> page(
      @Nullable String actor, Instant from, Instant to, @Nullable UUID before, int limit) {
    return database.read(
        em -> {
          // The ids narrow it as the index goes; the times are exact.
          TypedQuery<AuditRow> query =
              em.createQuery(
                  "select a from AuditRow a where a.at >= :from and a.at < :to"
                      + " and a.id >= :first and a.id < :before"
                      + (actor == null
                          ? " order by a.id desc"
                          : " and a.actor = :actor order by a.actor desc, a.id desc"),
                  AuditRow.class);
          String end = first(to.plusMillis(1));
          query
              .setParameter("from", from)
              .setParameter("to", to)
              .setParameter("first", first(from))
              .setParameter(
                  "before",
                  before == null || end.compareTo(before.toString()) < 0 ? end : before.toString())
              .setMaxResults(limit);
          if (actor != null) {
            query.setParameter("actor", actor);
          }
          return query.getResultList().stream().map(AuditRow::entry).toList();
        });
  }

  /** Removes what is older than that moment. */
  public int removeBefore(Instant end) {
    return database.writeActive(
        em ->
            em.createQuery("delete from AuditRow a where a.id < :end")
                .setParameter("end", first(end))
                .executeUpdate());
  }

  /** The smallest id that an entry of that millisecond can have. */
  private static String first(Instant at) {
    return new UUID(at.toEpochMilli() << 16, 0).toString();
  }
}
