package io.serversence.history;

import io.serversence.access.SecretBox;
import io.serversence.database.Database;
import io.serversence.document.Refused;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Monitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the monitors. Safe for use by many threads; throws as {@link Database} does. */
@ApplicationScoped
public class MonitorStore {
  private Database database;
  private SecretBox box;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway.Init") // a proxy has no database of its own
  protected MonitorStore() {}

  /** A store that leaves secrets as they are. */
  public MonitorStore(Database database) {
    this(database, SecretBox.PLAIN);
  }

  /**
   * A store.
   *
   * @param box seals the secrets of targets
   */
  @Inject
  public MonitorStore(Database database, SecretBox box) {
    this.database = database;
    this.box = box;
  }

  /**
   * Seals anew the secrets that are not sealed with the newest key; a monitor's revision stays.
   *
   * @return how many monitors have changed
   */
  public int reseal() {
    return database.writeActive(
        em ->
            (int)
                em
                    .createQuery("select m from MonitorRow m order by m.id", MonitorRow.class)
                    .getResultList()
                    .stream()
                    .filter(row -> row.reseal(box))
                    .count());
  }

  /** All, ordered by key. */
  public List<ConfiguredMonitor> all() {
    return database.read(
        em ->
            em
                .createQuery("select m from MonitorRow m order by m.id", MonitorRow.class)
                .getResultList()
                .stream()
                .map(row -> row.monitor(box))
                .toList());
  }

  /** Adds one, as {@link #insert(List, boolean, Instant)}. */
  public ConfiguredMonitor insert(Monitor monitor, boolean byFile, Instant now) {
    return insert(List.of(monitor), byFile, now).get(0);
  }

  /**
   * Adds monitors under numbers of their own, all or none.
   *
   * @throws io.serversence.database.Duplicate if a key is taken
   */
  public List<ConfiguredMonitor> insert(List<Monitor> monitors, boolean byFile, Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.MICROS);
    return database.writeActive(
        em -> {
          List<ConfiguredMonitor> inserted = new ArrayList<>(monitors.size());
          for (Monitor monitor : monitors) {
            inserted.add(new ConfiguredMonitor(nextNumber(em), monitor, 1, byFile, at, at));
          }
          inserted.forEach(one -> em.persist(new MonitorRow(one, box))); // last: a query flushes
          return inserted;
        });
  }

  private static int nextNumber(EntityManager em) {
    Object next = em.createNativeQuery("select nextval('monitor_number')").getSingleResult();
    return ((Number) next).intValue();
  }

  /**
   * Replaces a monitor, and resolves its incident with it.
   *
   * @param revision the revision that it has
   * @throws Refused STALE if it has another, NOT_FOUND if it is gone
   */
  public void update(
      ConfiguredMonitor changed, long revision, Fact.@Nullable IncidentResolved resolved) {
    database.writeActive(
        em -> {
          MonitorRow row = em.find(MonitorRow.class, changed.n(), LockModeType.PESSIMISTIC_WRITE);
          if (row == null) {
            throw new Refused(Refused.Reason.NOT_FOUND, "there is no monitor " + changed.id());
          }
          if (row.revision != revision) {
            throw new Refused(Refused.Reason.STALE, "the monitor has changed meanwhile");
          }
          boolean was = row.monitor(box).monitor().enabled();
          row.take(changed, box);
          resolve(em, resolved);
          if (was != changed.monitor().enabled()) {
            switched(em, changed.n(), changed.updatedAt(), was);
          }
          return true;
        });
  }

  private static void switched(EntityManager em, int n, Instant at, boolean off) {
    if (off) {
      em.merge(new PauseRow(n, at)); // two within a microsecond are one
    } else {
      em.createQuery("update PauseRow p set p.until = :at where p.n = :n and p.until is null")
          .setParameter("at", at)
          .setParameter("n", n)
          .executeUpdate();
    }
  }

  /**
   * Removes a monitor and resolves its incident; its incidents stay. Nothing shows its samples any
   * more, and {@link #sweep} removes them, since there may be hundreds of thousands.
   */
  public void delete(int n, Fact.@Nullable IncidentResolved resolved) {
    database.writeActive(
        em -> {
          resolve(em, resolved);
          em.createNativeQuery("insert into deleted_monitor (n) select n from monitor where n = ?1")
              .setParameter(1, n)
              .executeUpdate();
          for (String entity : List.of("MonitorRow", "StateRow", "PauseRow")) {
            em.createQuery("delete from " + entity + " r where r.n = :n")
                .setParameter("n", n)
                .executeUpdate();
          }
          return true;
        });
  }

  /**
   * Removes some samples of deleted monitors; to be called until nothing is left.
   *
   * @param most samples at the most, so that no transaction takes long
   * @return true if something may be left
   */
  public boolean sweep(int most) {
    return database.writeActive(
        em -> {
          Object gone =
              em.createNativeQuery("select min(n) from deleted_monitor").getSingleResult();
          if (!(gone instanceof Number number)) {
            return false;
          }
          int n = number.intValue();
          List<Instant> oldest =
              em.createQuery(
                      "select s.at from SampleRow s where s.n = :n order by s.n, s.at",
                      Instant.class)
                  .setParameter("n", n)
                  .setMaxResults(most)
                  .getResultList();
          if (!oldest.isEmpty()) {
            em.createQuery("delete from SampleRow s where s.n = :n and s.at <= :last")
                .setParameter("n", n)
                .setParameter("last", oldest.get(oldest.size() - 1))
                .executeUpdate();
          }
          if (oldest.size() < most && sweepPacked(em, n, most)) {
            em.createNativeQuery("delete from deleted_monitor where n = ?1")
                .setParameter(1, n)
                .executeUpdate();
          }
          return true;
        });
  }

  /** True if nothing is left. */
  private static boolean sweepPacked(EntityManager em, int n, int most) {
    for (String entity : List.of("PackedRow", "RollupRow")) {
      List<Integer> hours =
          em.createQuery(
                  "select r.hour from " + entity + " r where r.n = :n order by r.hour",
                  Integer.class)
              .setParameter("n", n)
              .setMaxResults(most)
              .getResultList();
      if (!hours.isEmpty()) {
        em.createQuery("delete from " + entity + " r where r.n = :n and r.hour <= :last")
            .setParameter("n", n)
            .setParameter("last", hours.get(hours.size() - 1))
            .executeUpdate();
      }
      if (hours.size() == most) {
        return false;
      }
    }
    return true;
  }

  private static void resolve(EntityManager em, Fact.@Nullable IncidentResolved resolved) {
    if (resolved != null) {
      new Entry(em, false).resolve(resolved);
    }
  }
}
