package io.serversence.incident;

import io.serversence.monitor.MonitorState;
import io.serversence.monitor.Thresholds;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is believed of a monitor, and the samples that speak for a change. Immutable.
 *
 * @param settled what enough samples agreed on: PENDING, UP, DEGRADED or DOWN
 * @param shown what people are told: the settled state, or UNKNOWN
 * @param since when the shown state began
 * @param failing samples in a row that were DOWN
 * @param imperfect samples in a row that were DOWN or DEGRADED
 * @param passing samples in a row that were not DOWN
 * @param perfect samples in a row that were UP
 * @param unjudgedSince the first of the UNKNOWN samples in a row that came last, or null
 */
public record VerdictState(
    MonitorState settled,
    MonitorState shown,
    Instant since,
    Run failing,
    Run imperfect,
    Run passing,
    Run perfect,
    @Nullable Instant unjudgedSince) {

  /** The start of a monitor that was never probed. */
  public static VerdictState pending(Instant now) {
    return settled(MonitorState.PENDING, now);
  }

  /** What is known of a monitor after a restart. */
  public static VerdictState settled(MonitorState state, Instant since) {
    return new VerdictState(state, state, since, Run.NONE, Run.NONE, Run.NONE, Run.NONE, null);
  }

  /** The change that is not believed yet, or null. */
  public @Nullable Confirming confirming(Thresholds thresholds) {
    return Verdict.confirming(this, thresholds);
  }
}
