package io.serversence.stream;

import io.serversence.monitor.Monitor;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/**
 * Who looked at an incident at one moment: a {@code presence} event. Its bytes are made once for
 * each form. Safe for use by many threads.
 */
final class Look {
  private final long version;
  private final long at;
  private final UUID incident;
  private final Monitor monitor;
  private final boolean empty;
  private final String data;
  private final Map<Wire, Frame> frames = new EnumMap<>(Wire.class);

  Look(long version, long at, UUID incident, Monitor monitor, boolean empty, String data) {
    this.version = version;
    this.at = at;
    this.incident = incident;
    this.monitor = monitor;
    this.empty = empty;
    this.data = data;
  }

  /** Later looks have higher ones. */
  long version() {
    return version;
  }

  /** When it was, on the monotonic clock. */
  long at() {
    return at;
  }

  UUID incident() {
    return incident;
  }

  /** True if nobody looks any more. */
  boolean empty() {
    return empty;
  }

  boolean matches(Filter filter) {
    return filter.matches(monitor);
  }

  synchronized Frame frame(Wire wire) {
    return frames.computeIfAbsent(wire, w -> Notice.frame(w, "presence", null, data));
  }
}
