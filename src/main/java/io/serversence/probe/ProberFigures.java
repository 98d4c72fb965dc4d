package io.serversence.probe;

/**
 * What the prober counts about itself, at one moment; the parts are read one after the other.
 *
 * @param probesRunning at this moment
 * @param connectionsOpened since the start
 * @param connectionsReused requests that went over a kept connection, since the start
 * @param connectionsRetried requests sent again because a kept connection had died, since the start
 * @param connectionsOpen at this moment, idle ones too
 * @param connectionsIdle kept for the next probe at this moment
 * @param connectionsRefused by the egress policy, since the start
 * @param namesCached whose addresses are remembered at this moment
 * @param bodyBytesHeld by running probes at this moment
 */
public record ProberFigures(
    long probesRunning,
    long connectionsOpened,
    long connectionsReused,
    long connectionsRetried,
    long connectionsOpen,
    long connectionsIdle,
    long connectionsRefused,
    long namesCached,
    long bodyBytesHeld) {}
