package io.serversence.schedule;

import io.serversence.monitor.Monitor;
import io.serversence.probe.ProbeResult;
import java.util.concurrent.CompletionStage;

/** What the clockwork needs of the prober; a test puts its own in its place. */
interface Probes {
  /** Runs something at a time of the monotonic clock, on a thread that must not block. */
  void at(long nanos, Runnable task);

  /**
   * Probes a monitor that is no heartbeat.
   *
   * @return never fails, and is complete by the monitor's timeout
   */
  CompletionStage<ProbeResult> probe(Monitor monitor, boolean evidenceAlways);
}
