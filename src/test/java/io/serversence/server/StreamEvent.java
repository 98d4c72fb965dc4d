package io.serversence.server;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as a client got it, over either transport.
 *
 * @param id null where it had none
 * @param data one line of JSON; of a binary frame, its seq and prev
 * @param binary the whole of a binary frame, or null
 * @param nanos when it arrived, by System.nanoTime
 */
record StreamEvent(
    String name, @Nullable String id, String data, @Nullable ByteBuffer binary, long nanos) {
  /** Looked up once; {@link Json} looks through the class path each time. */
  private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

  JsonObject json() {
    return parse(data);
  }

  static JsonObject parse(String text) {
    try (JsonReader reader = READERS.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  boolean is(String other) {
    return name.equals(other);
  }

  long seq() {
    return json().getJsonNumber("seq").longValue();
  }

  long prev() {
    return json().getJsonNumber("prev").longValue();
  }

  /** True if the event concerns this monitor, samples of it included. */
  boolean about(String monitor) {
    return data.contains("\"" + monitor + "\"");
  }
}
