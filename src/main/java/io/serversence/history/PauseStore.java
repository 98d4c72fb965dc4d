package io.serversence.history;

import io.serversence.database.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads when monitors were switched off. Safe for use by many threads; throws as the database. */
final class PauseStore {
  private final Database database;

  PauseStore(Database database) {
    this.database = database;
  }

  /** The pauses that share time with a window, by the monitor's number. */
  Map<Integer, Spans> pauses(Collection<Integer> numbers, Instant from, Instant to) {
    Map<Integer, List<Spans.Span>> found = new HashMap<>();
    database
        .read(
            em ->
                em.createQuery(
                        "select p from PauseRow p where p.n in :numbers and p.since < :to"
                            + " and (p.until is null or p.until > :from)",
                        PauseRow.class)
                    .setParameter("numbers", numbers)
                    .setParameter("from", from)
                    .setParameter("to", to)
                    .getResultList())
        .forEach(
            row ->
                found
                    .computeIfAbsent(row.n, n -> new ArrayList<>())
                    .add(
                        new Spans.Span(
                            Availability.micros(row.since),
                            row.until == null ? Long.MAX_VALUE : Availability.micros(row.until))));
    Map<Integer, Spans> pauses = new HashMap<>();
    found.forEach((n, spans) -> pauses.put(n, Spans.union(spans)));
    return pauses;
  }
}
