package io.serversence.stream;

import java.util.List;
import java.util.Optional;

/**
 * The one log of events and the board that it amounts to. Safe for use by many threads; nothing
 * here blocks on a client.
 */
public interface EventStream {
  /** Fills the board before anything is published; called once, at the start. */
  void load(List<BoardEntry> entries);

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
