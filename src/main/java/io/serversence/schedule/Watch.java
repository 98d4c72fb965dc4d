package io.serversence.schedule;

import io.serversence.incident.VerdictState;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Target;
import io.serversence.probe.ProbeResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One monitor under watch: its configuration, its verdict, and where it is in its schedule. Every
 * access holds the watch's own lock, and nobody blocks while holding it.
 */
final class Watch {
  private ConfiguredMonitor configured;
  private long phase;

  VerdictState verdict;

  /** The unresolved incident as the verdict has it, which is ahead of the database. */
  @Nullable UUID incident;

  /** Where the agenda has it; an entry with another number is void. */
  long generation;

  boolean running;
  boolean deleted;

  /** When a heartbeat's last beat came, on the monotonic clock. */
  long lastBeat;

  /** When a heartbeat's work began, or null while it is not at work. */
  @Nullable Instant workBegan;

  long workBeganNanos;

  /** When the last sample's probe began, so that no two samples share a time. */
  Instant lastAt = Instant.EPOCH;

  /** Those who asked for a probe now and wait for the one under way. */
  final List<CompletableFuture<ProbeResult>> asking = new ArrayList<>();

  Watch(ConfiguredMonitor configured, VerdictState verdict, @Nullable UUID incident, long now) {
    this.configured = configured;
    this.verdict = verdict;
    this.incident = incident;
    this.lastBeat = now;
    this.phase = phaseOf(configured);
  }

  synchronized ConfiguredMonitor configured() {
    return configured;
  }

  Monitor monitor() {
    return configured().monitor();
  }

  /** Takes another configuration; the caller holds the lock. */
  void configure(ConfiguredMonitor changed) {
    configured = changed;
    phase = phaseOf(changed);
  }

  long phase() {
    return phase;
  }

  boolean heartbeat() {
    return monitor().target() instanceof Target.Heartbeat;
  }

  private static long phaseOf(ConfiguredMonitor configured) {
    return Grid.phase(configured.id(), configured.monitor().interval().toNanos());
  }
}
