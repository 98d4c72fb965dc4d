package io.serversence.history;

import io.serversence.database.Database;
import io.serversence.database.Kept;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.mute.Muting;
import io.serversence.mute.Window;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers how monitors were over longer times, from what is folded and the samples that are not
 * yet. Safe for use by many threads; throws as {@link Database} does.
 */
@ApplicationScoped
public class HistoryStore {
  private static final int MONITORS_AT_ONCE = 500;

  /** Rows of days read at once, so that the heap holds few. */
  private static final int DAYS_AT_ONCE = 20_000;

  /** No sample reaches farther: an interval and a grace of a day each. */
  private static final Duration FARTHEST = Duration.ofHours(49);

  /** Days of monitors that one answer may take, so that none keeps the server busy for minutes. */
  public static final long MOST_DAYS = 2_000_000;

  private static final int TRIES = 5;

  private Database database;
  private SampleStore samples;
  private RollupStore rollups;
  private IncidentStore incidents;
  private PauseStore pauses;
  private RetentionTimes kept;
  private Supplier<List<Window>> windows;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway.Init") // a proxy has no database of its own
  protected HistoryStore() {}

  @Inject
  public HistoryStore(Database database, RetentionTimes kept, Muting muting) {
    this(database, kept, () -> muting.windows().all().stream().map(Kept::value).toList());
  }

  /**
   * A store.
   *
   * @param windows the maintenance windows there are
   */
  HistoryStore(Database database, RetentionTimes kept, Supplier<List<Window>> windows) {
    this.database = database;
    samples = new SampleStore(database);
    rollups = new RollupStore(database);
    incidents = new IncidentStore(database);
    pauses = new PauseStore(database);
    this.kept = kept;
    this.windows = windows;
  }

  /** About how many days of monitors an answer takes. */
  public static long days(
      Collection<ConfiguredMonitor> monitors, Instant from, Instant to, Instant now) {
    Instant end = to.isAfter(now) ? now : to;
    long all = 0;
    for (ConfiguredMonitor monitor : monitors) {
      Instant start = from.isBefore(monitor.createdAt()) ? monitor.createdAt() : from;
      all += start.isBefore(end) ? 1 + Duration.between(start, end).toDays() : 0;
    }
    return all;
  }

  /** The finest step of which all is kept since a moment. */
  public Step finest(ConfiguredMonitor monitor, Instant from, Instant now) {
    if (!from.isBefore(now.minus(kept.samples())) || minutesKept(monitor, from, now)) {
      return Step.MINUTE;
    }
    if (!from.isBefore(kept.since(Level.FIVE_MINUTES, now))) {
      return Step.FIVE_MINUTES;
    }
    return from.isBefore(kept.since(Level.HOUR, now)) ? Step.DAY : Step.HOUR;
  }

  private boolean minutesKept(ConfiguredMonitor monitor, Instant from, Instant now) {
    return monitor.monitor().interval().compareTo(Duration.ofMinutes(1)) < 0
        && !from.isBefore(kept.since(Level.MINUTE, now))
        && !rollups.anyWithoutMinutes(
            monitor.n(), Level.hourOf(from), Level.hourOf(now.minus(kept.samples())));
  }

  /**
   * The history of a monitor in steps; those without a sample are there too. Counts and latencies
   * of days that do not begin with an hour of UTC are exact while five minutes are kept, and those
   * of days that are not days of UTC while hours are; after that, what is kept of an hour or a day
   * counts to the day that its middle is in. Availability is always exact.
   *
   * @param bounds the start of each step, and after them the end of the last
   * @param now no sample covers time after it
   */
  public List<HistoryPoint> points(
      ConfiguredMonitor monitor, Step step, List<Instant> bounds, Instant now) {
    return bounds.isEmpty()
        ? List.of()
        : database.together(
            () -> walked(monitor, step, bounds, now, (s, o) -> points(monitor, s, o)));
  }

  /** How the latencies of a monitor were spread, in steps as those of {@link #points}. */
  public List<LatencyPoint> latencies(
      ConfiguredMonitor monitor, Step step, List<Instant> bounds, Instant now) {
    return bounds.isEmpty()
        ? List.of()
        : database.together(
            () -> walked(monitor, step, bounds, now, (steps, observed) -> steps.latencies()));
  }

  private List<HistoryPoint> points(ConfiguredMonitor monitor, Steps steps, Spans observed) {
    int n = monitor.n();
    Instant from = steps.from();
    Instant to = steps.to();
    List<Integer> one = List.of(n);
    Spans paused = pauses.pauses(one, from, to).getOrDefault(n, Spans.NONE);
    List<Spans.Span> downs =
        incidents.downs(one, from, to).getOrDefault(n, List.of()).stream()
            .map(Availability.Down::time)
            .toList();
    Spans maintained = new Maintained(windows.get(), from, to).of(monitor.monitor());
    return steps.points(observed.without(paused).without(maintained), Spans.union(downs));
  }

  /** Sorts all there is into steps, such that nothing is counted twice or not at all. */
  private <T> List<T> walked(
      ConfiguredMonitor monitor,
      Step step,
      List<Instant> bounds,
      Instant now,
      BiFunction<Steps, Spans, List<T>> end) {
    int n = monitor.n();
    Optional<Instant> oldest = samples.oldest(n);
    for (int left = TRIES; ; left--) {
      Steps steps = new Steps(bounds);
      Spans observed = observed(monitor, oldest, step, steps, now);
      Optional<Instant> meanwhile = samples.oldest(n);
      if (meanwhile.equals(oldest) || left == 0) {
        return end.apply(steps, observed);
      }
      oldest = meanwhile; // what was folded in between may have been counted twice
    }
  }

