package io.serversence.alert;

import io.serversence.access.SecretBox;
import io.serversence.document.Json;
import io.serversence.monitor.SecretHeaders;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Where the secrets stand in a channel's stored form, and how they are kept there. Pure. */
final class ChannelSecrets {
  /** What holds a secret, whatever the type. */
  private static final Set<String> FIELDS = Set.of("secret", "token", "routingKey", "apiKey");

  /** Whose address is a secret: who has it may write. */
  private static final Set<String> SECRET_ADDRESS = Set.of("slack", "teams", "discord");

  private static final String SEALED = "sealed:1:";

  private ChannelSecrets() {}

  /** The document as the database gets it. */
  static JsonObject sealed(JsonObject document, SecretBox box) {
    return replaced(document, (name, secret) -> box.seal(secret));
  }

  /**
   * The document as it is read. A secret that no key here opens is replaced by one that is none but
   * has the right form, so that a lost key costs the channel and not the start; its row stays.
   */
  static JsonObject opened(JsonObject document, SecretBox box) {
    return replaced(
        document,
        (name, text) -> {
          String secret = box.open(text);
          return secret.startsWith(SEALED) ? unknown(name) : secret;
        });
  }

  private static String unknown(String name) {
    return switch (name) {
      case "url" -> "https://sealed.invalid/";
      case "token" -> "0:sealed-with-a-lost-key"; // as a bot's looks
      default -> "sealed-with-a-lost-key";
    };
  }

  private interface Change {
    String of(String name, String secret);
  }

  private static JsonObject replaced(JsonObject document, Change change) {
    JsonObject changed = document;
    for (String name : FIELDS) {
      changed = text(changed, name, change);
    }
    if (SECRET_ADDRESS.contains(document.getString("type", ""))) {
      changed = text(changed, "url", change);
    }
    changed = at(changed, "smtp", smtp -> text(smtp, "password", change));
    return at(changed, "headers", headers -> headers(headers, change));
  }

  private static JsonObject headers(JsonObject headers, Change change) {
    JsonObject changed = headers;
    for (String name : headers.keySet()) {
      if (SecretHeaders.contains(name)) {
        changed = text(changed, name, change);
      }
    }
    return changed;
  }

  private static JsonObject text(JsonObject object, String name, Change change) {
    return object.get(name) instanceof JsonString text
        ? Json.object(object).add(name, change.of(name, text.getString())).build()
        : object;
  }

  private static JsonObject at(JsonObject object, String name, UnaryOperator<JsonObject> change) {
    return object.get(name) instanceof JsonObject inner
        ? Json.object(object).add(name, change.apply(inner)).build()
        : object;
  }
}
