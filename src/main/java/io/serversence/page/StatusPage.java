package io.serversence.page;

import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Monitor;
import io.serversence.mute.Match;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A page for people outside, as configured. Immutable and valid: {@link StatusPageDocument} makes
 * them.
 *
 * @param id the key
 * @param description what is said below the title; may be empty
 * @param monitors the keys of what is shown, in this order; some may have been deleted since
 * @param match what is shown after them, ordered by name, or null for nothing more
 * @param published whether anyone may see it
 */
public record StatusPage(
    String id,
    String title,
    String description,
    List<String> monitors,
    @Nullable Match match,
    boolean published) {
  /** So many monitors are shown at the most. */
  public static final int MOST = 500;

  private static final Comparator<ConfiguredMonitor> BY_NAME =
      Comparator.comparing((ConfiguredMonitor m) -> m.monitor().name())
          .thenComparing(ConfiguredMonitor::id);

  public StatusPage {
    monitors = List.copyOf(monitors);
  }

  /** The same without those named monitors that are not there. */
  public StatusPage naming(Predicate<String> isMonitor) {
    List<String> left = monitors.stream().filter(isMonitor).toList();
    return left.size() == monitors.size()
        ? this
        : new StatusPage(id, title, description, left, match, published);
  }

  /** Whether a monitor is meant to be on the page. */
  public boolean shows(Monitor monitor) {
    return monitors.contains(monitor.id()) || (match != null && match.accepts(monitor));
  }

  /** The monitors on the page, of all that there are, in the order in which they are shown. */
  public List<ConfiguredMonitor> of(List<ConfiguredMonitor> all) {
    Map<String, ConfiguredMonitor> named = new HashMap<>();
    List<ConfiguredMonitor> matched = new ArrayList<>();
    for (ConfiguredMonitor monitor : all) {
      if (monitors.contains(monitor.id())) {
        named.put(monitor.id(), monitor);
      } else if (match != null && match.accepts(monitor.monitor())) {
        matched.add(monitor);
      }
    }
    matched.sort(BY_NAME);
    List<ConfiguredMonitor> shown = new ArrayList<>();
    for (String key : monitors) {
      ConfiguredMonitor monitor = named.get(key);
      if (monitor != null) {
        shown.add(monitor);
      }
    }
    shown.addAll(matched);
    return shown.size() <= MOST ? shown : shown.subList(0, MOST);
  }
}
