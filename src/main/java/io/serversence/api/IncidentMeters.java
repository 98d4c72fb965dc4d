package io.serversence.api;

import io.serversence.document.MeterSource;
import io.serversence.document.MeterWriter;
import io.serversence.history.IncidentStore;
import io.serversence.monitor.Catalogue;
import io.serversence.monitor.ConfiguredMonitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.Map;

/**
 * How many incidents each monitor has had. Counted in the database at most every 30 s; while that
 * is away, the last count stands.
 */
@ApplicationScoped
public class IncidentMeters implements MeterSource {
  private static final System.Logger LOG = System.getLogger(IncidentMeters.class.getName());
  private static final long FRESH_NANOS = 30_000_000_000L;

  private record Counts(Map<Integer, Long> byMonitor, long at) {}

  @Inject IncidentStore history;
  @Inject Catalogue catalogue;

  private volatile Counts counts = new Counts(Map.of(), System.nanoTime() - FRESH_NANOS - 1);

  @Override
  public void write(MeterWriter writer) {
    Counts known = counts;
    if (System.nanoTime() - known.at() > FRESH_NANOS) {
      known = counted(known);
      counts = known;
    }
    for (ConfiguredMonitor monitor : catalogue.all()) {
      writer.counter(
          "serversence_monitor_incidents_total",
          "Incidents that the monitor has had.",
          known.byMonitor().getOrDefault(monitor.n(), 0L),
          "monitor",
          monitor.id());
    }
  }

  private Counts counted(Counts before) {
    try {
      return new Counts(history.counts(), System.nanoTime());
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "incidents cannot be counted now", e);
      return new Counts(before.byMonitor(), System.nanoTime());
    }
  }
}
