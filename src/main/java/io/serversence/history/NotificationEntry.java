package io.serversence.history;

import jakarta.persistence.EntityManager;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Enters what becomes of notifications, within one transaction; doing it again changes nothing. */
final class NotificationEntry {
  private static final int MOST = 500;

  private final EntityManager em;
  private final boolean looking;
  private boolean unflushed;

  NotificationEntry(EntityManager em, boolean looking) {
    this.em = em;
    this.looking = looking;
  }

  void add(List<Due> dues) {
    Set<String> known = looking ? known(dues) : Set.of();
    for (Due due : dues) {
      if (!known.contains(key(due.incident().toString(), due.transition(), due.channel()))) {
        em.persist(new NotificationRow(due));
        unflushed = true;
      }
    }
  }

  private Set<String> known(List<Due> dues) {
    em.flush();
    Set<String> known = new HashSet<>();
    List<String> incidents = dues.stream().map(d -> d.incident().toString()).distinct().toList();
    for (int i = 0; i < incidents.size(); i += MOST) {
      em.createQuery(
              "select n.incident, n.transition, n.channel from NotificationRow n"
                  + " where n.incident in :incidents",
              Object[].class)
          .setParameter("incidents", incidents.subList(i, Math.min(i + MOST, incidents.size())))
          .getResultList()
          .forEach(row -> known.add(key((String) row[0], (String) row[1], (String) row[2])));
    }
    return known;
  }

  private static String key(String incident, String transition, String channel) {
    return incident + ' ' + transition + ' ' + channel;
  }

  /** Binds rows to their message and freezes it; a message that has its body keeps it. */
  void claim(Fact.MessageClaimed claimed) {
    flush();
    List<UUID> members = claimed.members();
    for (int i = 0; i < members.size(); i += MOST) {
      em.createQuery(
              "update NotificationRow n set n.message = :message where n.id in :members"
                  + " and n.message is null")
          .setParameter("message", claimed.id().toString())
          .setParameter(
              "members",
              members.subList(i, Math.min(i + MOST, members.size())).stream()
                  .map(UUID::toString)
                  .toList())
          .executeUpdate();
    }
    em.createQuery(
            "update NotificationRow n set n.body = :body where n.id = :id and n.body is null")
        .setParameter("body", claimed.body())
        .setParameter("id", claimed.id().toString())
        .executeUpdate();
  }

  /** Notes a try; an older one than what is known says nothing. False if it says nothing. */
  boolean tried(Fact.MessageTried tried) {
    flush();
    return em.createQuery(
                "update NotificationRow n set n.state = :state, n.attempts = :attempts,"
                    + " n.nextAttemptAt = :next, n.sentAt = :sent, n.error = :error"
                    + " where n.id = :id and n.attempts < :attempts")
            .setParameter("state", tried.state())
            .setParameter("attempts", tried.attempts())
            .setParameter("next", tried.nextAttemptAt())
            .setParameter("sent", tried.sentAt())
            .setParameter("error", Storable.textOrNull(tried.error()))
            .setParameter("id", tried.id().toString())
            .executeUpdate()
        == 1;
  }

  private void flush() {
    if (unflushed) {
      em.flush(); // so that there are rows to update
      unflushed = false;
    }
  }
}
