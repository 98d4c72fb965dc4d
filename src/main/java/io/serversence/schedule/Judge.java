package io.serversence.schedule;

import io.serversence.history.Fact;
import io.serversence.incident.Confirming;
import io.serversence.incident.Ids;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentState;
import io.serversence.incident.TimelineEntry;
import io.serversence.incident.Transition;
import io.serversence.incident.Verdict;
import io.serversence.incident.VerdictState;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Evidence;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Sample;
import io.serversence.probe.ProbeResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Judges what probes bring and hands the facts to the recorder. It waits neither for the database
 * nor for anything else. Safe for use by many threads.
 */
final class Judge {
  private final Clock clock;
  private final Pulse pulse;
  private final Witnesses witnesses;
  private final Recorder recorder;

  Judge(Clock clock, Pulse pulse, Witnesses witnesses, Recorder recorder) {
    this.clock = clock;
    this.pulse = pulse;
    this.witnesses = witnesses;
    this.recorder = recorder;
  }

  /** True while what is found cannot be recorded fast enough, so that no more should be found. */
  boolean overloaded() {
    return recorder.full();
  }

  /**
   * From when on we could have heard a beat: ours is the fault for what came while we were stopped.
   */
  long observedSince(long lastBeat) {
    long gap = pulse.endOfLatestGap(lastBeat);
    return gap - lastBeat > 0 ? gap : lastBeat;
  }

  /**
   * Judges the result of a probe that began at {@code started} (monotonic nanoseconds).
   *
   * @param probed the monitor as it was probed; if it has changed since, the result says nothing
   * @param then is told the sample as judged, and what is being confirmed
   */
  void judge(
      Watch watch,
      Monitor probed,
      ProbeResult result,
      long started,
      BiConsumer<Sample, @Nullable Confirming> then) {
    Sample sample = result.sample();
    if (pulse.unwellBetween(started, clock.nanos())) {
      sample = sample.as(Outcome.UNKNOWN, "ServerSence itself was stopped or starved");
    }
    witnesses.hear(probed.target(), sample);
    Sample heard = sample;
    if (heard.outcome() == Outcome.DOWN && witnesses.mustBeAsked(started)) {
      witnesses.ask(
          started,
          network ->
              decide(
                  watch,
                  probed,
                  network ? heard : heard.as(Outcome.UNKNOWN, "ServerSence itself has no network"),
                  result.evidence(),
                  then));
    } else {
      decide(watch, probed, heard, result.evidence(), then);
    }
  }

  /** Judges a sample that no probe brought; the caller holds the watch's lock. */
  void heard(Watch watch, Sample sample) {
    decide(watch, watch.monitor(), sample, Evidence.NONE, (s, c) -> {});
  }

  private void decide(
      Watch watch,
      Monitor probed,
      Sample sample,
      Evidence evidence,
      BiConsumer<Sample, @Nullable Confirming> then) {
    Confirming confirming = null;
    Sample judged = sample;
    synchronized (watch) {
      Monitor monitor = watch.monitor();
      boolean sameQuestion =
          monitor.enabled()
              && !watch.deleted
              && monitor.target().equals(probed.target())
              && monitor.conditions().equals(probed.conditions());
      if (sameQuestion) {
        judged = distinct(watch, sample);
        confirming = step(watch, judged, evidence);
      }
    }
    then.accept(judged, confirming);
  }

  /** No two samples of a monitor at one time: its key in the history is (monitor, time). */
  private static Sample distinct(Watch watch, Sample sample) {
    Instant at = sample.at().truncatedTo(ChronoUnit.MICROS);
    if (!at.isAfter(watch.lastAt)) {
      at = watch.lastAt.plus(1, ChronoUnit.MICROS);
    }
    watch.lastAt = at;
    return new Sample(
        at,
        sample.outcome(),
        sample.latency(),
        sample.phases(),
        sample.message(),
        sample.conditions());
  }

  private @Nullable Confirming step(Watch watch, Sample sample, Evidence evidence) {
    ConfiguredMonitor configured = watch.configured();
    Monitor monitor = configured.monitor();
    Instant now = clock.now();
    Verdict.Result result = Verdict.step(watch.verdict, sample, monitor.thresholds(), now);
    watch.verdict = result.state();
    Confirming confirming = result.state().confirming(monitor.thresholds());
    List<Fact> facts = new ArrayList<>(3);
    facts.add(new Fact.SampleTaken(configured.n(), configured.id(), sample, monitor.reach()));
    Transition transition = result.transition();
    if (transition != null) {
      if (transition.incident() == Transition.Effect.OPENS && watch.incident == null) {
        Incident incident = open(configured, result.state(), sample, evidence, now);
        watch.incident = incident.id();
        facts.add(
            new Fact.IncidentOpened(
                incident, monitor.group(), monitor.tags(), opening(incident, sample)));
      } else if (transition.incident() == Transition.Effect.RESOLVES && watch.incident != null) {
        facts.add(resolution(watch.incident, now, Verdict.firstSuccess(result.state()), null));
        watch.incident = null;
      }
      facts.add(
          new Fact.StateChanged(
              configured.n(), transition.to(), transition.since(), watch.incident));
    }
    recorder.record(configured, facts, confirming);
    return confirming;
  }

  private static Incident open(
      ConfiguredMonitor configured,
      VerdictState verdict,
      Sample sample,
      Evidence evidence,
      Instant now) {
    return new Incident(
        Ids.at(now),
        configured.n(),
        configured.id(),
        configured.monitor().severity(),
        IncidentState.OPEN,
        Verdict.firstFailure(verdict),
        now,
        null,
        null,
        null,
        null,
        null,
        cause(sample),
        evidence,
        sample.phases(),
        List.of());
  }

  private static String cause(Sample sample) {
    return sample.message() == null ? "the target failed" : sample.message();
  }

  private static List<TimelineEntry> opening(Incident incident, Sample sample) {
    return List.of(
        new TimelineEntry(
            Ids.at(incident.openedAt()),
            incident.id(),
            incident.startedAt(),
            "first-failure",
            null,
            null),
        new TimelineEntry(
            Ids.at(incident.openedAt().plusMillis(1)),
            incident.id(),
            incident.openedAt(),
            "opened",
            null,
            cause(sample)));
  }

  /**
   * The end of an incident.
   *
   * @param ended the first success, or the time of another end
   * @param cause why it ended without a success, or null
   */
  static Fact.IncidentResolved resolution(
      UUID incident, Instant now, Instant ended, @Nullable String cause) {
    List<TimelineEntry> entries = new ArrayList<>(2);
    if (cause == null) {
      entries.add(new TimelineEntry(Ids.at(now), incident, ended, "first-success", null, null));
    }
    entries.add(
        new TimelineEntry(Ids.at(now.plusMillis(1)), incident, now, "resolved", null, cause));
    return new Fact.IncidentResolved(incident, now, ended, entries);
  }
}
