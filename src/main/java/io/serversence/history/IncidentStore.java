package io.serversence.history;

import io.serversence.database.Database;
import io.serversence.document.Refused;
import io.serversence.document.Refused.Reason;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentState;
import io.serversence.incident.TimelineEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps incidents and their timelines. Safe for use by many threads; throws as {@link Database}.
 */
@ApplicationScoped
public class IncidentStore {
  private static final int NUMBERS = 500;

  private Database database;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway.Init") // a proxy has no database of its own
  protected IncidentStore() {}

  @Inject
  public IncidentStore(Database database) {
    this.database = database;
  }

  public Optional<Incident> find(UUID id) {
    return database.read(
        em ->
            Optional.ofNullable(em.find(IncidentRow.class, id.toString()))
                .map(IncidentRow::incident));
  }

  /** Those of these incidents that are there, by id. */
  public Map<UUID, Incident> find(Collection<UUID> ids) {
    List<String> all = ids.stream().distinct().map(UUID::toString).toList();
    Map<UUID, Incident> found = new HashMap<>();
    for (int i = 0; i < all.size(); i += NUMBERS) {
      List<String> part = all.subList(i, Math.min(i + NUMBERS, all.size()));
      database
          .read(
              em ->
                  em
                      .createQuery(
                          "select i from IncidentRow i where i.id in :ids", IncidentRow.class)
                      .setParameter("ids", part)
                      .getResultList()
                      .stream()
                      .map(IncidentRow::incident)
                      .toList())
          .forEach(incident -> found.put(incident.id(), incident));
    }
    return found;
  }

  /** All unresolved incidents. */
  public List<Incident> openOnes() {
    return database.read(
        em ->
            em
                .createQuery(
                    "select i from IncidentRow i where i.openKey is not null", IncidentRow.class)
                .getResultList()
                .stream()
                .map(IncidentRow::incident)
                .toList());
  }

  /**
   * A page of incidents, newest first by id. Any page costs the same.
   *
   * @param before only incidents with a smaller id, where the page before ended; or null
   * @param limit the most there are in the answer
   */
  public List<Incident> page(IncidentFilter filter, @Nullable UUID before, int limit) {
    return database.read(
        em ->
            new IncidentPages(em, filter)
                .page(before, limit).stream().map(IncidentRow::incident).toList());
  }

  /** How many incidents each monitor has had, by its number. */
  public Map<Integer, Long> counts() {
    return database.read(
        em -> {
          Map<Integer, Long> counts = new HashMap<>();
          em.createQuery("select i.n, count(i) from IncidentRow i group by i.n", Object[].class)
              .getResultList()
              .forEach(row -> counts.put((Integer) row[0], (Long) row[1]));
          return counts;
        });
  }

  /**
   * When each of these monitors was down in a window, by number; to the end of time where it still
   * is.
   */
  Map<Integer, List<Availability.Down>> downs(
      Collection<Integer> numbers, Instant from, Instant to) {
    return database.read(
        em -> {
          Map<Integer, List<Availability.Down>> downs = new HashMap<>();
          em.createQuery(
                  "select i.n, i.startedAt, i.endedAt, i.openedAt, i.acknowledgedAt"
                      + " from IncidentRow i where i.n in :numbers"
                      + " and i.startedAt < :to and (i.endedAt is null or i.endedAt > :from)",
                  Object[].class)
              .setParameter("numbers", numbers)
              .setParameter("from", from)
              .setParameter("to", to)
              .getResultList()
              .forEach(
                  row ->
                      downs
                          .computeIfAbsent((Integer) row[0], n -> new ArrayList<>())
                          .add(down(row)));
          return downs;
        });
  }

  private static Availability.Down down(Object[] row) {
    long end = row[2] == null ? Long.MAX_VALUE : Availability.micros((Instant) row[2]);
    return new Availability.Down(
        new Spans.Span(Availability.micros((Instant) row[1]), end),
        row[4] == null
            ? null
            : Availability.micros((Instant) row[4]) - Availability.micros((Instant) row[3]));
  }

  /**
   * A page of an incident's timeline, newest first by id.
   *
   * @param before only entries with a smaller id, where the page before ended; or null
   */
  public List<TimelineEntry> timeline(UUID incident, @Nullable UUID before, int limit) {
    return database.read(
        em -> {
          TypedQuery<TimelineRow> query =
              em.createQuery(
                  "select t from TimelineRow t where t.incident = :incident"
                      + (before == null ? "" : " and t.id < :before")
                      + " order by t.incident desc, t.id desc", // as the index goes
                  TimelineRow.class);
          query.setParameter("incident", incident.toString()).setMaxResults(limit);
          if (before != null) {
            query.setParameter("before", before.toString());
          }
          return query.getResultList().stream().map(TimelineRow::entry).toList();
        });
  }

  /**
   * Acknowledges an unresolved incident; doing so again replaces who and until when.
   *
   * @throws Refused NOT_FOUND, or CONFLICT if it is resolved
   */
  public Incident acknowledge(
      UUID id, Instant at, String actor, @Nullable Instant until, TimelineEntry entry) {
    return change(
        id,
        entry,
        incident -> {
          if (!incident.unresolved()) {
            throw new Refused(Reason.CONFLICT, "the incident is resolved");
          }
          return incident.acknowledged(at, actor, until);
        });
  }

  /** Takes an acknowledgement back; throws as {@link #acknowledge}, CONFLICT if there is none. */
  public Incident unacknowledge(UUID id, TimelineEntry entry) {
    return change(
        id,
        entry,
        incident -> {
          if (incident.state() != IncidentState.ACKNOWLEDGED) {
            throw new Refused(Reason.CONFLICT, "the incident is not acknowledged");
          }
          return incident.unacknowledged();
        });
  }

  /** Adds a comment; throws NOT_FOUND. */
  public Incident comment(UUID id, TimelineEntry entry) {
    return change(id, entry, incident -> incident);
  }

  private Incident change(UUID id, TimelineEntry entry, UnaryOperator<Incident> how) {
    return database.writeActive(
        em -> {
          IncidentRow row = locked(em, id);
          Incident changed = how.apply(row.incident());
          row.take(changed);
          em.persist(new TimelineRow(entry));
          return changed;
        });
  }

  private static IncidentRow locked(EntityManager em, UUID id) {
    IncidentRow row = em.find(IncidentRow.class, id.toString(), LockModeType.PESSIMISTIC_WRITE);
    if (row == null) {
      throw new Refused(Reason.NOT_FOUND, "there is no incident " + id);
    }
    return row;
  }
}
