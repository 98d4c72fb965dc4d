package io.serversence.schedule;

import io.serversence.monitor.Condition;
import io.serversence.monitor.ConditionSyntaxException;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Sample;
import io.serversence.monitor.Severity;
import io.serversence.monitor.Target;
import io.serversence.monitor.Thresholds;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Hosts that tell whether ServerSence itself has a network. A failing sample counts only if, since
 * its probe began, some target or some witness could be reached. Without witnesses the rule is off.
 * Times are nanoseconds of the monotonic clock. Safe for use by many threads.
 */
final class Witnesses {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final Clock clock;
  private final Probes probes;
  private final List<Monitor> witnesses;
  private final boolean loopbackCounts;
  private final List<Asking> asking = new ArrayList<>();
  private long lastSign;
  private boolean checking;

  private record Asking(long since, Consumer<Boolean> answer) {}

  /**
   * The witnesses.
   *
   * @param addresses such as {@code tcp://192.0.2.1:53}, validated by the settings
   */
  Witnesses(Clock clock, Probes probes, List<URI> addresses) {
    this.clock = clock;
    this.probes = probes;
    this.witnesses = addresses.stream().map(Witnesses::monitor).toList();
    this.loopbackCounts = addresses.stream().anyMatch(a -> loopback(a.getHost()));
    this.lastSign = clock.nanos();
  }

  /** Notes a success as a sign of network; one on this very machine is none. */
  void hear(Target target, Sample sample) {
    if (witnesses.isEmpty() || !reached(sample) || (!loopbackCounts && loopback(target.host()))) {
      return;
    }
    synchronized (this) {
      lastSign = clock.nanos();
    }
  }

  /** True if nothing has shown since {@code since} that there is a network. */
  synchronized boolean mustBeAsked(long since) {
    return !witnesses.isEmpty() && lastSign - since < 0;
  }

  /**
   * Asks all witnesses, several askers at once where they coincide.
   *
   * @param answer is told whether there was a network since {@code since}, within 2 s
   */
  void ask(long since, Consumer<Boolean> answer) {
    synchronized (this) {
      asking.add(new Asking(since, answer));
      if (checking) {
        return;
      }
      checking = true;
    }
    AtomicInteger left = new AtomicInteger(witnesses.size());
    for (Monitor witness : witnesses) {
      probes
          .probe(witness, false)
          .whenComplete(
              (result, failure) -> {
                boolean sign = failure == null && reached(result.sample());
                if (sign || left.decrementAndGet() == 0) {
                  answer(sign);
                }
              });
    }
  }

  private void answer(boolean sign) {
    List<Asking> answered;
    long sawLast;
    synchronized (this) {
      if (sign) {
        lastSign = clock.nanos();
      }
      sawLast = lastSign;
      answered = List.copyOf(asking);
      asking.clear();
      checking = false;
    }
    answered.forEach(a -> a.answer().accept(sawLast - a.since() >= 0));
  }

  private static boolean reached(Sample sample) {
    return sample.outcome() == Outcome.UP || sample.outcome() == Outcome.DEGRADED;
  }

  private static boolean loopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.startsWith("127.")
        || host.equals("::1")
        || host.equals("[::1]");
  }

  private static Monitor monitor(URI address) {
    try {
      return new Monitor(
          "witness",
          "witness",
          null,
          List.of(),
          "",
          true,
          new Target.Tcp(address.getHost(), address.getPort(), null, null),
          List.of(Condition.parse("[CONNECTED] == true")),
          List.of(),
          TIMEOUT,
          TIMEOUT,
          TIMEOUT,
          Thresholds.DEFAULT,
          List.of(),
          Severity.INFO);
    } catch (ConditionSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
