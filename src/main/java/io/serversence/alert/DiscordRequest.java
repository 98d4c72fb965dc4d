package io.serversence.alert;

import io.serversence.document.Json;

/** Discord's webhooks: content of at most 2,000 characters, in which nobody is mentioned. */
final class DiscordRequest {
  private static final int MOST = 2_000;

  private DiscordRequest() {}

  static Request of(ChannelSettings.Discord settings, Message message) {
    return Request.of(
        settings.url(),
        Json.object()
            .add("content", Wording.text(message, Markup.MARKDOWN, MOST))
            .add("allowed_mentions", Json.object().add("parse", Json.array()))
            .build());
  }
}
