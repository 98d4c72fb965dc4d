package io.serversence.api;

import io.serversence.history.HistoryStore;
import io.serversence.monitor.Catalogue;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Monitor;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What a report is asked about: a window, and monitors by group and tag. */
record ReportQuestion(Query.Window window, List<ConfiguredMonitor> monitors, Instant now) {
  /**
   * Reads it from a query, to its end.
   *
   * @throws io.serversence.document.InvalidDocument if there is a fault in it
   */
  static ReportQuestion read(Asked asked, Catalogue catalogue) {
    Query query = asked.query();
    Instant now = asked.now();
    Query.Window window = query.window(now);
    Set<String> groups = query.texts("group", 100);
    Set<String> tags = query.texts("tag", 100);
    query.finish();
    List<ConfiguredMonitor> monitors =
        catalogue.all().stream().filter(m -> isIn(m.monitor(), groups, tags)).toList();
    if (HistoryStore.days(monitors, window.from(), window.to(), now) > HistoryStore.MOST_DAYS) {
      query.fault(
          "from",
          "would take more than "
              + HistoryStore.MOST_DAYS
              + " days of monitors; take a shorter window or fewer monitors");
      query.finish();
    }
    return new ReportQuestion(window, monitors, now);
  }

  private static boolean isIn(Monitor monitor, Set<String> groups, Set<String> tags) {
    return (groups.isEmpty() || (monitor.group() != null && groups.contains(monitor.group())))
        && (tags.isEmpty() || monitor.tags().stream().anyMatch(tags::contains));
  }
}
