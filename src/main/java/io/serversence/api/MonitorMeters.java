package io.serversence.api;

import io.serversence.document.MeterSource;
import io.serversence.document.MeterWriter;
import io.serversence.monitor.MonitorState;
import io.serversence.monitor.Sample;
import io.serversence.stream.BoardEntry;
import io.serversence.stream.EventStream;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** What Prometheus is told of each monitor. */
@ApplicationScoped
public class MonitorMeters implements MeterSource {
  @Inject EventStream stream;

  @Override
  public void write(MeterWriter writer) {
    for (BoardEntry entry : stream.board().entries()) {
      String id = entry.monitor().id();
      Double up = up(entry.state());
      if (up != null) {
        writer.gauge(
            "serversence_monitor_up", "Whether the monitor is up or degraded.", up, "monitor", id);
      }
      Sample sample = entry.lastSample();
      if (sample != null) {
        writer.gauge(
            "serversence_monitor_latency_seconds",
            "Latency of the newest probe.",
            sample.latency() / 1e6,
            "monitor",
            id);
      }
    }
  }

  /** Null where nothing is known: a missing figure is no outage. */
  private static @Nullable Double up(MonitorState state) {
    return switch (state) {
      case UP, DEGRADED -> 1.0;
      case DOWN -> 0.0;
      case UNKNOWN, PENDING, PAUSED -> null;
    };
  }
}
