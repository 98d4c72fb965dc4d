package io.serversence.stream;

import io.serversence.document.Json;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentDocument;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The board for one filter as of one event, in parts that are encoded when they are first wanted
 * and then shared. Safe for use by many threads.
 */
final class Snapshot {
  private static final int PART = 500;

  private final Board board;
  private final List<BoardEntry> entries;
  private final List<Incident> ofChannels;
  private final @Nullable String[] parts;

  Snapshot(Board board, Filter filter) {
    this.board = board;
    this.entries =
        filter.allMonitors()
            ? board.entries()
            : board.entries().stream().filter(e -> filter.matches(e.monitor().monitor())).toList();
    this.ofChannels = filter.allMonitors() ? board.ofChannels() : List.of();
    this.parts = new @Nullable String[Math.max(1, (entries.size() + PART - 1) / PART)];
  }

  long seq() {
    return board.seq();
  }

  int parts() {
    return parts.length;
  }

  /** One part, counted from 0; the last one carries the id. */
  Frame part(int i, Wire wire) {
    String id = i == parts.length - 1 ? new EventId(board.epoch(), board.seq()).toString() : null;
    return Notice.frame(wire, "snapshot", id, data(i));
  }

  private synchronized String data(int i) {
    String data = parts[i];
    if (data == null) {
      data = encode(i);
      parts[i] = data;
    }
    return data;
  }

  private String encode(int i) {
    JsonArrayBuilder monitors = Json.array();
    JsonArrayBuilder incidents = Json.array();
    for (BoardEntry entry : entries.subList(i * PART, Math.min(entries.size(), (i + 1) * PART))) {
      monitors.add(BoardDocument.row(entry));
      if (entry.incident() != null) {
        incidents.add(IncidentDocument.write(entry.incident(), board.at()));
      }
    }
    if (i == 0) {
      ofChannels.forEach(each -> incidents.add(IncidentDocument.write(each, board.at())));
    }
    JsonObjectBuilder data = Json.object().add("seq", board.seq());
    if (parts.length > 1) {
      data.add("part", i + 1).add("parts", parts.length);
    }
    return data.add("monitors", monitors).add("incidents", incidents).build().toString();
  }
}
