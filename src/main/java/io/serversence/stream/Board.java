package io.serversence.stream;

import java.time.Instant;
import java.util.List;

/**
 * All monitors at one moment of the event log.
 *
 * @param seq the last event that is part of this picture
 * @param entries ordered by key
 */
public record Board(String epoch, long seq, Instant at, List<BoardEntry> entries) {}
