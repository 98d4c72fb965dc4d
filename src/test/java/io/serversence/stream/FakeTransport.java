package io.serversence.stream;

import io.serversence.document.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** A transport whose client reads when the test says so. */
final class FakeTransport implements Transport {
  /** One event as the client sees it. */
  record Seen(String name, String id, JsonObject data) {}

  private final boolean sse;
  private Listener listener;
  private Frame inFlight;
  boolean reads = true;
  Runnable whileWriting = () -> {};
  Ending closed;
  int closes;
  int pings;
  final List<Frame> frames = new ArrayList<>();

  FakeTransport(boolean sse) {
    this.sse = sse;
  }

  @Override
  public void open(Listener told) {
    listener = told;
  }

  @Override
  public boolean sse() {
    return sse;
  }

  @Override
  public void write(Frame frame) {
    if (inFlight != null) {
      throw new IllegalStateException("a write is in flight already");
    }
    whileWriting.run();
    if (reads) {
      frames.add(frame);
      listener.written();
    } else {
      inFlight = frame;
    }
  }

  /** Reads what is in flight. */
  void read() {
    Frame frame = inFlight;
    if (frame != null) {
      inFlight = null;
      frames.add(frame);
      listener.written();
    }
  }

  void progress() {
    listener.progressed();
  }

  void pong() {
    listener.ponged();
  }

  void hangUp() {
    listener.gone();
  }

  @Override
  public void ping() {
    pings++;
  }

  @Override
  public void close(Ending ending) {
    closes++;
    if (closed == null) {
      closed = ending;
    }
  }

  /** All events so far. */
  List<Seen> seen() {
    List<Seen> all = new ArrayList<>();
    for (Frame frame : frames) {
      if (sse) {
        sse(new String(frame.bytes(), java.nio.charset.StandardCharsets.UTF_8), all);
      } else if (frame.text() != null) {
        JsonValue value = Json.parse(frame.text());
        if (value instanceof JsonArray array) {
          array.forEach(v -> all.add(socket(v.asJsonObject())));
        } else if (value.asJsonObject().containsKey("event")) {
          all.add(socket(value.asJsonObject()));
        }
      }
    }
    return all;
  }

  private static Seen socket(JsonObject o) {
    return new Seen(o.getString("event"), o.getString("id", null), o.getJsonObject("data"));
  }

  private static void sse(String text, List<Seen> all) {
    for (String block : text.strip().split("\n\n", -1)) {
      String name = null;
      String id = null;
      String data = null;
      for (String line : block.split("\n", -1)) {
        String value = line.substring(line.indexOf(": ") + 2);
        if (line.startsWith("event: ")) {
          name = value;
        } else if (line.startsWith("id: ")) {
          id = value;
        } else if (line.startsWith("data: ")) {
          data = value;
        }
      }
      all.add(new Seen(name, id, (JsonObject) Json.parse(data)));
    }
  }

  List<String> names() {
    return seen().stream().map(Seen::name).toList();
  }

  Seen last() {
    List<Seen> all = seen();
    return all.get(all.size() - 1);
  }
}
