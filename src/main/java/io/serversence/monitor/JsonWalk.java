package io.serversence.monitor;

import io.serversence.monitor.JsonPath.Found;
import io.serversence.monitor.JsonPath.Segment;
import io.serversence.monitor.Reading.Function;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One walk through one document, from its first to its last character, so that a document that is
 * broken behind the value is not taken for a good one. Where a member occurs twice, the last
 * counts. Not safe for use by several threads.
 */
final class JsonWalk {
  private final JsonEvents events;
  private final List<Segment> segments;
  private final Function function;

  JsonWalk(JsonParser parser, List<Segment> segments, Function function) {
    this.events = new JsonEvents(parser);
    this.segments = segments;
    this.function = function;
  }

  /**
   * What the path leads to, or null.
   *
   * @throws RuntimeException if the document is no JSON or too deep
   */
  @Nullable Found find() {
    Found found = walk(0, events.next());
    events.end();
    return found;
  }

  private @Nullable Found walk(int at, Event event) {
    Segment segment = segments.get(at);
    boolean indexed = !segment.indexes().isEmpty();
    if (indexed && segment.name().isEmpty()) {
      return item(at, 0, event);
    }
    if (event != Event.START_OBJECT) {
      // Gatus stops at a list or a single value and ignores the rest of the path.
      return indexed ? nothing(event) : settle(at, event);
    }
    Found found = null;
    while (events.next() != Event.END_OBJECT) {
      boolean named = events.text().equals(segment.name());
      Event value = events.next();
      if (named) {
        found = indexed ? item(at, 0, value) : settle(at, value);
      } else {
        events.skip(value);
      }
    }
    return found;
  }

  private @Nullable Found item(int at, int level, Event event) {
    if (event != Event.START_ARRAY) {
      return nothing(event);
    }
    List<Integer> indexes = segments.get(at).indexes();
    Found found = null;
    Event value = events.next();
    for (int i = 0; value != Event.END_ARRAY; i++) {
      if (i != indexes.get(level)) {
        events.skip(value);
      } else if (level + 1 < indexes.size()) {
        found = item(at, level + 1, value);
      } else {
        found = settle(at, value);
      }
      value = events.next();
    }
    return found;
  }

  private @Nullable Found settle(int at, Event event) {
    boolean last = at == segments.size() - 1;
    return switch (event) {
      case START_OBJECT -> last ? object(event) : walk(at + 1, event);
      case START_ARRAY -> list();
      case VALUE_STRING -> last ? text(events.text()) : null;
      case VALUE_NUMBER -> number(events.text());
      case VALUE_TRUE -> text("true");
      case VALUE_FALSE -> text("false");
      case VALUE_NULL, KEY_NAME, END_OBJECT, END_ARRAY -> null;
    };
  }

  private Found object(Event event) {
    if (function == Function.PRESENCE) {
      events.skip(event);
      return text("");
    }
    return text(JsonRendering.json(events));
  }

  private Found list() {
    if (function == Function.ITSELF) {
      return text(JsonRendering.list(events));
    }
    int items = 0;
    for (Event item = events.next(); item != Event.END_ARRAY; item = events.next()) {
      events.skip(item);
      items++;
    }
    return new Found(Value.of(""), items);
  }

  private @Nullable Found nothing(Event event) {
    events.skip(event);
    return null;
  }

  private static Found text(String text) {
    return new Found(Value.of(text), GoText.bytes(text));
  }

  private static @Nullable Found number(String written) {
    GoReal real = GoReal.parse(written);
    return real == null
        ? null
        : new Found(Value.number(real.text(), written), real.text().length());
  }
}
