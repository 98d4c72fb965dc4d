package io.serversence.history;

import io.serversence.database.Database;
import io.serversence.document.Refused;
import io.serversence.incident.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads notifications. Safe for use by many threads; throws as {@link Database} does. */
@ApplicationScoped
public class NotificationStore {
  private static final int NUMBERS = 500;
  private static final String HEADS = "(n.message is null or n.message = n.id)";

  private Database database;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway.Init") // a proxy has no database of its own
  protected NotificationStore() {}

  @Inject
  public NotificationStore(Database database) {
    this.database = database;
  }

  /**
   * A page, newest first by id.
   *
   * @param channels only those of these channels, or of any where empty
   * @param states only those in these states, or in any where empty
   * @param before only those with a smaller id, or null
   */
  public List<Notification> page(
      @Nullable UUID incident,
      Set<String> channels,
      Set<NotificationState> states,
      @Nullable UUID before,
      int limit) {
    return database.read(
        em -> {
          String where =
              HEADS
                  + (before == null ? "" : " and n.id < :before")
                  + (channels.isEmpty() ? "" : " and n.channel in :channels")
                  + (states.isEmpty() ? "" : " and n.state in :states")
                  + (incident == null
                      ? ""
                      : " and (n.incident = :incident or exists (select m.id from NotificationRow m"
                          + " where m.message = n.id and m.incident = :incident))");
          TypedQuery<NotificationRow> query =
              em.createQuery(
                  "select n from NotificationRow n where " + where + " order by n.id desc",
                  NotificationRow.class);
          if (before != null) {
            query.setParameter("before", before.toString());
          }
          if (!channels.isEmpty()) {
            query.setParameter("channels", channels);
          }
          if (!states.isEmpty()) {
            query.setParameter("states", states);
          }
          if (incident != null) {
            query.setParameter("incident", incident.toString());
          }
          return whole(em, query.setMaxResults(limit).getResultList());
        });
  }

  public Optional<Notification> find(UUID id) {
    return database.read(
        em -> {
          NotificationRow row = em.find(NotificationRow.class, id.toString());
          return row == null || (row.message != null && !row.message.equals(row.id))
              ? Optional.empty()
              : Optional.of(whole(em, List.of(row)).get(0));
        });
  }

  /** All that is still to be sent, oldest first, at most so many. */
  public List<Notification> unfinished(int most) {
    return database.read(
        em ->
            whole(
                em,
                em.createQuery(
                        "select n from NotificationRow n where n.state in :states and "
                            + HEADS
                            + " order by n.id",
                        NotificationRow.class)
                    .setParameter(
                        "states", List.of(NotificationState.PENDING, NotificationState.FAILED))
                    .setMaxResults(most)
                    .getResultList()));
  }

  /** What is still to be sent to a channel from an id on, oldest first, at most so many. */
  public List<Notification> unfinished(String channel, UUID from, int most) {
    return database.read(
        em ->
            whole(
                em,
                em.createQuery(
                        "select n from NotificationRow n where n.channel = :channel"
                            + " and n.id >= :from and n.state in :states and "
                            + HEADS
                            + " order by n.id",
                        NotificationRow.class)
                    .setParameter("channel", channel)
                    .setParameter("from", from.toString())
                    .setParameter(
                        "states", List.of(NotificationState.PENDING, NotificationState.FAILED))
                    .setMaxResults(most)
                    .getResultList()));
  }

  /** What was or will be told of these incidents. */
  public List<Due> of(Collection<UUID> incidents) {
    List<String> ids = incidents.stream().map(UUID::toString).toList();
    List<Due> dues = new ArrayList<>();
    for (int i = 0; i < ids.size(); i += NUMBERS) {
      List<String> part = ids.subList(i, Math.min(i + NUMBERS, ids.size()));
      dues.addAll(
          database.read(
              em ->
                  em
                      .createQuery(
                          "select n from NotificationRow n where n.incident in :ids order by n.id",
                          NotificationRow.class)
                      .setParameter("ids", part)
                      .getResultList()
                      .stream()
                      .map(NotificationRow::due)
                      .toList()));
    }
    return dues;
  }

