package io.serversence.monitor;

import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParsingException;
import java.util.NoSuchElementException;

/**
 * The events of one document, with a limit to its depth that does not hang on the server's parser.
 * Not safe for use by several threads.
 */
final class JsonEvents {
  /** Deeper than any document that a person wants to look into, far from the end of a stack. */
  static final int DEEPEST = 200;

  private final JsonParser parser;
  private int depth;

  JsonEvents(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * The next event.
   *
   * @throws JsonParsingException if the document is broken here or nested too deep
   * @throws NoSuchElementException at its end
   */
  Event next() {
    Event event = parser.next();
    switch (event) {
      case START_OBJECT, START_ARRAY -> depth++;
      case END_OBJECT, END_ARRAY -> depth--;
      case KEY_NAME, VALUE_STRING, VALUE_NUMBER, VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> {}
    }
    if (depth > DEEPEST) {
      throw new JsonParsingException("nested too deep", parser.getLocation());
    }
    return event;
  }

  /** Goes to the end of the value that the given event has begun. */
  void skip(Event event) {
    if (event == Event.START_OBJECT || event == Event.START_ARRAY) {
      int outside = depth - 1;
      while (depth > outside) {
        next();
      }
    }
  }

  /** The string, number or name of the last event; half a surrogate pair becomes U+FFFD. */
  String text() {
    return GoText.wellFormed(parser.getString());
  }

  /**
   * Makes sure that nothing follows.
   *
   * @throws JsonParsingException if something does
   */
  void end() {
    if (parser.hasNext()) {
      throw new JsonParsingException("more than one value", parser.getLocation());
    }
  }
}
