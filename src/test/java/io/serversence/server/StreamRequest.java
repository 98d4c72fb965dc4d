package io.serversence.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of the event stream, whatever the transport.
 *
 * @param headers sent with the request or the upgrade
 * @param filter the fields of the filter, their values as in a query
 * @param lastEventId where to go on, or null
 * @param snapshot whether the board is wanted first
 * @param options of WebSocket's subscribe, such as {@code batch}
 * @param receiveBuffer of the socket in bytes; 0 for the system's own
 */
record StreamRequest(
    Server server,
    Map<String, String> headers,
    Map<String, String> filter,
    @Nullable String lastEventId,
    boolean snapshot,
    Map<String, String> options,
    int receiveBuffer) {

  /** As the administrator, everything, from now on and with the board. */
  static StreamRequest of(Server server) {
    return anonymous(server).header("Authorization", server.admin().authorization());
  }

  static StreamRequest anonymous(Server server) {
    return new StreamRequest(server, Map.of(), Map.of(), null, true, Map.of(), 0);
  }

  StreamRequest header(String name, String value) {
    return new StreamRequest(
        server, with(headers, name, value), filter, lastEventId, snapshot, options, receiveBuffer);
  }

  StreamRequest filter(String field, String values) {
    return new StreamRequest(
        server,
        headers,
        with(filter, field, values),
        lastEventId,
        snapshot,
        options,
        receiveBuffer);
  }

  StreamRequest resuming(@Nullable String id) {
    return new StreamRequest(server, headers, filter, id, snapshot, options, receiveBuffer);
  }

  StreamRequest withoutSnapshot() {
    return new StreamRequest(server, headers, filter, lastEventId, false, options, receiveBuffer);
  }

  /** An option of WebSocket's subscribe, which means nothing to SSE. */
  StreamRequest option(String name, String json) {
    return new StreamRequest(
        server, headers, filter, lastEventId, snapshot, with(options, name, json), receiveBuffer);
  }

  StreamRequest receiveBuffer(int bytes) {
    return new StreamRequest(server, headers, filter, lastEventId, snapshot, options, bytes);
  }

  private static Map<String, String> with(Map<String, String> map, String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(map);
    more.put(key, value);
    return more;
  }

  /** The path and query of {@code GET /api/events}, as the first line of HTTP has it. */
  String eventsPath() {
    Map<String, String> query = new LinkedHashMap<>(filter);
    if (!snapshot) {
      query.put("snapshot", "false");
    }
    String text =
        query.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    return server.at("/api/events").getRawPath() + (text.isEmpty() ? "" : "?" + text);
  }

  /** The fields of WebSocket's {@code subscribe}. */
  JsonObjectBuilder subscribe() {
    JsonObjectBuilder values = Json.createObjectBuilder();
    filter.forEach(values::add);
    JsonObjectBuilder message =
        Json.createObjectBuilder().add("op", "subscribe").add("filter", values);
    if (lastEventId != null) {
      message.add("lastEventId", lastEventId);
    }
    if (!snapshot) {
      message.add("snapshot", false);
    }
    options.forEach(
        (name, json) -> message.add(name, StreamEvent.parse("{\"v\":" + json + "}").get("v")));
    return message;
  }
}
