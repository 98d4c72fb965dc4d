package io.serversence.stream;

import io.serversence.incident.Incident;
import java.util.List;
import java.util.Optional;

/**
 * The one log of events and the board that it amounts to. Safe for use by many threads; nothing
 * here blocks on a client.
 */
public interface EventStream {
  /**
   * Fills the board before anything is published; called once, at the start.
   *
   * @param ofChannels the unresolved incidents of channels
   */
  void load(List<BoardEntry> entries, List<Incident> ofChannels);

  /** Fills the board; no channel fails. */
  default void load(List<BoardEntry> entries) {
    load(entries, List.of());
  }

  /** Applies the changes to the board and appends their events, as one step and in this order. */
  void publish(List<Change> changes);

  /**
   * The board and the seq that it belongs to, as one consistent picture.
   *
   * @throws io.serversence.document.Refused UNAVAILABLE before it is filled
   */
  Board board();

  /** One monitor of the board; throws as {@link #board}. */
  Optional<BoardEntry> find(String id);
}
