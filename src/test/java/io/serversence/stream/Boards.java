package io.serversence.stream;

import io.serversence.access.Caller;
import io.serversence.access.Gate;
import io.serversence.access.Role;
import io.serversence.access.Vouched;
import io.serversence.incident.Ids;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentState;
import io.serversence.incident.TimelineEntry;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Evidence;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.MonitorState;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import io.serversence.monitor.Severity;
import io.serversence.monitor.Target;
import io.serversence.monitor.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;

/** Material for tests of the stream. */
final class Boards {
  static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123Z");
  static final Caller ANNA = new Caller("anna", Role.VIEWER, false);

  private Boards() {}

  static ConfiguredMonitor monitor(int n) {
    return monitor(n, "m" + n, "g" + n % 3, List.of("t" + n % 2));
  }

  static ConfiguredMonitor monitor(int n, String id, String group, List<String> tags) {
    Monitor monitor =
        new Monitor(
            id,
            "Monitor " + n,
            group,
            tags,
            "",
            true,
            new Target.Heartbeat(Duration.ofSeconds(1), "secret"),
            List.of(),
            List.of(),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Thresholds.DEFAULT,
            List.of(),
            n % 4 == 0 ? Severity.INFO : Severity.CRITICAL);
    return new ConfiguredMonitor(n, monitor, 1, false, NOW, NOW);
  }

  static BoardEntry entry(int n) {
    return new BoardEntry(monitor(n), MonitorState.UP, NOW, null, null, null, null);
  }

  static Change sample(int n, long latency) {
    Sample sample = new Sample(NOW, Outcome.UP, latency, Phases.UNREACHED, null, List.of());
    return new Change.SampleTaken(monitor(n), sample, null);
  }

  static Change state(int n, MonitorState to, long at) {
    return new Change.StateChanged(monitor(n), to, NOW.plusMillis(at));
  }

  static Incident open(int n) {
    return new Incident(
        Ids.at(NOW),
        n,
        "m" + n,
        Severity.CRITICAL,
        IncidentState.OPEN,
        NOW,
        NOW,
        null,
        null,
        null,
        null,
        null,
        "connection refused",
        Evidence.NONE,
        Phases.UNREACHED,
        List.of());
  }

  static Change incident(int n, Incident incident, String type) {
    TimelineEntry entry =
        new TimelineEntry(Ids.at(NOW), incident.id(), NOW, type, null, "a \"quoted\" text");
    return new Change.IncidentChanged(monitor(n), incident, entry);
  }

  /** Believes everyone until told otherwise. */
  static final class FakeGate implements Gate {
    boolean valid = true;

    @Override
    public Caller identify(String authorization, String cookies, String address, Vouched vouched) {
      return ANNA;
    }

    @Override
    public boolean stillValid(Caller caller) {
      return valid;
    }
  }

  /** A clock that is moved by hand. */
  static final class FakeNanos implements LongSupplier {
    private long now = 1_000_000_000L;

    @Override
    public long getAsLong() {
      return now;
    }

    void forward(Duration by) {
      now += by.toNanos();
    }
  }
}
