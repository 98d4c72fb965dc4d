package io.serversence.page;

import io.serversence.database.DatabaseAway;
import io.serversence.database.Kept;
import io.serversence.history.HistoryPoint;
import io.serversence.history.HistoryStore;
import io.serversence.history.IncidentFilter;
import io.serversence.history.IncidentStore;
import io.serversence.history.Step;
import io.serversence.incident.Incident;
import io.serversence.monitor.Catalogue;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Monitor;
import io.serversence.mute.Muting;
import io.serversence.mute.Window;
import io.serversence.page.StatusView.Day;
import io.serversence.page.StatusView.Outage;
import io.serversence.page.StatusView.Row;
import io.serversence.page.StatusView.Work;
import io.serversence.stream.BoardEntry;
import io.serversence.stream.EventStream;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what status pages show. A view is made anew every two seconds at the most, and its
 * past once a minute, however many look. Safe for use by many threads.
 */
@ApplicationScoped
public class StatusViews {
  static final int DAYS = 90;
  static final int RECENT_DAYS = 14;
  private static final Duration RECENT = Duration.ofDays(RECENT_DAYS);
  private static final Duration SOON = Duration.ofDays(14);
  private static final int MOST_OUTAGES = 50;
  private static final int MOST_WORKS = 20;

  @Inject Catalogue catalogue;
  @Inject EventStream stream;
  @Inject Muting muting;
  @Inject HistoryStore history;
  @Inject IncidentStore incidents;

  private final Memo<String, StatusView> views =
      new Memo<>(Duration.ofSeconds(2), StatusPageStore.MOST, System::nanoTime);
  private final Memo<String, Map<Integer, Past>> pasts =
      new Memo<>(Duration.ofMinutes(1), StatusPageStore.MOST, System::nanoTime);

  private static final Comparator<Outage> NEWEST_OPEN_FIRST =
      Comparator.comparing((Outage outage) -> outage.endedAt() != null)
          .thenComparing(Comparator.comparing(Outage::id).reversed());

  /** What is known of the last days of a monitor. */
  record Past(@Nullable Double availability, List<Day> days) {
    static final Past NONE = new Past(null, List.of());
  }

  /**
   * What only the database knows of a page.
   *
   * @param past by the number of the monitor
   * @param ended the incidents that have ended lately
   * @param known false if it could not be read
   */
  record Recorded(Map<Integer, Past> past, List<Outage> ended, boolean known) {
    static final Recorded NOTHING = new Recorded(Map.of(), List.of(), false);
  }

  @SuppressWarnings("NullAway.Init") // CDI sets all
  public StatusViews() {}

  /** What a page shows now. */
  public StatusView of(Kept<StatusPage> kept, Instant now) {
    try {
      return views.get(version(kept), () -> view(kept, now));
    } catch (TimeoutException e) {
      throw new DatabaseAway("a status page took too long", e);
    }
  }

  /** Differs after each change of the page, and for another page of the same key. */
  private static String version(Kept<StatusPage> kept) {
    return kept.id() + "/" + kept.createdAt() + "/" + kept.revision();
  }

  private StatusView view(Kept<StatusPage> kept, Instant now) {
    return view(kept, recorded(kept, now), now);
  }

  /** What the database knows of a page, which takes its time; the past of a minute ago will do. */
  Recorded recorded(Kept<StatusPage> kept, Instant now) {
    List<ConfiguredMonitor> shown = kept.value().of(catalogue.all());
    try {
      Map<Integer, Past> past = pasts.get(version(kept), () -> past(shown, now));
      return new Recorded(past, outages(shown, now), true);
    } catch (DatabaseAway | TimeoutException e) {
      return Recorded.NOTHING; // the present is known all the same
    }
  }

  /** What a page shows now, put together in memory. */
  StatusView view(Kept<StatusPage> kept, Recorded recorded, Instant now) {
    List<ConfiguredMonitor> shown = kept.value().of(catalogue.all());
    List<Window> windows = muting.windows().all().stream().map(Kept::value).toList();
    List<Window> current =
        windows.stream().filter(w -> !w.spans(now, now.plusMillis(1)).isEmpty()).toList();
    List<Row> rows = new ArrayList<>();
    Map<String, Outage> outages = new LinkedHashMap<>(); // open ones first
    for (ConfiguredMonitor monitor : shown) {
      BoardEntry entry = stream.find(monitor.id()).orElse(null);
      boolean maintained = current.stream().anyMatch(w -> w.match().accepts(monitor.monitor()));
      Past past = recorded.past().getOrDefault(monitor.n(), Past.NONE);
      rows.add(row(monitor, entry, maintained, past));
      if (entry != null && entry.incident() != null && entry.monitor().n() == monitor.n()) {
        Outage outage = outage(entry.incident(), monitor.monitor());
        outages.put(outage.id(), outage);
      }
    }
    // of an incident that is open here and has ended there, the database is what is newer
    recorded.ended().forEach(outage -> outages.put(outage.id(), outage));
    List<Outage> ordered = new ArrayList<>(outages.values());
    ordered.sort(NEWEST_OPEN_FIRST);
    return new StatusView(
        kept.value(),
        kept.updatedAt(),
        now,
        rows,
        ordered.subList(0, Math.min(MOST_OUTAGES, ordered.size())),
        works(shown, windows, now),
        recorded.known());
  }

