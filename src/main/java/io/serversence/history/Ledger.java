package io.serversence.history;

import io.serversence.database.Database;
import io.serversence.database.Duplicate;
import io.serversence.incident.TimelineEntry;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Writes facts, a batch in one transaction. Writing a batch again changes nothing, so that one
 * whose fate is unknown can be repeated. Used by one thread; throws as {@link Database} does.
 */
public final class Ledger {
  private final Database database;

  public Ledger(Database database) {
    this.database = database;
  }

  /** Writes all of these facts or none. */
  public void write(List<Fact> facts) {
    try {
      database.write(em -> writeNew(em, facts));
    } catch (Duplicate e) {
      database.write(em -> writeMissing(em, facts)); // some of it was written before
    }
  }

  private static boolean writeNew(EntityManager em, List<Fact> facts) {
    Map<Integer, StateRow> states = new HashMap<>();
    for (Fact fact : facts) {
      if (fact instanceof Fact.SampleTaken taken) {
        em.persist(new SampleRow(taken.n(), taken.sample()));
      } else {
        other(em, fact, states);
      }
    }
    states.values().forEach(em::merge);
    return true;
  }

  private static boolean writeMissing(EntityManager em, List<Fact> facts) {
    Map<Integer, StateRow> states = new HashMap<>();
    for (Fact fact : facts) {
      if (fact instanceof Fact.SampleTaken taken) {
        em.merge(new SampleRow(taken.n(), taken.sample()));
      } else {
        other(em, fact, states);
      }
    }
    states.values().forEach(em::merge);
    return true;
  }

  private static void other(EntityManager em, Fact fact, Map<Integer, StateRow> states) {
    if (fact instanceof Fact.StateChanged changed) {
      states.put(changed.n(), new StateRow(changed.n(), changed.state(), changed.since()));
    } else if (fact instanceof Fact.IncidentOpened opened) {
      open(em, opened);
    } else if (fact instanceof Fact.IncidentResolved resolved) {
      resolve(em, resolved);
    }
  }

  /** Opens an incident, unless it is there or its monitor has an unresolved one. */
  private static void open(EntityManager em, Fact.IncidentOpened opened) {
    if (em.find(IncidentRow.class, opened.incident().id().toString()) != null) {
      return;
    }
    long unresolved =
        em.createQuery("select count(i) from IncidentRow i where i.openKey = :n", Long.class)
            .setParameter("n", opened.incident().n())
            .getSingleResult();
    if (unresolved == 0) {
      em.persist(new IncidentRow(opened.incident(), opened.group(), opened.tags()));
      add(em, opened.entries());
    }
  }

  static void resolve(EntityManager em, Fact.IncidentResolved resolved) {
    IncidentRow row = em.find(IncidentRow.class, resolved.id().toString());
    if (row != null && row.incident().unresolved()) {
      row.take(row.incident().resolved(resolved.at(), resolved.ended()));
      em.flush(); // frees the monitor's place before the next incident takes it
      add(em, resolved.entries());
    }
  }

  static void add(EntityManager em, List<TimelineEntry> entries) {
    for (TimelineEntry entry : entries) {
      UUID id = entry.id();
      if (em.find(TimelineRow.class, id.toString()) == null) {
        em.persist(new TimelineRow(entry));
      }
    }
  }
}
