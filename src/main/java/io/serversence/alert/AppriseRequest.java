package io.serversence.alert;

import io.serversence.document.Json;
import jakarta.json.JsonObjectBuilder;

/** An Apprise API gateway: its stateful /notify/{key} or any address that takes the same. */
final class AppriseRequest {
  private static final int MOST = 4_000;

  private AppriseRequest() {}

  static Request of(ChannelSettings.Apprise settings, Words words) {
    Message message = words.message();
    String text = words.body(Markup.PLAIN, MOST);
    JsonObjectBuilder body =
        Json.object()
            .add("title", words.title())
            .add("body", text.isEmpty() ? words.title() : text)
            .add("type", type(message))
            .add("format", "text");
    if (!settings.tags().isEmpty()) {
      body.add("tag", String.join(",", settings.tags()));
    }
    return Request.of(settings.url(), body.build());
  }

  private static String type(Message message) {
    return switch (message.event()) {
      case OPENED, REMINDER, ESCALATED -> "failure";
      case FLAPPING -> "warning";
      case RESOLVED, FLAPPING_ENDED -> "success";
      case ACKNOWLEDGED, TEST -> "info";
    };
  }
}
