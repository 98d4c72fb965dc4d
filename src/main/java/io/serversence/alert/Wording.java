package io.serversence.alert;

import io.serversence.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Says a message in words: a title, a line for each of the worst incidents, a link. Pure. */
final class Wording {
  /** How many incidents are named to people. */
  static final int NAMED = 20;

  private static final int NAME = 100;
  static final int CAUSE = 200;

  private Wording() {}

  static String title(Message message) {
    String what =
        switch (message.event()) {
          case OPENED -> "DOWN";
          case RESOLVED -> "UP";
          case REMINDER -> "STILL DOWN";
          case ACKNOWLEDGED -> "ACKNOWLEDGED";
          case ESCALATED -> "NOT ACKNOWLEDGED";
          case FLAPPING -> "FLAPPING";
          case FLAPPING_ENDED -> "STEADY AGAIN";
          case TEST -> "TEST";
        };
    if (message.count() == 0) {
      return what + ": a message from ServerSence";
    }
    return what
        + ": "
        + (message.count() == 1
            ? name(message, message.incidents().get(0))
            : message.count() + (message.monitors().isEmpty() ? " alert channels" : " monitors"));
  }

  /** The incidents in the order in which people should hear of them. */
  static List<Incident> worst(Message message, int most) {
    return message.incidents().stream()
        .sorted(
            Comparator.comparing(Incident::severity).reversed().thenComparing(Incident::startedAt))
        .limit(most)
        .toList();
  }

  static String name(Message message, Incident incident) {
    for (AlertedMonitor monitor : message.monitors()) {
      if (monitor.id().equals(incident.monitor())) {
        return cut(oneLine(monitor.name()), NAME);
      }
    }
    String channel = incident.channel();
    return channel == null ? incident.monitor() : "alert channel " + channel;
  }

  /** State, duration, cause, and who acknowledged. */
  static String detail(Message message, Incident incident) {
    Instant end = incident.endedAt() == null ? message.sentAt() : incident.endedAt();
    String span = span(Duration.between(incident.startedAt(), end));
    StringBuilder text = new StringBuilder(incident.severity().word()).append(", ");
    text.append(incident.unresolved() ? "down for " + span : "was down for " + span);
    if (incident.acknowledgedBy() != null) {
      text.append(", acknowledged by ").append(cut(incident.acknowledgedBy(), NAME));
    }
    if (!incident.suppressed().isEmpty()) {
      text.append(", explains ").append(incident.suppressed().size()).append(" more");
    }
    return text.append(": ").append(cut(oneLine(incident.cause()), CAUSE)).toString();
  }

  /** What the link is good for. */
  static String hint(Message message) {
    return switch (message.event()) {
      case OPENED, REMINDER, ESCALATED -> "Look and acknowledge";
      case RESOLVED, ACKNOWLEDGED, FLAPPING, FLAPPING_ENDED, TEST -> "Look";
    };
  }

  /** All but the title. */
  static String body(Message message, Markup markup, int most) {
    String end = message.link().isEmpty() ? "" : markup.link(hint(message), message.link());
    return lines(message, markup, most - end.length()) + end;
  }

  /** A line for each of the worst incidents that there is room for, and how many more there are. */
  static String lines(Message message, Markup markup, int most) {
    int room = most - 40; // for the count of those not named
    StringBuilder text = new StringBuilder();
    int named = 0;
    for (Incident incident : worst(message, NAMED)) {
      String line =
          markup.bold(markup.escape(name(message, incident)))
              + " – "
              + markup.escape(detail(message, incident))
              + "\n";
      if (text.length() + line.length() > room) {
        break;
      }
      text.append(line);
      named++;
    }
    if (message.count() > named) {
      text.append("and ").append(message.count() - named).append(" more\n");
    }
    return text.toString();
  }

  /** Such as {@code 2 d 3 h}: the two greatest units. */
  static String span(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    long[] parts = {seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60};
    String[] units = {"d", "h", "min", "s"};
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < parts.length && shown.size() < 2; i++) {
      if (parts[i] > 0) {
        shown.add(parts[i] + " " + units[i]);
      } else if (!shown.isEmpty()) {
        break;
      }
    }
    return shown.isEmpty() ? "0 s" : String.join(" ", shown);
  }

  static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
  }

  /** The beginning, with a sign that there was more, and no half of a character. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
