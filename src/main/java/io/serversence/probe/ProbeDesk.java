package io.serversence.probe;

import io.serversence.monitor.Monitor;
import java.util.concurrent.CompletionStage;

/** What people ask of the clockwork. Safe for use by many threads; nothing here blocks. */
public interface ProbeDesk {
  /**
   * Probes a monitor now, counted like a scheduled probe. While a probe of it runs already, that
   * one's result is the answer, without evidence where it succeeds. The stage fails with {@link
   * io.serversence.document.Refused}: NOT_FOUND, CONFLICT for a heartbeat or a paused monitor,
   * TOO_MANY at the limit.
   */
  CompletionStage<ProbeResult> probeNow(String id);

  /** Probes as a monitor would be, and stores nothing. Fails with CONFLICT for a heartbeat. */
  CompletionStage<ProbeResult> test(Monitor monitor);

  /**
   * A beat arrived.
   *
   * @param token the secret that names the monitor
   * @param message at most 10 kB, kept with the sample
   * @throws io.serversence.document.Refused NOT_FOUND if no monitor has that token
   */
  void beat(String token, Beat beat, String message);

  /** What a beat says. */
  enum Beat {
    /** The work was done. */
    DONE,
    /** The work has begun: proof of life, without judgement on its result. */
    START,
    /** The work failed. */
    FAIL
  }
}
