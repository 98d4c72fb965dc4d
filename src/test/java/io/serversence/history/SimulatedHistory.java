package io.serversence.history;

import io.serversence.history.Spans.Span;
import io.serversence.incident.Transition;
import io.serversence.incident.Verdict;
import io.serversence.incident.VerdictState;
import io.serversence.monitor.MonitorState;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import io.serversence.monitor.Thresholds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A random life of one monitor, in ticks of some milliseconds: its target comes and goes, it is
 * probed, paused, maintained, and what probes it is stopped and started. What the program would
 * record of it is made with the program's own verdicts; the truth is painted tick by tick, with
 * nothing of the program.
 */
final class SimulatedHistory {
  private final Random random;
  private final int end;
  private final long tick;
  private final long start;
  private final Thresholds thresholds;
  private final int interval;
  private final int reach;

  private final BitSet failing = new BitSet();
  private final BitSet paused = new BitSet();
  private final BitSet stopped = new BitSet();
  private final BitSet maintained = new BitSet();
  private final List<Taken> samples = new ArrayList<>();
  private final BitSet observed = new BitSet();
  private final BitSet down = new BitSet();

  /** A sample at a tick; {@code fresh} if nothing is remembered from before it. */
  private record Taken(int at, Outcome outcome, boolean fresh) {}

  SimulatedHistory(Random random, int end, int tickMs) {
    this(random, end, tickMs, Given.NOW);
  }

  SimulatedHistory(Random random, int end, int tickMs, Instant start) {
    this.random = random;
    this.end = end;
    this.tick = tickMs * 1_000L;
    this.start = Availability.micros(start);
    thresholds = new Thresholds(1 + random.nextInt(4), 1 + random.nextInt(4));
    interval = 500 + random.nextInt(5_000);
    reach = interval + 1 + random.nextInt(interval);
    paint(failing, 1 + random.nextInt(12), 40_000);
    paint(paused, random.nextInt(4), 30_000);
    paint(stopped, random.nextInt(4), 60_000);
    paint(maintained, random.nextInt(3), 60_000);
    probe();
    paintTruth();
  }

  private void paint(BitSet bits, int times, int longest) {
    for (int i = 0; i < times; i++) {
      int from = random.nextInt(end);
      bits.set(from, Math.min(end, from + 1 + random.nextInt(longest)));
    }
  }

  private void probe() {
    int before = -1;
    for (int at = random.nextInt(interval); at < end; at += interval + random.nextInt(50)) {
      if (paused.get(at) || stopped.get(at) || random.nextInt(40) == 0) {
        continue;
      }
      boolean fresh = before < 0 || any(paused, before, at) || any(stopped, before, at);
      int luck = random.nextInt(30);
      Outcome outcome =
          luck == 0
              ? Outcome.UNKNOWN
              : failing.get(at) ? Outcome.DOWN : luck < 4 ? Outcome.DEGRADED : Outcome.UP;
      samples.add(new Taken(at, outcome, fresh));
      before = at;
    }
  }

  private static boolean any(BitSet bits, int from, int to) {
    int next = bits.nextSetBit(from);
    return next >= 0 && next < to;
  }

  private void paintTruth() {
    for (int i = 0; i < samples.size(); i++) {
      Taken sample = samples.get(i);
      int next = i + 1 < samples.size() ? samples.get(i + 1).at() : end;
      for (int t = sample.at(); t < next && t < sample.at() + reach && t < end; t++) {
        observed.set(t, sample.outcome() != Outcome.UNKNOWN && !paused.get(t));
      }
    }
    boolean isDown = false;
    int row = 0;
    int first = 0;
    int since = 0;
    for (Taken sample : samples) {
      row = sample.fresh() ? 0 : row;
      if (sample.outcome() == Outcome.UNKNOWN) {
        continue;
      }
      boolean against = (sample.outcome() == Outcome.DOWN) != isDown;
      row = against ? row + 1 : 0;
      first = row == 1 ? sample.at() : first;
      if (against && row >= (isDown ? thresholds.success() : thresholds.failure())) {
        if (isDown) {
          down.set(since, first);
        } else {
          since = first;
        }
        isDown = !isDown;
        row = 0;
      }
    }
    if (isDown) {
      down.set(since, end);
    }
  }

  long micros(int at) {
    return start + at * tick;
  }

  // What the program makes of it.

