package io.serversence.history;

import io.serversence.incident.IncidentState;
import io.serversence.incident.TimelineEntry;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Enters facts into the tables within one transaction. Samples, timelines and states are only
 * inserted, and wait for the end, so that each goes in one batch; what becomes of incidents is told
 * in its order, because one must end before the next of its monitor can begin, and a provider
 * writes by table, not by call.
 */
final class Entry {
  private static final System.Logger LOG = System.getLogger(Entry.class.getName());
  private static final int NUMBERS = 500;

  private final EntityManager em;
  private final boolean looking;
  private final Set<UUID> openedHere = new HashSet<>();
  private final List<TimelineEntry> entries = new ArrayList<>();

  /**
   * An entry.
   *
   * @param looking whether to look for each row before inserting it, or trust that none is there
   */
  Entry(EntityManager em, boolean looking) {
    this.em = em;
    this.looking = looking;
  }

  void enter(List<Fact> facts) {
    NotificationEntry notifications = new NotificationEntry(em, looking);
    Map<Integer, Fact.StateChanged> states = new HashMap<>();
    List<SampleRow> samples = new ArrayList<>(facts.size());
    for (Fact fact : facts) {
      if (fact instanceof Fact.SampleTaken taken) {
        samples.add(new SampleRow(taken));
      } else if (fact instanceof Fact.StateChanged changed) {
        states.put(changed.n(), changed);
      } else if (fact instanceof Fact.IncidentOpened opened) {
        open(opened);
      } else if (fact instanceof Fact.IncidentResolved resolved) {
        end(resolved);
      } else if (fact instanceof Fact.ChildrenSuppressed suppressed) {
        suppress(suppressed);
      } else if (fact instanceof Fact.NotificationsDue due) {
        notifications.add(due.dues());
      } else if (fact instanceof Fact.MessageClaimed claimed) {
        notifications.claim(claimed);
      } else if (fact instanceof Fact.MessageTried tried && notifications.tried(tried)) {
        entries.addAll(tried.entries());
      }
    }
    for (TimelineEntry entry : entries) {
      if (missing(TimelineRow.class, entry.id().toString())) {
        em.persist(new TimelineRow(entry));
      }
    }
    change(states);
    for (SampleRow sample : samples) {
      if (missing(SampleRow.class, sample.key())) {
        em.persist(sample);
      }
    }
  }

  private boolean missing(Class<?> type, Object key) {
    return !looking || em.find(type, key) == null;
  }

  /** Opens an incident, unless it is there or its monitor has an unresolved one. */
  private void open(Fact.IncidentOpened opened) {
    UUID id = opened.incident().id();
    if (looking) {
      em.flush();
      if (em.find(IncidentRow.class, id.toString()) != null) {
        return;
      }
      List<String> other =
          em.createQuery("select i.id from IncidentRow i where i.openKey = :n", String.class)
              .setParameter("n", opened.incident().n())
              .getResultList();
      if (!other.isEmpty()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "incident {0} of monitor {1} is left out, for {2} is unresolved",
            id,
            opened.incident().monitor(),
            other.get(0));
        return;
      }
    }
    em.persist(new IncidentRow(opened.incident(), opened.group(), opened.tags()));
    openedHere.add(id);
    entries.addAll(opened.entries());
  }

  private void suppress(Fact.ChildrenSuppressed suppressed) {
    if (openedHere.contains(suppressed.incident())) {
      em.flush();
    }
    IncidentRow row = em.find(IncidentRow.class, suppressed.incident().toString());
    if (row != null) {
      row.suppress(row.incident().suppressing(suppressed.children()));
      entries.add(suppressed.entry());
    }
  }

  private void end(Fact.IncidentResolved resolved) {
    if (openedHere.contains(resolved.id())) {
      em.flush(); // so that there is a row to update
    }
    if (update(resolved)) {
      entries.addAll(resolved.entries());
    }
  }

  /** Resolves an incident outside a batch; false if it is not there or was resolved before. */
  boolean resolve(Fact.IncidentResolved resolved) {
    boolean done = update(resolved);
    if (done) {
      resolved.entries().forEach(entry -> em.persist(new TimelineRow(entry)));
    }
    return done;
  }

  /** A guarded update: where no row changes, another was there first. */
  private boolean update(Fact.IncidentResolved resolved) {
    return em.createQuery(
                "update IncidentRow i set i.state = :state, i.resolvedAt = :at, i.endedAt = :ended,"
                    + " i.openKey = null where i.id = :id and i.openKey is not null")
            .setFlushMode(FlushModeType.COMMIT)
            .setParameter("state", IncidentState.RESOLVED)
            .setParameter("at", resolved.at())
            .setParameter("ended", resolved.ended())
            .setParameter("id", resolved.id().toString())
            .executeUpdate()
        == 1;
  }

  private void change(Map<Integer, Fact.StateChanged> states) {
    Map<Integer, StateRow> known = new HashMap<>();
    List<Integer> numbers = List.copyOf(states.keySet());
    for (int i = 0; i < numbers.size(); i += NUMBERS) {
      em.createQuery("select s from StateRow s where s.n in :numbers", StateRow.class)
          .setFlushMode(FlushModeType.COMMIT)
          .setParameter("numbers", numbers.subList(i, Math.min(i + NUMBERS, numbers.size())))
          .getResultList()
          .forEach(row -> known.put(row.n, row));
    }
    for (Fact.StateChanged changed : states.values()) {
      StateRow row = known.get(changed.n());
      if (row == null) {
        em.persist(new StateRow(changed.n(), changed.state(), changed.since()));
      } else if (!changed
          .since()
          .isBefore(row.since)) { // a spool's may be older than another node's
        row.state = changed.state();
        row.since = changed.since();
      }
    }
  }
}
