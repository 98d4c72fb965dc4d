package io.serversence.alert;

import io.serversence.document.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;

/** Microsoft Teams' workflow webhooks: a message with one adaptive card, in all below 28 KB. */
final class TeamsRequest {
  private static final int MOST = 8_000; // characters, which may be three bytes each

  private TeamsRequest() {}

  static Request of(ChannelSettings.Teams settings, Words words) {
    Message message = words.message();
    String text = words.body(Markup.MARKDOWN, MOST).replace("\n", "\n\n");
    JsonArrayBuilder body =
        Json.array()
            .add(
                block(Markup.MARKDOWN.escape(words.title()))
                    .add("size", "Large")
                    .add("weight", "Bolder"))
            .add(block(text));
    JsonObjectBuilder card =
        Json.object()
            .add("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
            .add("type", "AdaptiveCard")
            .add("version", "1.4")
            .add("body", body);
    if (!message.link().isEmpty()) {
      card.add(
          "actions",
          Json.array()
              .add(
                  Json.object()
                      .add("type", "Action.OpenUrl")
                      .add("title", Wording.hint(message))
                      .add("url", message.link())));
    }
    return Request.of(
        settings.url(),
        Json.object()
            .add("type", "message")
            .add(
                "attachments",
                Json.array()
                    .add(
                        Json.object()
                            .add("contentType", "application/vnd.microsoft.card.adaptive")
                            .addNull("contentUrl")
                            .add("content", card)))
            .build());
  }

  private static JsonObjectBuilder block(String text) {
    return Json.object().add("type", "TextBlock").add("text", text).add("wrap", true);
  }
}
