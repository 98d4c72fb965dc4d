package io.serversence.stream;

import io.serversence.document.Json;
import io.serversence.document.Times;
import jakarta.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Messages to one client that are no events of the log. */
final class Notice {
  private Notice() {}

  /**
   * A message in the form of a wire.
   *
   * @param id the id that moves the client's cursor, or null
   * @param data one line of JSON
   */
  static Frame frame(Wire wire, String event, @Nullable String id, String data) {
    return wire == Wire.SSE ? Frame.of(sse(event, id, data)) : socket(wire, event, id, data);
  }

  private static Frame socket(Wire wire, String event, @Nullable String id, String data) {
    StringBuilder out = new StringBuilder(wire.gathers() ? "[" : "");
    out.append("{\"event\":\"").append(event).append('"');
    if (id != null) {
      out.append(",\"id\":\"").append(id).append('"');
    }
    out.append(",\"data\":").append(data).append('}');
    return Frame.of(wire.gathers() ? out.append(']').toString() : out.toString());
  }

  private static byte[] sse(String event, @Nullable String id, String data) {
    ByteText out = new ByteText(data.length() + 64);
    if (id != null) {
      out.ascii("id: ").ascii(id).ascii("\n");
    }
    out.ascii("event: ").ascii(event).ascii("\ndata: ").text(data).ascii("\n\n");
    return out.toBytes();
  }

  /** A message, on SSE preceded by the time after which a browser comes back. */
  static Frame withRetry(Wire wire, long retryMs, String event, @Nullable String id, String data) {
    if (wire != Wire.SSE) {
      return socket(wire, event, id, data);
    }
    ByteText out = new ByteText(data.length() + 64);
    out.ascii("retry: ").number(retryMs).ascii("\n").utf8(sse(event, id, data));
    return Frame.of(out.toBytes());
  }

  static Frame reset(Wire wire, String reason) {
    return frame(wire, "reset", null, Json.object().add("reason", reason).build().toString());
  }

  static Frame heartbeat(Wire wire, EventId id, Instant now) {
    JsonObject data =
        Json.object().add("seq", id.seq()).add("serverTime", Times.format(now)).build();
    return frame(wire, "heartbeat", id.toString(), data.toString());
  }

  /**
   * The end.
   *
   * @param reconnectMs when to come back, or null for never
   */
  static Frame bye(Wire wire, String reason, @Nullable Long reconnectMs) {
    if (reconnectMs == null) {
      return frame(wire, "bye", null, "{\"reason\":\"" + reason + "\",\"reconnectMs\":null}");
    }
    String data = "{\"reason\":\"" + reason + "\",\"reconnectMs\":" + reconnectMs + "}";
    return withRetry(wire, reconnectMs, "bye", null, data);
  }
}
