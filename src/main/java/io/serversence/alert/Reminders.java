package io.serversence.alert;

import io.serversence.monitor.ConfiguredMonitor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is told again, and to whom else, while nobody acknowledges. Functions of what is given. */
final class Reminders {
  private Reminders() {}

  /** Decides on the reminders and the steps of escalation that have become due. */
  static void remind(
      Case each,
      ConfiguredMonitor monitor,
      List<Route> routes,
      Instant now,
      Alerts.Decided decided) {
    for (Target target : List.copyOf(each.told.values())) {
      Instant since = each.since.getOrDefault(target.channel(), each.incident.openedAt());
      long known = Duration.between(since, now).toMillis();
      for (Route.Escalation step : target.escalation()) {
        if (known >= step.after().toMillis()) {
          escalate(each, monitor, step, target, now, decided);
        }
      }
      long reminder = known / target.repeat().toMillis();
      if (reminder > each.reminded.getOrDefault(target.channel(), 0L)
          && !isQuiet(target, routes, now)) {
        each.reminded.put(target.channel(), reminder);
        String transition = "reminder-" + reminder;
        decided.owe(monitor, each.incident, AlertEvent.REMINDER, transition, target, now);
      }
    }
  }

  private static boolean isQuiet(Target target, List<Route> routes, Instant now) {
    return routes.stream()
        .anyMatch(
            r ->
                r.id().equals(target.route())
                    && r.quietHours() != null
                    && r.quietHours().cover(now));
  }

  private static void escalate(
      Case each,
      ConfiguredMonitor monitor,
      Route.Escalation step,
      Target from,
      Instant now,
      Alerts.Decided decided) {
    String name = "escalated-" + step.after().toSeconds();
    for (String key : step.channels()) {
      if (each.escalated.add(name + " " + key)) {
        Target target =
            new Target(
                key,
                from.group(),
                from.patience(),
                from.interval(),
                from.repeat(),
                false,
                List.of(),
                from.route());
        each.tell(target, now);
        decided.owe(monitor, each.incident, AlertEvent.ESCALATED, name, target, now);
      }
    }
  }
}
