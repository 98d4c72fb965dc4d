package io.serversence.stream;

import org.jspecify.annotations.Nullable;

/**
 * Where a client begins.
 *
 * @param resumed {@code fresh}, {@code ok} or {@code reset}
 * @param reset why the client could not resume, or null
 * @param seq the newest event now
 * @param cursor the last event that the client has, or will have with the snapshot
 * @param snapshot the board as of the cursor, or null
 * @param gapEnd up to here, samples are left out because too many were missed; 0 for nowhere
 */
record Start(
    String resumed,
    @Nullable String reset,
    long seq,
    long cursor,
    @Nullable Snapshot snapshot,
    long gapEnd) {}
