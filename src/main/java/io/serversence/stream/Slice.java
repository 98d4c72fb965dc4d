package io.serversence.stream;

import java.util.List;

/**
 * A piece of the log, as it was at one moment.
 *
 * @param tail the oldest event that the log held then; {@code head + 1} if it held none
 * @param head the newest
 * @param events in order, without holes
 */
record Slice(long tail, long head, List<Event> events) {}
