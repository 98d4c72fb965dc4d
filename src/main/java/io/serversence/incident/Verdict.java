package io.serversence.incident;

import io.serversence.monitor.MonitorState;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Sample;
import io.serversence.monitor.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a row of samples is a change of state. A pure function: no clock, no database.
 *
 * <p>Down takes as many failing samples in a row as the failure threshold says, degraded as many
 * that were failing or degraded, recovery as many passing ones as the success threshold says. The
 * first passing sample of a pending monitor is believed at once. UNKNOWN samples neither count nor
 * break a row; after {@link #PATIENCE} of nothing else the monitor is UNKNOWN until the next
 * judgement.
 */
public final class Verdict {
  /** How long a monitor may go without a judgement before it is UNKNOWN. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private Verdict() {}

  /** The new state, and the change that it is for people, or null. */
  public record Result(VerdictState state, @Nullable Transition transition) {}

  /**
   * Takes one sample into account.
   *
   * @param now when the sample was complete, not before its start
   */
  public static Result step(VerdictState old, Sample sample, Thresholds thresholds, Instant now) {
    return sample.outcome() == Outcome.UNKNOWN
        ? unjudged(old, sample, now)
        : judged(old, sample, thresholds);
  }

  private static Result unjudged(VerdictState old, Sample sample, Instant now) {
    Instant first = old.unjudgedSince() == null ? sample.at() : old.unjudgedSince();
    boolean lost = Duration.between(first, now).compareTo(PATIENCE) >= 0;
    if (!lost || old.shown() == MonitorState.UNKNOWN) {
      return new Result(withShown(old, old.shown(), old.since(), first), null);
    }
    return new Result(
        withShown(old, MonitorState.UNKNOWN, first, first),
        new Transition(old.shown(), MonitorState.UNKNOWN, first, null));
  }

  private static VerdictState withShown(
      VerdictState old, MonitorState shown, Instant since, Instant unjudgedSince) {
    return new VerdictState(
        old.settled(),
        shown,
        since,
        old.failing(),
        old.imperfect(),
        old.passing(),
        old.perfect(),
        unjudgedSince);
  }

  private static Result judged(VerdictState old, Sample sample, Thresholds thresholds) {
    Outcome outcome = sample.outcome();
    Instant at = sample.at();
    VerdictState counted =
        new VerdictState(
            old.settled(),
            old.shown(),
            old.since(),
            old.failing().next(outcome == Outcome.DOWN, at),
            old.imperfect().next(outcome != Outcome.UP, at),
            old.passing().next(outcome != Outcome.DOWN, at),
            old.perfect().next(outcome == Outcome.UP, at),
            null);
    MonitorState settled = settle(counted, outcome, thresholds);
    Instant since =
        settled != old.settled()
            ? began(counted, settled)
            : old.shown() == settled ? old.since() : at;
    VerdictState state =
        new VerdictState(
            settled,
            settled,
            since,
            counted.failing(),
            counted.imperfect(),
            counted.passing(),
            counted.perfect(),
            null);
    return new Result(
        state,
        settled == old.shown() && settled == old.settled()
            ? null
            : new Transition(old.shown(), settled, since, effect(old.settled(), settled)));
  }

  private static MonitorState settle(VerdictState s, Outcome outcome, Thresholds thresholds) {
    boolean down = s.failing().length() >= thresholds.failure();
    return switch (s.settled()) {
      case DOWN -> {
        if (s.perfect().length() >= thresholds.success()) {
          yield MonitorState.UP;
        }
        yield s.passing().length() >= thresholds.success()
            ? MonitorState.DEGRADED
            : MonitorState.DOWN;
      }
      case UP -> {
        if (down) {
          yield MonitorState.DOWN;
        }
        yield s.imperfect().length() >= thresholds.failure()
            ? MonitorState.DEGRADED
            : MonitorState.UP;
      }
      case DEGRADED -> {
        if (down) {
          yield MonitorState.DOWN;
        }
        yield s.perfect().length() >= thresholds.success()
            ? MonitorState.UP
            : MonitorState.DEGRADED;
      }
      case PENDING, UNKNOWN, PAUSED -> {
        if (down) {
          yield MonitorState.DOWN;
        }
        yield switch (outcome) {
          case UP -> MonitorState.UP;
          case DEGRADED -> MonitorState.DEGRADED;
          case DOWN, UNKNOWN -> MonitorState.PENDING;
        };
      }
    };
  }

  private static Instant began(VerdictState s, MonitorState settled) {
    Run run =
        switch (settled) {
          case DOWN -> s.failing();
          case UP -> s.perfect();
          case DEGRADED -> s.settled() == MonitorState.DOWN ? s.passing() : s.imperfect();
          case PENDING, UNKNOWN, PAUSED -> Run.NONE;
        };
    return run.first() == null ? s.since() : run.first();
  }

  private static Transition.@Nullable Effect effect(MonitorState before, MonitorState after) {
    if (before == after) {
      return null;
    }
    if (after == MonitorState.DOWN) {
      return Transition.Effect.OPENS;
    }
    return before == MonitorState.DOWN ? Transition.Effect.RESOLVES : null;
  }

  /** The first failing sample of the row that speaks for DOWN. */
  public static Instant firstFailure(VerdictState state) {
    return Objects.requireNonNullElse(state.failing().first(), state.since());
  }

  /** The first passing sample of the row that speaks for a recovery. */
  public static Instant firstSuccess(VerdictState state) {
    return Objects.requireNonNullElse(state.passing().first(), state.since());
  }

  static @Nullable Confirming confirming(VerdictState s, Thresholds thresholds) {
    return switch (s.settled()) {
      case DOWN ->
          s.perfect().length() > 0
              ? new Confirming(Outcome.UP, s.perfect().length(), thresholds.success())
              : towards(Outcome.DEGRADED, s.passing(), thresholds.success());
      case DEGRADED ->
          s.failing().length() > 0
              ? towards(Outcome.DOWN, s.failing(), thresholds.failure())
              : towards(Outcome.UP, s.perfect(), thresholds.success());
      case UP ->
          s.failing().length() > 0
              ? towards(Outcome.DOWN, s.failing(), thresholds.failure())
              : towards(Outcome.DEGRADED, s.imperfect(), thresholds.failure());
      case PENDING, UNKNOWN, PAUSED -> towards(Outcome.DOWN, s.failing(), thresholds.failure());
    };
  }

  private static @Nullable Confirming towards(Outcome outcome, Run run, int of) {
    return run.length() == 0 ? null : new Confirming(outcome, Math.min(run.length(), of), of);
  }
}
