package io.serversence.probe;

import java.time.Duration;

/**
 * The prober's bounds.
 *
 * @param eventLoops threads that carry all probes, 1..64, best 1, 2, 4 or 8: see {@link Prober#at}
 * @param bodyCap bytes of an answer's body that are read at most, after decompression
 * @param inflationRatio how many times its size a compressed body may inflate to
 * @param headerCap bytes of an answer's headers
 * @param heldBodies bytes that the bodies of all running probes may hold together; a probe that
 *     finds no room is UNKNOWN
 * @param idleConnections kept open for the next probe, in all; 0 keeps none
 * @param idleConnectionsPerEndpoint the same, to one host and port
 * @param idleTime how long a connection is kept without use
 * @param connectionLife how long a connection is used: a changed DNS answer or a dead listener is
 *     hidden from the probes no longer than this
 * @param cachedNames names whose addresses are remembered, on each event loop
 * @param nameLife how long an address is remembered at most, where its TTL says longer
 * @param egress where connections may go
 */
public record ProberSettings(
    int eventLoops,
    int bodyCap,
    int inflationRatio,
    int headerCap,
    long heldBodies,
    int idleConnections,
    int idleConnectionsPerEndpoint,
    Duration idleTime,
    Duration connectionLife,
    int cachedNames,
    Duration nameLife,
    EgressPolicy egress) {

  public static final ProberSettings DEFAULT =
      new ProberSettings(
          Integer.highestOneBit(Math.min(4, Runtime.getRuntime().availableProcessors())),
          1024 * 1024,
          100,
          64 * 1024,
          64L * 1024 * 1024,
          2_000,
          16,
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          1_000,
          Duration.ofSeconds(60),
          EgressPolicy.OPEN);

  public ProberSettings {
    require(eventLoops >= 1 && eventLoops <= 64, "eventLoops");
    require(bodyCap >= 1, "bodyCap");
    require(inflationRatio >= 1, "inflationRatio");
    require(headerCap >= 1, "headerCap");
    require(heldBodies >= bodyCap, "heldBodies");
    require(idleConnections >= 0, "idleConnections");
    require(idleConnectionsPerEndpoint >= 1, "idleConnectionsPerEndpoint");
    require(!idleTime.isNegative(), "idleTime");
    require(!connectionLife.isNegative(), "connectionLife");
    require(cachedNames >= 1, "cachedNames");
    require(nameLife.toSeconds() >= 1, "nameLife");
  }

  /** The same, but for where connections may go. */
  public ProberSettings withEgress(EgressPolicy policy) {
    return new ProberSettings(
        eventLoops,
        bodyCap,
        inflationRatio,
        headerCap,
        heldBodies,
        idleConnections,
        idleConnectionsPerEndpoint,
        idleTime,
        connectionLife,
        cachedNames,
        nameLife,
        policy);
  }

  private static void require(boolean holds, String name) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is out of range");
    }
  }
}
