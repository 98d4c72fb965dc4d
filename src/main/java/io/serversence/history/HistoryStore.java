package io.serversence.history;

import io.serversence.database.Database;
import io.serversence.monitor.ConfiguredMonitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Answers how monitors were over longer times. Safe for use by many threads; throws as {@link
 * Database} does.
 */
@ApplicationScoped
public class HistoryStore {
  /** There are none yet; what they exclude is decided in {@link Availability}. */
  private static final Spans MAINTENANCE = Spans.NONE;

  private static final int MONITORS_AT_ONCE = 500;

  /** Samples that one answer may take, so that none keeps the server busy for minutes. */
  public static final long MOST_SAMPLES = 5_000_000;

  private SampleStore samples;
  private IncidentStore incidents;
  private PauseStore pauses;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway.Init") // a proxy has no database of its own
  protected HistoryStore() {}

  @Inject
  public HistoryStore(Database database) {
    samples = new SampleStore(database);
    incidents = new IncidentStore(database);
    pauses = new PauseStore(database);
  }

  /**
   * About how many samples an answer takes, at least: what was configured before, and retries, are
   * not in it.
   */
  public static long samples(
      Collection<ConfiguredMonitor> monitors, Instant from, Instant to, Instant now) {
    long all = 0;
    for (ConfiguredMonitor monitor : monitors) {
      Instant start = from.isBefore(monitor.createdAt()) ? monitor.createdAt() : from;
      Instant end = to.isAfter(now) ? now : to;
      if (start.isBefore(end)) {
        all += Duration.between(start, end).dividedBy(monitor.monitor().interval());
      }
    }
    return all;
  }

  /**
   * The history of a monitor in steps; those without a sample are there too.
   *
   * @param bounds the start of each step, and after them the end of the last
   * @param now no sample covers time after it
   */
  public List<HistoryPoint> points(ConfiguredMonitor monitor, List<Instant> bounds, Instant now) {
    if (bounds.isEmpty()) {
      return List.of();
    }
    Instant from = bounds.get(0);
    Instant to = bounds.get(bounds.size() - 1);
    Steps steps = new Steps(bounds);
    Observation observation = new Observation();
    samples.scan(
        monitor.n(),
        from,
        to,
        monitor.monitor().reach(),
        (at, reach, outcome, latency) -> {
          observation.add(at, reach, outcome);
          steps.add(at, outcome, latency);
        });
    List<Integer> one = List.of(monitor.n());
    Spans observed =
        observation
            .until(Availability.micros(now))
            .without(pauses.pauses(one, from, to).getOrDefault(monitor.n(), Spans.NONE));
    List<Spans.Span> downs = incidents.downs(one, from, to).getOrDefault(monitor.n(), List.of());
    return steps.points(observed.without(MAINTENANCE), Spans.union(downs));
  }

  /** How well a monitor was in a window. */
  public Availability availability(
      ConfiguredMonitor monitor, Instant from, Instant to, Instant now) {
    List<Availability> found = new ArrayList<>();
    availabilities(List.of(monitor), from, to, now, (m, availability) -> found.add(availability));
    return found.get(0);
  }

  /**
   * How well each of these monitors was in a window, in their order, told one by one.
   *
   * @param now no sample covers time after it
   */
  public void availabilities(
      Collection<ConfiguredMonitor> monitors,
      Instant from,
      Instant to,
      Instant now,
      BiConsumer<ConfiguredMonitor, Availability> each) {
    List<ConfiguredMonitor> all = List.copyOf(monitors);
    for (int i = 0; i < all.size(); i += MONITORS_AT_ONCE) {
      List<ConfiguredMonitor> some = all.subList(i, Math.min(i + MONITORS_AT_ONCE, all.size()));
      List<Integer> numbers = some.stream().map(ConfiguredMonitor::n).toList();
      Map<Integer, List<Spans.Span>> downs = incidents.downs(numbers, from, to);
      Map<Integer, Spans> paused = pauses.pauses(numbers, from, to);
      for (ConfiguredMonitor monitor : some) {
        each.accept(
            monitor,
            Availability.of(
                Availability.micros(from),
                Availability.micros(to),
                observed(monitor, from, to, now)
                    .without(paused.getOrDefault(monitor.n(), Spans.NONE)),
                downs.getOrDefault(monitor.n(), List.of()),
                MAINTENANCE));
      }
    }
  }

  private Spans observed(ConfiguredMonitor monitor, Instant from, Instant to, Instant now) {
    Observation observation = new Observation();
    samples.scan(
        monitor.n(),
        from,
        to,
        monitor.monitor().reach(),
        (at, reach, outcome, latency) -> observation.add(at, reach, outcome));
    return observation.until(Availability.micros(now));
  }
}
