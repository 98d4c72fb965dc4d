package io.serversence.alert;

import io.serversence.document.Json;

/** Slack's incoming webhooks: a text in mrkdwn, which is cut for the reader beyond 4,000. */
final class SlackRequest {
  private static final int MOST = 4_000;

  private SlackRequest() {}

  static Request of(ChannelSettings.Slack settings, Words words) {
    return Request.of(
        settings.url(),
        Json.object()
            .add("text", words.text(Markup.SLACK, MOST))
            .add("unfurl_links", false)
            .build());
  }
}
