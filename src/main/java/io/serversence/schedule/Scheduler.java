package io.serversence.schedule;

import io.serversence.document.Refused;
import io.serversence.incident.Confirming;
import io.serversence.monitor.Evidence;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import io.serversence.monitor.Target;
import io.serversence.probe.ProbeDesk.Beat;
import io.serversence.probe.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Starts every monitor's probes at their times and hands what they bring to the judge. Never runs
 * two probes of one monitor at once: what falls due meanwhile is skipped and counted. Safe for use
 * by many threads.
 */
final class Scheduler {
  /**
   * How far ahead of its time a probe is handed to an event loop, which starts it exactly. More
   * than the second that may lie between two ticks: Payara has no shorter one unless it is told to.
   */
  private static final long AHEAD = Duration.ofMillis(1_500).toNanos();

  /** After a start, monitors with long intervals are looked at within this time too. */
  private static final long FIRST_ROUND = Duration.ofSeconds(5).toNanos();

  private final Clock clock;
  private final Probes probes;
  private final Judge judge;
  private final Admission admission;
  private final ScheduleMeters meters;
  private final Agenda agenda = new Agenda();
  private final long origin;
  private volatile boolean stopped;

  Scheduler(Clock clock, Probes probes, Judge judge, Admission admission, ScheduleMeters meters) {
    this.clock = clock;
    this.probes = probes;
    this.judge = judge;
    this.admission = admission;
    this.meters = meters;
    this.origin = clock.nanos();
  }

  /** The tick: hands over what is due soon. */
  void tick() {
    long now = clock.nanos();
    agenda.takeUntil(now + AHEAD).forEach(this::hand);
  }

  private void hand(Agenda.Entry entry) {
    probes.at(entry.due(), () -> due(entry));
  }

  /** Sets the due time of a monitor in place of any that it had; the caller holds its lock. */
  private void put(Watch watch, long due) {
    Agenda.Entry entry = Agenda.Entry.of(watch, due);
    if (due - clock.nanos() <= AHEAD) {
      hand(entry); // it may be over before the next tick
    } else {
      agenda.put(entry);
    }
  }

  /** Starts no more probes; those under way end at their deadlines. */
  void stop() {
    stopped = true;
  }

  /** Begins to watch after a start, spread over the first round. */
  void join(Watch watch) {
    synchronized (watch) {
      if (watch.monitor().enabled()) {
        long now = clock.nanos();
        put(
            watch,
            watch.heartbeat()
                ? deadline(watch)
                : now
                    + Grid.phase(
                        watch.configured().id(),
                        Math.min(watch.monitor().interval().toNanos(), FIRST_ROUND)));
      }
    }
  }

  /** Looks at a monitor at once: it is new, or its configuration has changed. */
  void soon(Watch watch) {
    synchronized (watch) {
      watch.generation++;
      if (watch.monitor().enabled() && !watch.deleted) {
        put(watch, watch.heartbeat() ? deadline(watch) : clock.nanos());
      }
    }
  }

  /** A probe on demand, counted like a scheduled one. */
  CompletionStage<ProbeResult> now(Watch watch) {
    CompletableFuture<ProbeResult> answer = new CompletableFuture<>();
    synchronized (watch) {
      if (watch.heartbeat()) {
        throw new Refused(Refused.Reason.CONFLICT, "a heartbeat cannot be probed; it calls us");
      }
      if (!watch.monitor().enabled()) {
        throw new Refused(Refused.Reason.CONFLICT, "the monitor is paused");
      }
      if (watch.asking.size() >= 100) {
        throw new Refused(Refused.Reason.TOO_MANY, "too many wait for this probe already");
      }
      watch.asking.add(answer);
      if (watch.running) {
        return answer;
      }
      watch.running = true;
      watch.generation++;
    }
    begin(watch, clock.nanos());
    return answer;
  }

  private void due(Agenda.Entry entry) {
    Watch watch = entry.watch();
    synchronized (watch) {
      if (stopped || entry.generation() != watch.generation || watch.running || watch.deleted) {
        return;
      }
      if (watch.heartbeat()) {
        missed(watch);
        return;
      }
      if (judge.overloaded()) {
        meters.shed(1);
        put(watch, nextOnGrid(watch, clock.nanos()));
        return;
      }
      watch.running = true;
    }
    begin(watch, entry.due());
  }

  private void begin(Watch watch, long due) {
    Monitor monitor = watch.monitor();
    String host = host(monitor);
    admission.enter(host, () -> run(watch, monitor, host, due));
  }