  /**
   * What a crash kept from becoming due: the ends of incidents that are resolved, for the channels
   * that were told of their opening in the last days.
   */
  public List<Due> unended() {
    return database
        .read(
            em ->
                em.createQuery(
                        "select n, i.resolvedAt from NotificationRow n, IncidentRow i"
                            + " where i.id = n.incident and i.openKey is null"
                            + " and n.transition = 'opened' and not exists"
                            + " (select m.id from NotificationRow m where m.incident = n.incident"
                            + " and m.channel = n.channel and m.transition = 'resolved')",
                        Object[].class)
                    .setMaxResults(20_000)
                    .getResultList())
        .stream()
        .map(row -> end(((NotificationRow) row[0]).due(), (Instant) row[1]))
        .toList();
  }

  private static Due end(Due opened, Instant at) {
    return new Due(
        Ids.at(at),
        opened.incident(),
        "resolved",
        "resolved",
        opened.channel(),
        opened.group(),
        opened.patience(),
        opened.interval(),
        at);
  }

  /**
   * Has a message sent again.
   *
   * @throws Refused NOT_FOUND, or CONFLICT if it is not frozen yet
   */
  public Notification reset(UUID id, Instant now) {
    return database.write(
        em -> {
          NotificationRow row =
              em.find(NotificationRow.class, id.toString(), LockModeType.PESSIMISTIC_WRITE);
          if (row == null || (row.message != null && !row.message.equals(row.id))) {
            throw new Refused(Refused.Reason.NOT_FOUND, "there is no such notification");
          }
          if (row.body == null) {
            throw new Refused(Refused.Reason.CONFLICT, "it is about to be sent for the first time");
          }
          row.state = NotificationState.PENDING;
          row.nextAttemptAt = now;
          row.resentAt = now;
          row.sentAt = null;
          return whole(em, List.of(row)).get(0);
        });
  }

  /**
   * Removes some of what was sent or given up and was owed before a time, oldest first, but of
   * unresolved incidents nothing; to be called until it removes less than it may.
   *
   * @param most rows at the most, so that no transaction takes long
   * @return how many rows were removed
   */
  public int sweep(Instant before, int most) {
    return database.writeActive(
        em -> {
          List<String> ids =
              em.createQuery(
                      "select n.id from NotificationRow n, IncidentRow i"
                          + " where n.id < :bound and i.id = n.incident and i.openKey is null"
                          + " and (n.state in :ended or n.message <> n.id)"
                          + " and not exists (select h.id from NotificationRow h"
                          + " where h.id = n.message and h.state not in :ended)"
                          + " order by n.id",
                      String.class)
                  .setParameter("bound", Ids.first(before).toString())
                  .setParameter("ended", List.of(NotificationState.SENT, NotificationState.DEAD))
                  .setMaxResults(most)
                  .getResultList();
          for (int i = 0; i < ids.size(); i += NUMBERS) {
            em.createQuery("delete from NotificationRow n where n.id in :ids")
                .setParameter("ids", ids.subList(i, Math.min(i + NUMBERS, ids.size())))
                .executeUpdate();
          }
          return ids.size();
        });
  }

  private static List<Notification> whole(EntityManager em, List<NotificationRow> heads) {
    Map<String, List<Due>> members = new HashMap<>();
    Map<String, NotificationRow> byId = new LinkedHashMap<>();
    heads.forEach(row -> byId.put(row.id, row));
    List<String> ids = List.copyOf(byId.keySet());
    for (int i = 0; i < ids.size(); i += NUMBERS) {
      em.createQuery(
              "select n from NotificationRow n where n.message in :ids and n.message <> n.id"
                  + " order by n.id",
              NotificationRow.class)
          .setParameter("ids", ids.subList(i, Math.min(i + NUMBERS, ids.size())))
          .getResultList()
          .forEach(
              row ->
                  members
                      .computeIfAbsent(String.valueOf(row.message), m -> new ArrayList<>())
                      .add(row.due()));
    }
    List<Notification> whole = new ArrayList<>();
    for (NotificationRow row : heads) {
      List<Due> due = new ArrayList<>();
      due.add(row.due());
      due.addAll(members.getOrDefault(row.id, List.of()));
      whole.add(row.notification(due));
    }
    return whole;
  }
}
