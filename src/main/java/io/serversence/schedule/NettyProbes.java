package io.serversence.schedule;

import io.serversence.monitor.Monitor;
import io.serversence.probe.ProbeResult;
import io.serversence.probe.Prober;
import java.util.concurrent.CompletionStage;

/** The prober as the clockwork sees it. */
record NettyProbes(Prober prober) implements Probes {
  @Override
  public void at(long nanos, Runnable task) {
    prober.at(nanos, task);
  }

  @Override
  public CompletionStage<ProbeResult> probe(Monitor monitor, boolean evidenceAlways) {
    return prober.probe(monitor, evidenceAlways);
  }
}
