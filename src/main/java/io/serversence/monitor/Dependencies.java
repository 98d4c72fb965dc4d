package io.serversence.monitor;

import io.serversence.document.InvalidDocument;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What monitors depend on. Pure functions of the monitors there are. */
public final class Dependencies {
  private Dependencies() {}

  /**
   * Refuses a monitor that would depend on itself, over whatever others.
   *
   * @throws InvalidDocument with the path
   */
  public static void check(Monitor monitor, Function<String, @Nullable Monitor> others) {
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
      Monitor found = others.apply(at);
      for (String parent : found == null ? List.<String>of() : found.dependsOn()) {
        if (cameFrom.putIfAbsent(parent, at) == null) {
          next.add(parent);
        }
      }
    }
  }

  /**
   * A monitor that depends on itself, over whatever others, or null if none does. Takes time in
   * proportion to what there is.
   */
  public static @Nullable Monitor cyclic(Map<String, Monitor> all) {
    Set<String> done = new HashSet<>();
    for (String start : all.keySet()) {
      Deque<String> way = new ArrayDeque<>();
      Set<String> onWay = new HashSet<>();
      way.push(start);
      while (!way.isEmpty()) {
        String at = way.peek();
        Monitor monitor = all.get(at);
        onWay.add(at);
        String further = null;
        for (String parent : monitor == null ? List.<String>of() : monitor.dependsOn()) {
          if (onWay.contains(parent) && !done.contains(parent)) {
            return all.get(parent);
          }
          if (all.containsKey(parent) && !done.contains(parent)) {
            further = parent;
          }
        }
        if (further == null) {
          done.add(at);
          onWay.remove(way.pop());
        } else {
          way.push(further);
        }
      }
    }
    return null;
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
