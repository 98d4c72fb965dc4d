package io.serversence.schedule;

import io.serversence.incident.Incident;
import io.serversence.stream.Board;
import io.serversence.stream.BoardEntry;
import io.serversence.stream.Change;
import io.serversence.stream.EventStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A stream without readers that remembers what was published. */
final class RememberingStream implements EventStream {
  final List<Change> changes = new ArrayList<>();

  @Override
  public void load(List<BoardEntry> entries, List<Incident> ofChannels) {}

  @Override
  public synchronized void publish(List<Change> published) {
    changes.addAll(published);
  }

  /** All that was published so far. */
  synchronized List<Change> all() {
    return List.copyOf(changes);
  }

  @Override
  public Board board() {
    return new Board("epoch", changes.size(), Instant.EPOCH, List.of(), List.of());
  }

  @Override
  public Optional<BoardEntry> find(String id) {
    return Optional.empty();
  }
}
