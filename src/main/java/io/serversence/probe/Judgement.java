package io.serversence.probe;

import io.serversence.monitor.Condition;
import io.serversence.monitor.ConditionResult;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Observation;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a sample of what a probe saw: DOWN if it failed or a condition does not hold, else DEGRADED
 * if any of {@code degradedWhen} holds, else UP. Pure.
 */
final class Judgement {
  /** How many conditions a message names. */
  private static final int NAMED = 3;

  /** Characters of a condition in a message. */
  private static final int SHOWN = 200;

  private Judgement() {}

  static Sample sample(
      Monitor monitor,
      Observation seen,
      @Nullable Failure failure,
      Instant at,
      long latency,
      Phases phases) {
    List<ConditionResult> results = new ArrayList<>(monitor.conditions().size());
    int unmet = 0;
    for (Condition condition : monitor.conditions()) {
      ConditionResult result = condition.evaluate(seen);
      results.add(result);
      unmet += result.ok() ? 0 : 1;
    }
    Outcome outcome;
    String message;
    if (failure != null) {
      outcome = failure.ours() ? Outcome.UNKNOWN : Outcome.DOWN;
      message = failure.words();
    } else if (unmet > 0) {
      outcome = Outcome.DOWN;
      message = unmet(results, unmet);
    } else {
      message = degraded(monitor, seen);
      outcome = message == null ? Outcome.UP : Outcome.DEGRADED;
    }
    return new Sample(at, outcome, latency, phases, message, results);
  }

  /** What is left to say if judging itself failed. */
  static Sample broken(Instant at, long latency, Phases phases) {
    return new Sample(
        at, Outcome.UNKNOWN, latency, phases, "ServerSence could not judge this probe", List.of());
  }

  static boolean passed(Outcome outcome) {
    return switch (outcome) {
      case UP, DEGRADED -> true;
      case DOWN, UNKNOWN -> false;
    };
  }

  private static String unmet(List<ConditionResult> results, int unmet) {
    StringBuilder text = new StringBuilder();
    int named = 0;
    for (ConditionResult result : results) {
      if (!result.ok() && named < NAMED) {
        text.append(named++ == 0 ? "" : ", ").append(cut(result.shown()));
      }
    }
    if (unmet > named) {
      text.append(" and ").append(unmet - named).append(" more");
    }
    return text.append(unmet == 1 ? " does not hold" : " do not hold").toString();
  }

  /** The first condition by which a target that passes is degraded, or null. */
  private static @Nullable String degraded(Monitor monitor, Observation seen) {
    for (Condition condition : monitor.degradedWhen()) {
      ConditionResult result = condition.evaluate(seen);
      if (result.ok()) {
        return "degraded: " + cut(result.shown());
      }
    }
    return null;
  }

  private static String cut(String text) {
    if (text.length() <= SHOWN) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
    return text.substring(0, end) + "…";
  }
}
