package io.serversence.schedule;

import io.serversence.document.InvalidDocument;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Monitor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What monitors depend on. A pure function of the monitors there are. */
final class Dependencies {
  private Dependencies() {}

  /**
   * Refuses a monitor that would depend on itself, over whatever others.
   *
   * @throws InvalidDocument with the path
   */
  static void check(Monitor monitor, Function<String, @Nullable ConfiguredMonitor> others) {
    Map<String, String> cameFrom = new HashMap<>();
    Deque<String> next = new ArrayDeque<>();
    for (String parent : monitor.dependsOn()) {
      if (cameFrom.putIfAbsent(parent, monitor.id()) == null) {
        next.add(parent);
      }
    }
    while (!next.isEmpty()) {
      String at = next.remove();
      if (at.equals(monitor.id())) {
        throw new InvalidDocument("dependsOn", "makes a cycle: " + path(at, cameFrom));
      }
      ConfiguredMonitor found = others.apply(at);
      for (String parent : found == null ? List.<String>of() : found.monitor().dependsOn()) {
        if (cameFrom.putIfAbsent(parent, at) == null) {
          next.add(parent);
        }
      }
    }
  }

  private static String path(String id, Map<String, String> cameFrom) {
    Deque<String> path = new ArrayDeque<>();
    path.add(id);
    String at = String.valueOf(cameFrom.get(id));
    while (!at.equals(id)) {
      path.addFirst(at);
      at = String.valueOf(cameFrom.get(at));
    }
    path.addFirst(id);
    return String.join(" -> ", path);
  }
}