  private Spans observed(
      ConfiguredMonitor monitor, Optional<Instant> oldest, Step step, Steps steps, Instant now) {
    Instant from = steps.from();
    Instant to = steps.to();
    Observation fresh = new Observation();
    samples.scan(
        monitor.n(),
        oldest,
        from,
        to,
        monitor.monitor().reach(),
        (at, reach, outcome, latency) -> {
          fresh.add(at, reach, outcome);
          steps.add(at, outcome, latency);
        });
    Level level = step.level(steps.bounds(), kept, now);
    int end = Level.hourOf(to) + 1;
    int begin = Level.hourOf(from.minus(FARTHEST));
    if (level == Level.DAY) {
      Observed days =
          rollups.days(
              monitor.n(),
              begin,
              end,
              (start, bucket) -> steps.add(start + level.bucket() / 2, bucket));
      return together(days, fresh.observed(), now);
    }
    rollups.buckets(
        monitor.n(),
        level,
        Level.hourOf(from),
        end,
        (start, bucket) -> steps.add(start + level.bucket() / 2, bucket));
    if (level == Level.MINUTE) {
      rollups.samples(
          monitor.n(),
          Level.hourOf(from),
          end,
          (at, reach, outcome, latency) -> steps.add(at, outcome, latency));
    }
    Map<Integer, Observed> folded = rollups.observed(List.of(monitor.n()), begin, end);
    return together(folded.get(monitor.n()), fresh.observed(), now);
  }

  private static Spans together(@Nullable Observed folded, @Nullable Observed fresh, Instant now) {
    if (folded == null && fresh == null) {
      return Spans.NONE;
    }
    Observed all = folded == null ? fresh : fresh == null ? folded : folded.and(fresh);
    return all == null ? Spans.NONE : all.until(Availability.micros(now));
  }

  /** How well a monitor was in a window. */
  public Availability availability(
      ConfiguredMonitor monitor, Instant from, Instant to, Instant now) {
    List<Availability> found = new ArrayList<>();
    return database.together(
        () -> {
          availabilities(List.of(monitor), from, to, now, (m, figures) -> found.add(figures));
          return found.get(0);
        });
  }

  /** Tells {@link #tallies} as figures. */
  public void availabilities(
      Collection<ConfiguredMonitor> monitors,
      Instant from,
      Instant to,
      Instant now,
      BiConsumer<ConfiguredMonitor, Availability> each) {
    tallies(monitors, from, to, now, (monitor, tally) -> each.accept(monitor, tally.figures()));
  }

  /**
   * How well each of these monitors was in a window, in their order, told one by one.
   *
   * @param now no sample covers time after it
   */
  public void tallies(
      Collection<ConfiguredMonitor> monitors,
      Instant from,
      Instant to,
      Instant now,
      BiConsumer<ConfiguredMonitor, Tally> each) {
    List<ConfiguredMonitor> all = List.copyOf(monitors);
    int most = (int) Math.max(1, DAYS_AT_ONCE / (1 + days(all, from, to, now) / (1 + all.size())));
    int atOnce = Math.min(MONITORS_AT_ONCE, most);
    Maintained maintained = new Maintained(windows.get(), from, to);
    for (int i = 0; i < all.size(); i += atOnce) {
      List<ConfiguredMonitor> some = all.subList(i, Math.min(i + atOnce, all.size()));
      List<Integer> numbers = some.stream().map(ConfiguredMonitor::n).toList();
      Map<Integer, List<Availability.Down>> downs = incidents.downs(numbers, from, to);
      Map<Integer, Spans> paused = pauses.pauses(numbers, from, to);
      Map<Integer, Observed> fresh = fresh(some, from, to);
      Map<Integer, Observed> folded =
          rollups.observed(numbers, Level.hourOf(from.minus(FARTHEST)), Level.hourOf(to) + 1);
      for (ConfiguredMonitor monitor : some) {
        int n = monitor.n();
        each.accept(
            monitor,
            Tally.of(
                Availability.micros(from),
                Availability.micros(to),
                together(folded.get(n), fresh.get(n), now)
                    .without(paused.getOrDefault(n, Spans.NONE)),
                downs.getOrDefault(n, List.of()),
                maintained.of(monitor.monitor())));
      }
    }
  }

  /** Rows first: what is folded in between is found twice, which does no harm, and not never. */
  private Map<Integer, Observed> fresh(List<ConfiguredMonitor> some, Instant from, Instant to) {
    Map<Integer, Duration> usual = new HashMap<>();
    some.forEach(m -> usual.put(m.n(), m.monitor().reach()));
    return samples
        .observed(usual, from.minus(FARTHEST), to)
        .orElseGet(
            () -> {
              Map<Integer, Observation> observations = new HashMap<>();
              usual.forEach(
                  (n, reach) -> {
                    Observation observation = new Observation();
                    observations.put(n, observation);
                    samples.scan(
                        n,
                        samples.oldest(n),
                        from,
                        to,
                        reach,
                        (at, r, o, l) -> observation.add(at, r, o));
                  });
              return Observation.all(observations);
            });
  }
}
