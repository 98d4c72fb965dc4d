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

  NotificationEntry(EntityManager em, boolean looking) {
    this.em = em;
    this.looking = looking;
  }

  void add(List<Due> dues) {
    Set<String> known = looking ? known(dues) : Set.of();
    for (Due due : dues) {
      if (!known.contains(key(due.incident().toString(), due.transition(), due.channel()))) {
        em.persist(new NotificationRow(due));
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
    List<String> members = claimed.members().stream().map(UUID::toString).toList();
    for (int i = 0; i < members.size(); i += MOST) {
      em.createQuery("select n from NotificationRow n where n.id in :ids", NotificationRow.class)
          .setParameter("ids", members.subList(i, Math.min(i + MOST, members.size())))
          .getResultList()
          .forEach(row -> claim(row, claimed));
    }
  }

  // Rows, no bulk update: they may have been inserted in this transaction.
  private static void claim(NotificationRow row, Fact.MessageClaimed claimed) {
    String message = claimed.id().toString();
    if (row.message == null) {
      row.message = message;
    }
    if (row.id.equals(message) && row.body == null) {
      row.body = Storable.text(claimed.body());
    }
  }

  /** Notes a try; an older one than what is known says nothing. False if it says nothing. */
  boolean tried(Fact.MessageTried tried) {
    NotificationRow row = em.find(NotificationRow.class, tried.id().toString());
    if (row == null || row.attempts >= tried.attempts()) {
      return false;
    }
    row.state = tried.state();
    row.attempts = tried.attempts();
    row.nextAttemptAt = tried.nextAttemptAt();
    row.sentAt = tried.sentAt();
    row.error = Storable.textOrNull(tried.error());
    return true;
  }
}
