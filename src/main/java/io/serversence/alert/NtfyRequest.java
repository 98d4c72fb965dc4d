package io.serversence.alert;

import io.serversence.document.Json;
import io.serversence.monitor.Severity;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * ntfy, published as JSON to the server's root, because its headers are no place for text beyond
 * ASCII. A message of more than 4,096 bytes would become an attachment.
 */
final class NtfyRequest {
  private static final int MOST_BYTES = 4_096;

  private NtfyRequest() {}

  static Request of(ChannelSettings.Ntfy settings, Words words) {
    Message message = words.message();
    String path = settings.url().getPath().replaceAll("/+$", "");
    int slash = path.lastIndexOf('/');
    URI root = settings.url().resolve(slash <= 0 ? "/" : path.substring(0, slash) + "/");
    JsonObjectBuilder body =
        Json.object()
            .add("topic", path.substring(slash + 1))
            .add("title", words.title())
            .add("message", text(words))
            .add("priority", priority(message))
            .add("tags", Json.array().add(tag(message)));
    if (!message.link().isEmpty()) {
      body.add("click", message.link());
    }
    Map<String, String> headers =
        settings.token() == null ? Map.of() : Map.of("Authorization", "Bearer " + settings.token());
    return new Request(root, headers, body.build().toString());
  }

  private static String text(Words words) {
    int most = MOST_BYTES;
    String text = words.body(Markup.PLAIN, most);
    while (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      most -= 500;
      text = words.body(Markup.PLAIN, most);
    }
    return text.isEmpty() ? words.title() : text;
  }

  private static int priority(Message message) {
    return switch (message.event()) {
      case OPENED, REMINDER, ESCALATED ->
          message.incidents().stream().anyMatch(i -> i.severity() == Severity.CRITICAL) ? 5 : 4;
      case RESOLVED, ACKNOWLEDGED, FLAPPING, FLAPPING_ENDED, TEST -> 3;
    };
  }

  private static String tag(Message message) {
    return switch (message.event()) {
      case OPENED, REMINDER, ESCALATED -> "rotating_light";
      case FLAPPING -> "warning";
      case RESOLVED, ACKNOWLEDGED, FLAPPING_ENDED, TEST -> "white_check_mark";
    };
  }
}
