package io.serversence.history;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds pages of incidents, newest first by id, without reading the whole table for a window in
 * which there is little. Incidents that opened in the window or later have ids from a certain one
 * on, since an id begins with the time of opening. Of those that opened before it only what was
 * under way counts, at most one per monitor, which is found by its end.
 */
final class IncidentPages {
  private static final long LATEST = (1L << 48) - 1;

  private final EntityManager em;
  private final IncidentFilter filter;

  IncidentPages(EntityManager em, IncidentFilter filter) {
    this.em = em;
    this.filter = filter;
  }

  /** As {@link IncidentStore#page} has it. */
  List<IncidentRow> page(@Nullable UUID before, int limit) {
    Instant from = filter.from();
    if (from == null) {
      return newest(null, before, limit);
    }
    Instant begin = from.truncatedTo(ChronoUnit.MILLIS);
    List<IncidentRow> page = new ArrayList<>(newest(first(begin), before, limit));
    if (page.size() < limit) {
      List<String> ids = new ArrayList<>(underWay(begin, "i.endedAt is null"));
      ids.addAll(underWay(begin, "i.endedAt > :from"));
      page.addAll(
          rows(
              ids.stream()
                  .filter(id -> before == null || id.compareTo(before.toString()) < 0)
                  .sorted(Comparator.reverseOrder())
                  .limit(limit - page.size())
                  .toList()));
    }
    return page;
  }

  /** The smallest id of that millisecond, which RFC 9562 puts into its first 48 bits. */
  private static String first(Instant begin) {
    long seconds = Math.max(0, Math.min(begin.getEpochSecond(), LATEST / 1_000));
    long millis = Math.min(seconds * 1_000 + begin.getNano() / 1_000_000, LATEST);
    return new UUID(millis << 16, 0).toString();
  }

  private List<IncidentRow> newest(@Nullable String first, @Nullable UUID before, int limit) {
    Map<String, Object> values = new HashMap<>();
    List<String> conditions = filter.conditions(values);
    if (first != null) {
      conditions.add("i.id >= :first");
      values.put("first", first);
    }
    if (before != null) {
      conditions.add("i.id < :before");
      values.put("before", before.toString());
    }
    String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    TypedQuery<IncidentRow> query =
        em.createQuery(
            "select i from IncidentRow i" + where + " order by i.id desc", IncidentRow.class);
    values.forEach(query::setParameter);
    return query.setMaxResults(limit).getResultList();
  }

  /** Ids of what had opened before; not ordered, lest a database walk the ids for that. */
  private List<String> underWay(Instant begin, String end) {
    Map<String, Object> values = new HashMap<>();
    List<String> conditions = filter.conditions(values);
    conditions.add(end);
    conditions.add("i.openedAt < :begin");
    values.put("begin", begin);
    TypedQuery<String> query =
        em.createQuery(
            "select i.id from IncidentRow i where " + String.join(" and ", conditions),
            String.class);
    values.forEach(query::setParameter);
    return query.getResultList();
  }

  private List<IncidentRow> rows(List<String> ids) {
    return ids.isEmpty()
        ? List.of()
        : em.createQuery(
                "select i from IncidentRow i where i.id in :ids order by i.id desc",
                IncidentRow.class)
            .setParameter("ids", ids)
            .getResultList();
  }
}
