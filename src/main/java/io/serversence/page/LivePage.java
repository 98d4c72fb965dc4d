package io.serversence.page;

import io.serversence.database.Kept;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.page.StatusView.Row;
import io.serversence.page.StatusViews.Recorded;
import io.serversence.stream.Change;
import io.serversence.stream.Edition;
import io.serversence.stream.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A status page that is being read live. What the database knows of it is found out elsewhere, so
 * that a change shows at once however slow that is. {@link #changed}, {@link #recorded} and {@link
 * #topic} are safe for use by many threads; all else is for one.
 */
final class LivePage {
  /** It changes no more often than this, however much happens. */
  static final long LEAST = Duration.ofMillis(250).toNanos();

  /** What begins or ends with time alone shows after this. */
  private static final long MOST = Duration.ofSeconds(10).toNanos();

  private static final long RECORD_EVERY = Duration.ofMinutes(1).toNanos();

  /** Who reads is told the present after this, though the past is not known yet. */
  private static final long PATIENCE = Duration.ofSeconds(2).toNanos();

  /** What is told to some and not to others. */
  private record Kind(PageForm form, PageLanguage language) {}

  private final long begun;
  private final Map<Kind, Topic> topics = new HashMap<>(); // guarded by this
  private final Map<Kind, Map<Row, String>> written = new HashMap<>();
  private volatile Kept<StatusPage> kept;
  private volatile @Nullable Recorded recorded;
  private volatile boolean dirty = true;
  private volatile boolean recordSoon = true;
  private volatile boolean recording;
  private boolean everPublished;
  private boolean told;
  private boolean toldPast;
  private int windows;
  private long refreshed;
  private long recordedAt;
  private long readAt;

  /** One that nothing is known of yet, at a time of the monotonic clock. */
  LivePage(Kept<StatusPage> kept, long now) {
    this.kept = kept;
    this.begun = now;
    this.refreshed = now - LEAST;
    this.readAt = now;
    this.everPublished = kept.value().published();
  }

  /** What is told in a form and a language. */
  synchronized Topic topic(PageForm form, PageLanguage language) {
    return topics.computeIfAbsent(
        new Kind(form, language),
        kind -> {
          dirty = true;
          return new Topic();
        });
  }

  private synchronized Map<Kind, Topic> topics() {
    return Map.copyOf(topics);
  }

  /** Something happened; true if it may be of this page. */
  boolean changed(List<Change> changes) {
    boolean mine = false;
    for (Change change : changes) {
      if (change instanceof Change.MonitorChanged) {
        mine = true;
      } else if (change instanceof Change.StateChanged state) {
        mine |= shows(state.monitor());
      } else if (change instanceof Change.Muted muted) {
        mine |= muted.monitors().stream().anyMatch(this::shows);
      } else if (change instanceof Change.IncidentChanged incident
          && incident.monitor() != null
          && shows(incident.monitor())) {
        mine = true;
        if (!incident.incident().unresolved()) {
          recordSoon = true;
        }
      }
    }
    if (mine) {
      dirty = true;
    }
    return mine;
  }

  private boolean shows(ConfiguredMonitor monitor) {
    return kept.value().shows(monitor.monitor());
  }

  /**
   * Takes the page as it is configured now.
   *
   * @param current null if it is there no longer
   * @param windowsNow differs after each change of the maintenance windows
   * @return false if those who read it may do so no longer
   */
  boolean configured(@Nullable Kept<StatusPage> current, int windowsNow) {
    if (current == null || !current.createdAt().equals(kept.createdAt())) {
      return false;
    }
    if (current.revision() != kept.revision()) {
      dirty = true;
      recordSoon = true;
    }
    if (windowsNow != windows) {
      dirty = true;
    }
    windows = windowsNow;
    kept = current;
    everPublished |= current.value().published();
    return current.value().published() || !everPublished;
  }

  Kept<StatusPage> kept() {
    return kept;
  }

  /** How long nobody has read it, in nanoseconds. */
  long unreadFor(long now) {
    if (topics().values().stream().anyMatch(topic -> topic.readers() > 0)) {
      readAt = now;
    }
    return now - readAt;
  }

  /** True, once each time, if what the database knows is to be read again. */
  boolean wantsRecord(long now) {
    Recorded known = recorded;
    long every = known == null || known.known() ? RECORD_EVERY : MOST;
    boolean due = recordSoon || now - recordedAt >= every;
    if (!due || recording) {
      return false;
    }
    recording = true;
    recordSoon = false;
    recordedAt = now;
    return true;
  }

  /** What the database knows; null if nobody could ask it. */
  void recorded(@Nullable Recorded known) {
    if (known != null) {
      recorded = known;
      dirty = true;
    }
    recording = false;
  }

  /** Nanoseconds until it is to be refreshed. */
  long due(long now) {
    if (recorded == null && !told && now - begun < PATIENCE) {
      return begun + PATIENCE - now;
    }
    return Math.max(0, refreshed + (dirty ? LEAST : MOST) - now);
  }

  /** Tells the readers what is new. */
  void refresh(StatusViews views, Instant at, long now) {
    refreshed = now;
    dirty = false;
    Recorded known = recorded;
    StatusView view = views.view(kept, known == null ? Recorded.NOTHING : known, at);
    if (!told || view.days() != toldPast) { // of which a row says more or less
      written.clear();
    }
    told = true;
    toldPast = view.days();
    topics().forEach((kind, topic) -> topic.tell(edition(kind, topic, view)));
  }

  private Edition edition(Kind kind, Topic topic, StatusView view) {
    Map<Row, String> before = written.getOrDefault(kind, Map.of());
    Map<Row, String> after = new LinkedHashMap<>();
    Map<String, String> rows = new LinkedHashMap<>();
    Function<Row, String> writing = kind.form().rows(view, kind.language());
    for (Row row : view.rows()) {
      String known = before.get(row);
      String json = known == null ? writing.apply(row) : known;
      after.put(row, json);
      rows.put(row.id(), json);
    }
    written.put(kind, after);
    Edition last = topic.edition();
    Map<String, String> fields = kind.form().fields(view, kind.language());
    return last == null
        ? Edition.first(view.at(), fields, rows)
        : last.next(view.at(), fields, rows);
  }

  /** Ends all who read it. */
  void end(boolean forGood) {
    topics().values().forEach(topic -> topic.end(forGood));
  }
}
