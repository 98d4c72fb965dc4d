package io.serversence.alert;

import io.serversence.document.Json;

/** Discord's webhooks: content of at most 2,000 characters, in which nobody is mentioned. */
final class DiscordRequest {
  private static final int MOST = 2_000;

  private DiscordRequest() {}

  static Request of(ChannelSettings.Discord settings, Words words) {
    return Request.of(
        settings.url(),
        Json.object()
            .add("content", words.text(Markup.MARKDOWN, MOST))
            .add("allowed_mentions", Json.object().add("parse", Json.array()))
            .build());
  }
}
