package io.serversence.alert;

import io.serversence.document.Json;

/** Telegram's Bot API, sendMessage: at most 4,096 characters. */
final class TelegramRequest {
  private static final int MOST = 4_096;

  private TelegramRequest() {}

  static Request of(ChannelSettings.Telegram settings, Words words, Vendors vendors) {
    return Request.of(
        vendors.telegram().resolve("/bot" + settings.token() + "/sendMessage"),
        Json.object()
            .add("chat_id", settings.chatId())
            .add("text", words.text(Markup.TELEGRAM, MOST))
            .add("parse_mode", "HTML")
            .add("link_preview_options", Json.object().add("is_disabled", true))
            .build());
  }
}
