package io.serversence.stream;

import io.serversence.document.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to see.
 *
 * @param lastEventId the last event that it has, or null
 * @param snapshot whether it wants the board first, if it has nothing yet
 * @param wire the form of what follows
 * @param ref what to answer a WebSocket client by; of no meaning for SSE
 */
record Subscription(
    Filter filter, @Nullable String lastEventId, boolean snapshot, Wire wire, JsonValue ref) {

  Subscription {
    lastEventId = lastEventId == null || lastEventId.isEmpty() ? null : lastEventId;
  }

  /** The answer to a WebSocket client. */
  String answer(Start start) {
    JsonObject result =
        Json.object()
            .add("seq", start.seq())
            .add("resumed", start.resumed())
            .add("filter", filter.canonical())
            .build();
    return Json.object().add("ref", ref).add("ok", true).add("result", result).build().toString();
  }
}
