package io.serversence.alert;

import io.serversence.document.Fields;
import io.serversence.incident.Ids;
import io.serversence.incident.Incident;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a channel would be sent.
 *
 * @param title one line
 * @param text what people would read, in the markup of the medium; of webhooks, PagerDuty and
 *     Opsgenie the body that is posted, without secrets
 */
public record Preview(AlertEvent event, String title, String text) {
  private static final int MOST = 4_000;
  private static final List<String> EVENTS =
      Arrays.stream(AlertEvent.values())
          .filter(event -> event != AlertEvent.TEST)
          .map(AlertEvent::word)
          .toList();

  /**
   * Reads what is asked for: an {@code event}, else what the incident has come to, and a {@code
   * template} to try in place of the channel's.
   *
   * @param incident null where that was at fault already
   * @param monitor the incident's, or null where that is gone
   * @throws io.serversence.document.InvalidDocument with every fault
   */
  public static Preview read(
      Fields fields,
      Channel channel,
      @Nullable Incident incident,
      @Nullable AlertedMonitor monitor,
      String link,
      Instant now) {
    String word = fields.oneOf("event", EVENTS);
    Channel tried =
        fields.has("template")
            ? channel.with(ChannelDocument.template(fields, channel.settings()))
            : channel;
    fields.finish();
    Incident past = Objects.requireNonNull(incident, "which was no fault");
    AlertEvent event = word == null ? reached(past) : AlertEvent.of(word);
    UUID id = Ids.at(now);
    return of(
        tried,
        new Message(
            id,
            "preview-" + id,
            event,
            now,
            0,
            List.of(past),
            monitor == null ? List.of() : List.of(monitor),
            link));
  }

  private static AlertEvent reached(Incident incident) {
    return switch (incident.state()) {
      case OPEN -> AlertEvent.OPENED;
      case ACKNOWLEDGED -> AlertEvent.ACKNOWLEDGED;
      case RESOLVED -> AlertEvent.RESOLVED;
    };
  }

  /** The message as the channel would show it. Pure. */
  static Preview of(Channel channel, Message message) {
    Words words = new Words(message, channel.template());
    return new Preview(message.event(), words.title(), text(channel.settings(), words));
  }

  private static String text(ChannelSettings settings, Words words) {
    return switch (settings.type()) {
      case "slack" -> words.body(Markup.SLACK, MOST);
      case "telegram" -> words.body(Markup.TELEGRAM, MOST);
      case "discord", "teams" -> words.body(Markup.MARKDOWN, MOST / 2);
      case "email", "ntfy", "apprise" -> words.body(Markup.PLAIN, MOST);
      default -> posted(settings, words);
    };
  }

  private static String posted(ChannelSettings settings, Words words) {
    List<String> secrets = Senders.secrets(settings);
    return Senders.requests(settings, words, Vendors.REAL).stream()
        .map(request -> Answers.masked(request.body(), secrets))
        .collect(Collectors.joining("\n"));
  }
}
