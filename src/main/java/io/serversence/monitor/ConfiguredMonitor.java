package io.serversence.monitor;

import java.time.Instant;

/**
 * A monitor as it is kept.
 *
 * @param n its number, never used again for another monitor
 * @param revision 1 and up, one more with each change
 * @param managedByFile true if the configuration file names it, so that REST may not change it
 */
public record ConfiguredMonitor(
    int n,
    Monitor monitor,
    long revision,
    boolean managedByFile,
    Instant createdAt,
    Instant updatedAt) {
  public String id() {
    return monitor.id();
  }
}
