package io.serversence.stream;

import io.serversence.document.Times;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * One event of the log. Its data is encoded once; only {@code prev}, and the choice of samples,
 * differ from filter to filter. Immutable.
 */
final class Event {
  private static final int OVERHEAD = 120; // objects and references, roughly

  private final long seq;
  private final EventKind kind;
  private final String at;
  private final List<Monitor> subjects;
  private final byte[] rest;
  private final List<Item> items;
  private final int size;

  /** One sample within an event. */
  record Item(Monitor monitor, int n, long at, Outcome outcome, long latency, String json) {}

  private Event(
      long seq, EventKind kind, Instant at, List<Monitor> subjects, byte[] rest, List<Item> items) {
    this.seq = seq;
    this.kind = kind;
    this.at = Times.format(at);
    this.subjects = subjects;
    this.rest = rest;
    this.items = items;
    int sum = OVERHEAD + rest.length;
    for (Item item : items) {
      sum += item.json.length() + OVERHEAD;
    }
    this.size = sum;
  }

  /**
   * An event about monitors.
   *
   * @param subjects the monitors that it concerns; it matches if one does
   * @param fields the JSON fields after {@code at}, each with a comma before it
   */
  static Event of(long seq, EventKind kind, Instant at, List<Monitor> subjects, String fields) {
    return new Event(seq, kind, at, subjects, fields.getBytes(StandardCharsets.UTF_8), List.of());
  }

  /** The samples since the last such event. */
  static Event samples(long seq, Instant at, List<Item> items) {
    return new Event(seq, EventKind.SAMPLES, at, List.of(), new byte[0], List.copyOf(items));
  }

  long seq() {
    return seq;
  }

  EventKind kind() {
    return kind;
  }

  /** The bytes that it holds, roughly. */
  int size() {
    return size;
  }

  boolean matches(Filter filter) {
    if (!filter.matches(kind)) {
      return false;
    }
    if (filter.allMonitors()) {
      return true;
    }
    if (kind == EventKind.SAMPLES) {
      return items.stream().anyMatch(i -> filter.matches(i.monitor));
    }
    return subjects.stream().anyMatch(filter::matches);
  }

  /** The samples that a filter wants. */
  List<Item> items(Filter filter) {
    return filter.allMonitors()
        ? items
        : items.stream().filter(i -> filter.matches(i.monitor)).toList();
  }

  /** Writes the event's data for a filter that it matches. */
  void write(ByteText out, Filter filter, long prev) {
    out.ascii("{\"seq\":").number(seq).ascii(",\"prev\":").number(prev);
    out.ascii(",\"at\":\"").ascii(at).ascii("\"").utf8(rest);
    if (kind == EventKind.SAMPLES) {
      out.ascii(",\"samples\":[");
      String comma = "";
      for (Item item : items(filter)) {
        out.ascii(comma).ascii(item.json); // keys, times and numbers: ASCII all of it
        comma = ",";
      }
      out.ascii("]");
    }
    out.ascii("}");
  }
}
