package io.serversence.schedule;

import io.serversence.monitor.Evidence;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import io.serversence.probe.ProbeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Targets whose answers a test sets, in a time that it moves by hand. */
final class SimulatedTargets implements Probes {
  private record Task(long at, long order, Runnable work) {}

  private final HandClock clock;
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
  private final Map<String, Outcome> outcomes = new HashMap<>();
  private final Map<String, Duration> delays = new HashMap<>();
  final Map<String, List<Long>> starts = new HashMap<>();
  int running;
  int mostRunning;
  private long order;

  SimulatedTargets(HandClock clock) {
    this.clock = clock;
  }

  void answers(String monitor, Outcome outcome) {
    outcomes.put(monitor, outcome);
  }

  void takes(String monitor, Duration delay) {
    delays.put(monitor, delay);
  }

  @Override
  public void at(long nanos, Runnable task) {
    tasks.add(new Task(nanos, order++, task));
  }

  @Override
  public CompletionStage<ProbeResult> probe(Monitor monitor, boolean evidenceAlways) {
    starts.computeIfAbsent(monitor.id(), k -> new ArrayList<>()).add(clock.nanos());
    running++;
    mostRunning = Math.max(mostRunning, running);
    Sample sample =
        new Sample(
            clock.now(),
            outcomes.getOrDefault(monitor.id(), Outcome.UP),
            1_000,
            Phases.UNREACHED,
            null,
            List.of());
    CompletableFuture<ProbeResult> answer = new CompletableFuture<>();
    Duration delay = delays.getOrDefault(monitor.id(), Duration.ofMillis(1));
    at(
        clock.nanos() + delay.toNanos(),
        () -> {
          running--;
          answer.complete(new ProbeResult(sample, Evidence.NONE));
        });
    return answer;
  }

  /** Does what is due up to a time, at its times. */
  void runUntil(long nanos) {
    while (!tasks.isEmpty() && tasks.peek().at() <= nanos) {
      Task task = tasks.remove();
      clock.moveTo(task.at());
      task.work().run();
    }
    clock.moveTo(nanos);
  }
}