  private static Row row(
      ConfiguredMonitor configured, @Nullable BoardEntry entry, boolean maintained, Past past) {
    Monitor monitor = configured.monitor();
    PageState state = entry == null ? PageState.PENDING : PageState.of(entry.state(), maintained);
    Instant since = entry == null ? configured.createdAt() : entry.since();
    return new Row(monitor.id(), monitor.name(), state, since, past.availability(), past.days());
  }

  private Map<Integer, Past> past(List<ConfiguredMonitor> shown, Instant now) {
    List<Instant> bounds =
        Step.DAY.bounds(now.minus(Duration.ofDays(DAYS - 1)), now, ZoneOffset.UTC, DAYS);
    Map<Integer, Double> shares = new HashMap<>();
    history.availabilities(
        shown,
        bounds.get(0),
        now,
        now,
        (monitor, figures) -> {
          if (figures.availability() != null) {
            shares.put(monitor.n(), figures.availability());
          }
        });
    Map<Integer, Past> pasts = new HashMap<>();
    for (ConfiguredMonitor monitor : shown) {
      List<Day> days =
          history.points(monitor, Step.DAY, bounds, now).stream().map(StatusViews::day).toList();
      pasts.put(monitor.n(), new Past(shares.get(monitor.n()), days));
    }
    return pasts;
  }

  private static Day day(HistoryPoint point) {
    return new Day(point.availability(), point.degraded() * 100 > point.samples());
  }

  /** Those that have ended, of these very monitors, not of others that had their keys before. */
  private List<Outage> outages(List<ConfiguredMonitor> shown, Instant now) {
    if (shown.isEmpty()) {
      return List.of();
    }
    Map<Integer, Monitor> byNumber =
        shown.stream().collect(Collectors.toMap(m -> m.n(), m -> m.monitor()));
    Set<String> keys = shown.stream().map(ConfiguredMonitor::id).collect(Collectors.toSet());
    IncidentFilter filter =
        new IncidentFilter(
            keys, Set.of(), Set.of(), Set.of(), Set.of(), now.minus(RECENT), null, null);
    List<Outage> outages = new ArrayList<>();
    for (Incident incident : incidents.page(filter, null, MOST_OUTAGES)) {
      Monitor monitor = byNumber.get(incident.n());
      if (monitor != null && !incident.unresolved()) {
        outages.add(outage(incident, monitor));
      }
    }
    return outages;
  }

  private static Outage outage(Incident incident, Monitor monitor) {
    Instant resolved = incident.resolvedAt();
    Instant acknowledged = incident.acknowledgedAt();
    return new Outage(
        incident.id().toString(),
        monitor.id(),
        monitor.name(),
        incident.startedAt(),
        incident.unresolved() ? null : incident.endedAt() == null ? resolved : incident.endedAt(),
        acknowledged != null,
        resolved != null ? resolved : acknowledged != null ? acknowledged : incident.openedAt());
  }

  private static List<Work> works(
      List<ConfiguredMonitor> shown, List<Window> windows, Instant now) {
    List<Work> works = new ArrayList<>();
    for (Window window : windows) {
      List<String> names =
          shown.stream()
              .map(ConfiguredMonitor::monitor)
              .filter(window.match()::accepts)
              .map(Monitor::name)
              .toList();
      if (!names.isEmpty()) {
        Instant end = now.plus(SOON); // spans are cut to what is asked for
        window.spans(now.minus(window.duration()), end.plus(window.duration())).stream()
            .filter(span -> span.to().isAfter(now) && span.from().isBefore(end))
            .limit(MOST_WORKS)
            .forEach(span -> works.add(new Work(window.name(), span.from(), span.to(), names)));
      }
    }
    works.sort(Comparator.comparing(Work::startsAt));
    return works.subList(0, Math.min(MOST_WORKS, works.size()));
  }

  /** The incidents of a page, as a feed. */
  public AtomFeed feed(Kept<StatusPage> kept, String self, String link, Instant now) {
    StatusView view = of(kept, now);
    if (!view.days()) {
      throw new DatabaseAway("the incidents cannot be read");
    }
    return new AtomFeed(
        kept.value().title(),
        self,
        link,
        kept.updatedAt(),
        view.outages().stream()
            .sorted(Comparator.comparing(Outage::id).reversed())
            .map(outage -> AtomFeed.Entry.of(outage, link))
            .toList());
  }
}
