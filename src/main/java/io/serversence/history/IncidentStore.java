package io.serversence.history;

import io.serversence.database.Database;
import io.serversence.document.Refused;
import io.serversence.document.Refused.Reason;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentState;
import io.serversence.incident.TimelineEntry;
import io.serversence.monitor.Severity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps incidents and their timelines. Safe for use by many threads; throws as {@link Database}.
 */
public final class IncidentStore {
  private final Database database;

  public IncidentStore(Database database) {
    this.database = database;
  }

  /**
   * Which incidents; an empty collection or a null means any.
   *
   * @param from opened at this time or later
   * @param to opened before this time
   * @param q a text that the cause or the monitor's key contains, in any case
   */
  public record Query(
      Collection<String> monitors,
      Collection<String> groups,
      Collection<String> tags,
      Collection<IncidentState> states,
      Collection<Severity> severities,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable String q) {}

  /** Where a page ended. */
  public record Place(Instant openedAt, UUID id) {}

  public Optional<Incident> find(UUID id) {
    return database.read(
        em ->
            Optional.ofNullable(em.find(IncidentRow.class, id.toString()))
                .map(IncidentRow::incident));
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

  /** A page of incidents, newest first, beginning after a place. */
  public List<Incident> page(Query query, @Nullable Place after, int limit) {
    StringBuilder where = new StringBuilder("select i from IncidentRow i where 1 = 1");
    Map<String, Object> values = new HashMap<>();
    in(where, values, "monitor", query.monitors());
    in(where, values, "group", query.groups());
    in(where, values, "state", query.states());
    in(where, values, "severity", query.severities());
    List<String> anyTag = new ArrayList<>();
    for (String tag : query.tags()) {
      String name = "tag" + values.size();
      anyTag.add("locate(:" + name + ", i.tags) > 0");
      values.put(name, "\n" + tag + "\n");
    }
    if (!anyTag.isEmpty()) {
      where.append(" and (").append(String.join(" or ", anyTag)).append(')');
    }
    if (query.from() != null) {
      where.append(" and i.openedAt >= :from");
      values.put("from", query.from());
    }
    if (query.to() != null) {
      where.append(" and i.openedAt < :to");
      values.put("to", query.to());
    }
    if (query.q() != null) {
      where.append(" and (locate(:q, lower(i.cause)) > 0 or locate(:q, i.monitor) > 0)");
      values.put("q", query.q().toLowerCase(Locale.ROOT));
    }
    if (after != null) {
      where.append(" and (i.openedAt < :at or (i.openedAt = :at and i.id < :id))");
      values.put("at", after.openedAt());
      values.put("id", after.id().toString());
    }
    where.append(" order by i.openedAt desc, i.id desc");
    return database.read(
        em -> {
          TypedQuery<IncidentRow> q = em.createQuery(where.toString(), IncidentRow.class);
          values.forEach(q::setParameter);
          return q.setMaxResults(limit).getResultList().stream()
              .map(IncidentRow::incident)
              .toList();
        });
  }

  private static void in(
      StringBuilder where, Map<String, Object> values, String field, Collection<?> wanted) {
    if (!wanted.isEmpty()) {
      where.append(" and i.").append(field).append(" in :").append(field);
      values.put(field, wanted);
    }
  }

  /**
   * A page of an incident's timeline, newest first.
   *
   * @param before only entries before this one, where the page before ended
   */
  public List<TimelineEntry> timeline(UUID incident, @Nullable UUID before, int limit) {
    return database.read(
        em -> {
          TypedQuery<TimelineRow> query =
              em.createQuery(
                  "select t from TimelineRow t where t.incident = :incident"
                      + (before == null ? "" : " and t.id < :before")
                      + " order by t.id desc",
                  TimelineRow.class);
          query.setParameter("incident", incident.toString()).setMaxResults(limit);
          if (before != null) {
            query.setParameter("before", before.toString());
          }
          return query.getResultList().stream().map(TimelineRow::entry).toList();
        });
  }

  /**
   * Acknowledges an unresolved incident.
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
    return database.write(
        em -> {
          IncidentRow row = locked(em, id);
          Incident changed = how.apply(row.incident());
          row.take(changed);
          Ledger.add(em, List.of(entry));
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
