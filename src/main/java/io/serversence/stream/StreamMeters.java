package io.serversence.stream;

/**
 * What the stream did since it started, and what it holds now.
 *
 * @param sse connections over Server-Sent Events now
 * @param webSocket connections over WebSocket now
 * @param accepted connections accepted so far
 * @param refused connections refused at a limit
 * @param events events appended
 * @param deliveries events handed to clients
 * @param writes writes to clients; fewer than deliveries where events were gathered
 * @param stalled clients dropped because they did not read
 * @param resets clients that had to reload the board
 * @param logEvents events that the log holds
 * @param logBytes bytes that the log holds
 * @param views distinct filters in use
 * @param viewed incidents that somebody looks at
 */
public record StreamMeters(
    int sse,
    int webSocket,
    long accepted,
    long refused,
    long events,
    long deliveries,
    long writes,
    long stalled,
    long resets,
    int logEvents,
    long logBytes,
    int views,
    int viewed) {}