  Spans observation() {
    Observation observation = folded();
    List<Span> pauses = new ArrayList<>();
    for (int i = paused.nextSetBit(0); i >= 0; i = paused.nextSetBit(paused.nextClearBit(i))) {
      pauses.add(new Span(micros(i), micros(paused.nextClearBit(i))));
    }
    return observation.until(micros(end)).without(Spans.union(pauses));
  }

  /** From samples one by one, and from pieces of some samples each as they are stored. */
  private Observation folded() {
    Observation observation = new Observation();
    for (int i = 0; i < samples.size(); ) {
      int next = Math.min(samples.size(), i + 1 + random.nextInt(30));
      Observation piece = new Observation();
      Observation one = random.nextInt(3) == 0 ? observation : piece;
      for (Taken sample : samples.subList(i, next)) {
        one.add(micros(sample.at()), reach * tick, sample.outcome());
      }
      Observed observed = piece.observed();
      if (observed != null) {
        PackedWriter writer = new PackedWriter();
        observed.write(writer, start);
        observation.add(Observed.read(new PackedReader(writer.toBytes()), start));
      }
      i = next;
    }
    return observation;
  }

  List<Span> incidents() {
    List<Span> incidents = new ArrayList<>();
    VerdictState state = VerdictState.pending(Availability.instant(start));
    Instant opened = null;
    for (Taken taken : samples) {
      Instant at = Availability.instant(micros(taken.at()));
      if (taken.fresh()) {
        state = afterStart(opened, at);
      }
      Sample sample = new Sample(at, taken.outcome(), 1, Phases.UNREACHED, null, List.of());
      Verdict.Result result = Verdict.step(state, sample, thresholds, at);
      state = result.state();
      Transition transition = result.transition();
      if (transition != null && transition.incident() == Transition.Effect.OPENS) {
        opened = opened == null ? Verdict.firstFailure(state) : opened;
      } else if (transition != null
          && transition.incident() == Transition.Effect.RESOLVES
          && opened != null) {
        incidents.add(span(opened, Availability.micros(Verdict.firstSuccess(state))));
        opened = null;
      }
    }
    if (opened != null) {
      incidents.add(span(opened, Long.MAX_VALUE));
    }
    return incidents;
  }

  private static VerdictState afterStart(@Nullable Instant opened, Instant now) {
    return opened == null
        ? VerdictState.pending(now)
        : VerdictState.settled(MonitorState.DOWN, opened);
  }

  private static Span span(Instant from, long to) {
    return new Span(Availability.micros(from), to);
  }

  Spans maintenance() {
    List<Span> spans = new ArrayList<>();
    for (int i = maintained.nextSetBit(0);
        i >= 0;
        i = maintained.nextSetBit(maintained.nextClearBit(i))) {
      spans.add(new Span(micros(i), micros(maintained.nextClearBit(i))));
    }
    return Spans.union(spans);
  }

  /** Told with a latency of 1 µs each. */
  void eachSample(Each each) {
    samples.forEach(s -> each.sample(micros(s.at()), s.outcome(), 1));
  }

  /** Is told samples. */
  interface Each {
    void sample(long at, Outcome outcome, long latency);
  }

  // The truth; window in ticks.

  BitSet counted(int from, int to) {
    BitSet counted = windowed(observed, from, to);
    counted.andNot(maintained);
    return counted;
  }

  BitSet down(int from, int to) {
    BitSet counted = counted(from, to);
    counted.and(down);
    return counted;
  }

  int maintained(int from, int to) {
    return maintained.get(from, to).cardinality();
  }

  int observed(int from, int to) {
    return observed.get(from, to).cardinality();
  }

  /**
   * Failures with a moment down that counts; two that touch cannot be, for a success is between.
   */
  int failures(int from, int to) {
    BitSet hit = down(from, to);
    int failures = 0;
    for (int i = down.nextSetBit(0); i >= 0; i = down.nextSetBit(down.nextClearBit(i))) {
      failures += any(hit, i, down.nextClearBit(i)) ? 1 : 0;
    }
    return failures;
  }

  long samples(int from, int to) {
    return samples.stream().filter(s -> s.at() >= from && s.at() < to).count();
  }

  private static BitSet windowed(BitSet bits, int from, int to) {
    BitSet window = new BitSet();
    window.set(from, to);
    window.and(bits);
    return window;
  }
}
