package io.serversence.history;

import io.serversence.database.Database;
import io.serversence.monitor.Outcome;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads packed samples of a monitor from the newest on. Used by one thread. */
final class PackedPages {
  /** About the samples in a row of a monitor that is probed once a minute. */
  private static final int USUAL = 60;

  private static final int MOST_ROWS = 24;

  private final Database database;
  private final int n;
  private final Instant from;
  private final Instant to;
  private final Collection<Outcome> outcomes;

  PackedPages(Database database, int n, Instant from, Instant to, Collection<Outcome> outcomes) {
    this.database = database;
    this.n = n;
    this.from = from;
    this.to = to;
    this.outcomes = outcomes;
  }

  /** The newest so many in the window that have one of the outcomes, newest first. */
  List<SampleRow> newest(int limit) {
    List<SampleRow> found = new ArrayList<>();
    PackedRow last = null;
    while (found.size() < limit) {
      int most = Math.min(MOST_ROWS, 1 + (limit - found.size()) / USUAL);
      List<PackedRow> rows = rows(last, most);
      for (PackedRow row : rows) {
        PackedSamples.unpack(n, row.hour, row.content).stream()
            .filter(this::wanted)
            .sorted(Comparator.comparing((SampleRow s) -> s.at).reversed())
            .forEach(found::add);
        last = row;
      }
      if (rows.size() < most) {
        return found;
      }
    }
    return found;
  }

  private boolean wanted(SampleRow sample) {
    return !sample.at.isBefore(from)
        && sample.at.isBefore(to)
        && (outcomes.isEmpty() || outcomes.contains(sample.known()));
  }

  private List<PackedRow> rows(@Nullable PackedRow last, int most) {
    return database.read(
        em -> {
          TypedQuery<PackedRow> query =
              em.createQuery(
                  "select p from PackedRow p where p.n = :n and p.hour >= :from and p.hour <= :to"
                      + (last == null ? "" : " and (p.hour < :to or p.part < :part)")
                      + (outcomes.isEmpty() ? "" : " and p.outcomes in :masks")
                      + " order by p.n desc, p.hour desc, p.part desc",
                  PackedRow.class);
          query
              .setParameter("n", n)
              .setParameter("from", Level.hourOf(from))
              .setParameter("to", last == null ? Level.hourOf(to) : last.hour);
          if (last != null) {
            query.setParameter("part", last.part);
          }
          if (!outcomes.isEmpty()) {
            query.setParameter("masks", PackedSamples.masks(outcomes));
          }
          return query.setMaxResults(most).getResultList();
        });
  }
}
