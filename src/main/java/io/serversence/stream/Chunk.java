package io.serversence.stream;

import org.jspecify.annotations.Nullable;

/**
 * The next events of a view after a cursor, as one frame.
 *
 * @param upTo the cursor once it is written: the last event looked at
 * @param lastMatch the newest event up to there that matches
 * @param firstPrev the {@code prev} of the first event in the frame
 * @param events how many are in the frame
 * @param full whether it could not have held more, so that it stays right when the log grows
 * @param frame null if no event matched
 */
record Chunk(
    long upTo, long lastMatch, long firstPrev, int events, boolean full, @Nullable Frame frame) {}
