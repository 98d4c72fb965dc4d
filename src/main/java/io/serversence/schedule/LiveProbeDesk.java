package io.serversence.schedule;

import io.serversence.document.Refused;
import io.serversence.document.Refused.Reason;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Target;
import io.serversence.probe.ProbeDesk;
import io.serversence.probe.ProbeResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/** What people ask of the active node's clockwork. */
final class LiveProbeDesk implements ProbeDesk {
  private static final int MOST_TESTS = 20;

  private final Watches watches;
  private final Scheduler scheduler;
  private final Probes probes;
  private final Semaphore tests = new Semaphore(MOST_TESTS);

  LiveProbeDesk(Watches watches, Scheduler scheduler, Probes probes) {
    this.watches = watches;
    this.scheduler = scheduler;
    this.probes = probes;
  }

  @Override
  public CompletionStage<ProbeResult> probeNow(String id) {
    try {
      return scheduler.now(
          watches
              .find(id)
              .orElseThrow(() -> new Refused(Reason.NOT_FOUND, "there is no monitor " + id)));
    } catch (Refused e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public CompletionStage<ProbeResult> test(Monitor monitor) {
    if (monitor.target() instanceof Target.Heartbeat) {
      return refused(Reason.CONFLICT, "a heartbeat cannot be tested; it calls us");
    }
    if (!tests.tryAcquire()) {
      return refused(Reason.TOO_MANY, MOST_TESTS + " tests are running already");
    }
    return probes.probe(monitor, true).whenComplete((r, e) -> tests.release());
  }

  private static <T> CompletionStage<T> refused(Reason reason, String detail) {
    return CompletableFuture.failedFuture(new Refused(reason, detail));
  }

  @Override
  public void beat(String token, Beat beat, String message) {
    Watch watch =
        watches
            .heartbeat(token)
            .orElseThrow(() -> new Refused(Reason.NOT_FOUND, "no monitor has this token"));
    scheduler.beat(watch, beat, message.isEmpty() ? null : message);
  }
}
