package io.serversence.alert;

import io.serversence.history.Due;
import io.serversence.history.Fact;
import io.serversence.history.Notification;
import io.serversence.history.NotificationState;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A message made of what is due, frozen, and the fact that makes it so. */
record Claim(Notification message, Fact.MessageClaimed fact) {
  /**
   * Makes one message. A pure function.
   *
   * @param taken of one kind and channel, the worst first; at least one
   * @param base the address of the board, or empty where it is not known
   */
  static Claim of(List<Owed> taken, String base, Instant now) {
    // The oldest lends its id, so that messages are in order by id too.
    Due head = taken.stream().map(Owed::due).min(Comparator.comparing(Due::id)).orElseThrow();
    UUID id = head.id();
    String body = MessageDocument.write(message(taken, head, base, now)).toString();
    List<Due> dues = taken.stream().map(Owed::due).toList();
    Notification claimed =
        new Notification(
            id,
            head.channel(),
            head.event(),
            NotificationState.PENDING,
            0,
            head.at(),
            null,
            null,
            null,
            body,
            dues);
    return new Claim(
        claimed, new Fact.MessageClaimed(id, dues.stream().map(Due::id).toList(), body));
  }

  private static Message message(List<Owed> taken, Due head, String base, Instant now) {
    List<Owed> listed = taken.subList(0, Math.min(Message.MOST, taken.size()));
    Map<String, AlertedMonitor> monitors = new LinkedHashMap<>();
    for (Owed owed : listed) {
      AlertedMonitor monitor = owed.monitor();
      if (monitor != null) {
        monitors.putIfAbsent(monitor.id(), monitor);
      }
    }
    return new Message(
        head.id(),
        head.id().toString(),
        AlertEvent.of(head.event()),
        now,
        taken.size() - listed.size(),
        listed.stream().map(Owed::incident).toList(),
        List.copyOf(monitors.values()),
        page(taken, base));
  }

  /** The page that shows more: that of the only incident, or the board with all of them. */
  private static String page(List<Owed> taken, String base) {
    return base.isEmpty() || taken.size() > 1
        ? base
        : base.replaceAll("/+$", "") + "/#/incidents/" + taken.get(0).incident().id();
  }
}