  private void run(Watch watch, Monitor monitor, String host, long due) {
    long started = clock.nanos();
    meters.started(started - due);
    boolean asked;
    synchronized (watch) {
      asked = !watch.asking.isEmpty();
    }
    probes
        .probe(monitor, asked)
        .whenComplete(
            (result, failure) -> {
              admission.leave(host);
              if (stopped) { // what a probe found that was broken off says nothing
                abandon(watch);
                return;
              }
              ProbeResult found = failure == null ? result : broken(failure);
              judge.judge(
                  watch,
                  monitor,
                  found,
                  started,
                  (sample, confirming) ->
                      ended(
                          watch,
                          due,
                          started,
                          new ProbeResult(sample, found.evidence()),
                          confirming));
            });
  }

  private static void abandon(Watch watch) {
    List<CompletableFuture<ProbeResult>> asking;
    synchronized (watch) {
      asking = List.copyOf(watch.asking);
      watch.asking.clear();
    }
    Refused refused = new Refused(Refused.Reason.UNAVAILABLE, "ServerSence is stopping");
    asking.forEach(answer -> answer.completeExceptionally(refused));
  }

  /** A defect of ours must not stop the monitor's schedule. */
  private ProbeResult broken(Throwable failure) {
    System.getLogger(Scheduler.class.getName())
        .log(System.Logger.Level.ERROR, "a probe failed instead of answering", failure);
    return new ProbeResult(
        new Sample(
            clock.now(),
            Outcome.UNKNOWN,
            0,
            Phases.UNREACHED,
            "ServerSence could not run this probe",
            List.of()),
        Evidence.NONE);
  }

  private void ended(
      Watch watch, long due, long started, ProbeResult found, @Nullable Confirming confirming) {
    List<CompletableFuture<ProbeResult>> asking;
    synchronized (watch) {
      watch.running = false;
      asking = List.copyOf(watch.asking);
      watch.asking.clear();
      if (!watch.deleted && watch.monitor().enabled()) {
        long now = clock.nanos();
        if (confirming != null) {
          long retry = started + watch.monitor().retryInterval().toNanos();
          put(watch, Math.max(now, retry));
        } else {
          long interval = watch.monitor().interval().toNanos();
          meters.shed(Grid.between(origin, watch.phase(), interval, due, now));
          put(watch, nextOnGrid(watch, now));
        }
      }
    }
    asking.forEach(answer -> answer.complete(found));
  }

  private long nextOnGrid(Watch watch, long after) {
    return Grid.next(origin, watch.phase(), watch.monitor().interval().toNanos(), after);
  }

  /** When a heartbeat must have beaten by. */
  private long deadline(Watch watch) {
    Monitor monitor = watch.monitor();
    Duration grace =
        monitor.target() instanceof Target.Heartbeat beat ? beat.grace() : Duration.ZERO;
    return judge.observedSince(watch.lastBeat) + monitor.interval().plus(grace).toNanos();
  }

  /** A heartbeat's time is over; the caller holds the lock. */
  private void missed(Watch watch) {
    long now = clock.nanos();
    long deadline = deadline(watch);
    if (deadline - now > 0) {
      put(watch, deadline);
      return;
    }
    Monitor monitor = watch.monitor();
    Duration since = Duration.ofNanos(now - watch.lastBeat);
    judge.heard(
        watch,
        new Sample(
            clock.now(),
            Outcome.DOWN,
            0,
            Phases.UNREACHED,
            "no beat for " + since.toSeconds() + "s",
            List.of()));
    put(watch, now + monitor.interval().toNanos());
  }

  /** A heartbeat has beaten. */
  void beat(Watch watch, Beat beat, @Nullable String message) {
    synchronized (watch) {
      if (!watch.monitor().enabled() || watch.deleted) {
        return;
      }
      long now = clock.nanos();
      Instant at = clock.now();
      watch.lastBeat = now;
      long latency = watch.workBegan == null ? 0 : (now - watch.workBeganNanos) / 1_000;
      switch (beat) {
        case START -> {
          watch.workBegan = at;
          watch.workBeganNanos = now;
        }
        case DONE, FAIL -> {
          watch.workBegan = null;
          boolean done = beat == Beat.DONE;
          judge.heard(
              watch,
              new Sample(
                  at,
                  done ? Outcome.UP : Outcome.DOWN,
                  latency,
                  Phases.UNREACHED,
                  message != null ? message : done ? null : "the job reported a failure",
                  List.of()));
        }
      }
      put(watch, deadline(watch));
    }
  }

  /** What a monitor's probe knocks at, for the bound per host. */
  private static String host(Monitor monitor) {
    return monitor.target().host().toLowerCase(Locale.ROOT);
  }
}
