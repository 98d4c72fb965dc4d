package io.serversence.monitor;

import io.serversence.document.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.function.UnaryOperator;

/** Where the secrets stand in a monitor's written form. Pure. */
public final class MonitorSecrets {
  private MonitorSecrets() {}

  /**
   * The document with each of its secrets replaced: password, bearer token, headers that carry
   * secrets, a heartbeat's token.
   *
   * @param document as {@link MonitorDocument#write} writes it with its secrets
   */
  public static JsonObject replaced(JsonObject document, UnaryOperator<String> change) {
    return at(document, "target", target -> target(target, change));
  }

  private static JsonObject target(JsonObject target, UnaryOperator<String> change) {
    JsonObject headers = at(target, "headers", all -> headers(all, change));
    JsonObject auth =
        at(
            headers,
            "auth",
            proof -> at(text(proof, "bearer", change), "basic", b -> text(b, "password", change)));
    return text(auth, "token", change);
  }

  private static JsonObject headers(JsonObject headers, UnaryOperator<String> change) {
    JsonObject changed = headers;
    for (String name : headers.keySet()) {
      if (SecretHeaders.contains(name)) {
        changed = text(changed, name, change);
      }
    }
    return changed;
  }

  private static JsonObject text(JsonObject object, String name, UnaryOperator<String> change) {
    return object.get(name) instanceof JsonString text
        ? with(object).add(name, change.apply(text.getString())).build()
        : object;
  }

  private static JsonObject at(JsonObject object, String name, UnaryOperator<JsonObject> change) {
    return object.get(name) instanceof JsonObject inner
        ? with(object).add(name, change.apply(inner)).build()
        : object;
  }

  private static JsonObjectBuilder with(JsonObject object) {
    return Json.object(object);
  }
}
