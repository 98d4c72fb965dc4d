package io.serversence.stream;

import java.time.Duration;
import java.util.Set;

/**
 * The bounds of the event stream.
 *
 * @param maxConnections connections in all, at least 1
 * @param maxPerUser connections of one user; anonymous callers are counted by address alone
 * @param maxPerAddress connections from one address
 * @param logEvents the events that the log keeps, at least 1
 * @param logBytes the bytes that the log keeps, which counts if it is less; the newest event is
 *     always kept
 * @param replayBytes how far behind, in bytes, a client may resume
 * @param heartbeat the longest silence on a connection
 * @param lifetime how long a connection lives, give or take 20 %
 * @param stall how long a write may make no progress, and a ping go unanswered
 * @param origins the origins, beside the server's own, whose pages may open a WebSocket, such as
 *     {@code https://portal.example}
 */
public record StreamSettings(
    int maxConnections,
    int maxPerUser,
    int maxPerAddress,
    int logEvents,
    long logBytes,
    long replayBytes,
    Duration heartbeat,
    Duration lifetime,
    Duration stall,
    Set<String> origins) {

  public static final StreamSettings DEFAULT =
      new StreamSettings(
          20_000,
          20_000,
          20_000,
          20_000,
          32L << 20,
          4L << 20,
          Duration.ofSeconds(15),
          Duration.ofMinutes(10),
          Duration.ofSeconds(20),
          Set.of());

  public StreamSettings {
    if (maxConnections < 1 || maxPerUser < 1 || maxPerAddress < 1 || logEvents < 1) {
      throw new IllegalArgumentException("a bound of the stream is less than 1");
    }
    origins = Set.copyOf(origins);
  }

  /** The same, with other limits of connections. */
  public StreamSettings withConnections(int max, int perUser, int perAddress) {
    return new StreamSettings(
        max,
        perUser,
        perAddress,
        logEvents,
        logBytes,
        replayBytes,
        heartbeat,
        lifetime,
        stall,
        origins);
  }

  /** The same, with another size of the log. */
  public StreamSettings withLog(int events, long bytes, long replay) {
    return new StreamSettings(
        maxConnections,
        maxPerUser,
        maxPerAddress,
        events,
        bytes,
        replay,
        heartbeat,
        lifetime,
        stall,
        origins);
  }

  /** The same, with other origins. */
  public StreamSettings withOrigins(Set<String> allowed) {
    return new StreamSettings(
        maxConnections,
        maxPerUser,
        maxPerAddress,
        logEvents,
        logBytes,
        replayBytes,
        heartbeat,
        lifetime,
        stall,
        allowed);
  }
}
