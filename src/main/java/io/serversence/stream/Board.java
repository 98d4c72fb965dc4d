package io.serversence.stream;

import io.serversence.incident.Incident;
import java.time.Instant;
import java.util.List;

/**
 * All monitors at one moment of the event log.
 *
 * @param seq the last event that is part of this picture
 * @param entries ordered by key
 * @param ofChannels the unresolved incidents of channels, which are no monitor's
 */
public record Board(
    String epoch, long seq, Instant at, List<BoardEntry> entries, List<Incident> ofChannels) {}
