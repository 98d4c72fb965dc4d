package io.serversence.alert;

import io.serversence.document.Times;
import io.serversence.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A message in the words of its channel: by its template, or as usual. Pure. */
record Words(Message message, @Nullable Template template) {
  private static final int TITLE = 500;

  /** One line of plain text. */
  String title() {
    String own = template == null ? null : template.title();
    return own == null
        ? Wording.title(message)
        : Wording.cut(
            Wording.oneLine(Template.filled(own, value -> value(value, Markup.PLAIN, 0))), TITLE);
  }

  /** All but the title; the usual one where that of the template is too long for the medium. */
  String body(Markup markup, int most) {
    String own = template == null ? null : template.body();
    if (own == null) {
      return Wording.body(message, markup, most);
    }
    String without = Template.filled(own, value -> value(value, markup, 0));
    String text = Template.filled(own, value -> value(value, markup, most - without.length()));
    return text.length() <= most ? text : Wording.body(message, markup, most);
  }

  /** Title and all, within a number of characters. */
  String text(Markup markup, int most) {
    String title = markup.bold(markup.escape(title()));
    return title + "\n" + body(markup, most - title.length() - 1);
  }

  /**
   * What a name stands for, as the medium shows it.
   *
   * @param room characters for the list of incidents
   */
  private String value(Template.Value value, Markup markup, int room) {
    return switch (value) {
      case LIST -> Wording.lines(message, markup, room);
      case LINK ->
          message.link().isEmpty() ? "" : markup.link(Wording.hint(message), message.link());
      default -> markup.escape(Wording.cut(Wording.oneLine(plain(value)), Wording.CAUSE));
    };
  }

  private String plain(Template.Value value) {
    Optional<Incident> worst = Wording.worst(message, 1).stream().findFirst();
    return switch (value) {
      case EVENT -> message.event().word();
      case TITLE -> Wording.title(message);
      case COUNT -> Integer.toString(message.count());
      case HINT -> Wording.hint(message);
      case NAMES -> names();
      case NAME -> worst.map(i -> Wording.name(message, i)).orElse("");
      case MONITOR -> worst.map(Incident::monitor).orElse("");
      case GROUP -> worst.flatMap(this::monitor).map(AlertedMonitor::group).orElse("");
      case TAGS -> worst.flatMap(this::monitor).map(m -> String.join(", ", m.tags())).orElse("");
      case SEVERITY -> worst.map(i -> i.severity().word()).orElse("");
      case STATE -> worst.map(i -> i.state().word()).orElse("");
      case DURATION -> worst.map(this::duration).orElse("");
      case CAUSE -> worst.map(Incident::cause).orElse("");
      case SINCE -> worst.map(i -> Times.format(i.startedAt())).orElse("");
      case ACKNOWLEDGED_BY -> worst.map(Incident::acknowledgedBy).orElse("");
      case LIST, LINK -> "";
    };
  }

  private Optional<AlertedMonitor> monitor(Incident incident) {
    return message.monitors().stream().filter(m -> m.id().equals(incident.monitor())).findFirst();
  }

  private String duration(Incident incident) {
    Instant end = incident.endedAt() == null ? message.sentAt() : incident.endedAt();
    return Wording.span(Duration.between(incident.startedAt(), end));
  }

  private String names() {
    List<Incident> named = Wording.worst(message, Wording.NAMED);
    String names =
        named.stream().map(i -> Wording.name(message, i)).collect(Collectors.joining(", "));
    int more = message.count() - named.size();
    return more == 0 ? names : names + " and " + more + " more";
  }
}
