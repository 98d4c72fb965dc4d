package io.serversence.alert;

import io.serversence.monitor.Monitor;
import io.serversence.monitor.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides which channels are told of a monitor. Pure functions. */
final class Router {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LONGEST = 390;

  private Router() {}

  /**
   * The channels to tell, each once: the first route that matches, and those after it as long as
   * each says so; where none matches, the default channels.
   *
   * @param routes in their order
   * @param channels those there are and may be used
   */
  static List<Target> targets(
      Monitor monitor, List<Route> routes, Collection<Channel> channels, Instant now) {
    Map<String, Channel> usable = new LinkedHashMap<>();
    channels.stream().filter(Channel::enabled).forEach(c -> usable.put(c.id(), c));
    Map<String, Target> targets = new LinkedHashMap<>();
    boolean matched = false;
    for (Route route : routes) {
      if (route.match().accepts(monitor)) {
        matched = true;
        boolean quiet = route.quietHours() != null && route.quietHours().cover(now);
        for (String channel : route.channels()) {
          if (usable.containsKey(channel)) {
            Target target = target(monitor, route, channel, quiet);
            targets.merge(channel, target, (a, b) -> a.quiet() && !b.quiet() ? b : a);
          }
        }
        if (!route.goesOn()) {
          break;
        }
      }
    }
    if (!matched) {
      usable.values().stream()
          .filter(Channel::isDefault)
          .forEach(c -> targets.put(c.id(), byDefault(monitor, c.id())));
    }
    return new ArrayList<>(targets.values());
  }

  private static Target target(Monitor monitor, Route route, String channel, boolean quiet) {
    return new Target(
        channel,
        group(route.id(), route.groupBy(), monitor),
        route.groupWait() == null ? patience(monitor.severity()) : route.groupWait(),
        route.groupInterval(),
        route.repeatInterval(),
        quiet,
        route.escalation(),
        route.id());
  }

  private static Target byDefault(Monitor monitor, String channel) {
    return new Target(
        channel,
        group("", List.of(Route.GroupBy.GROUP), monitor),
        patience(monitor.severity()),
        Route.INTERVAL,
        Route.REPEAT,
        false,
        List.of(),
        null);
  }

  private static Duration patience(Severity severity) {
    return severity == Severity.CRITICAL ? Duration.ZERO : PATIENCE;
  }

  /** A monitor without a group has nothing in common with others, and is a group of its own. */
  static String group(String route, List<Route.GroupBy> by, Monitor monitor) {
    StringBuilder key = new StringBuilder(route);
    for (Route.GroupBy each : by) {
      String group = monitor.group();
      key.append(
          switch (each) {
            case GROUP -> group == null ? own(monitor) : "/group=" + group;
            case TAG ->
                monitor.tags().isEmpty()
                    ? own(monitor)
                    : "/tags=" + String.join(",", monitor.tags().stream().sorted().toList());
            case MONITOR -> own(monitor);
          });
    }
    return shortened(key.toString());
  }

  private static String own(Monitor monitor) {
    return "/monitor=" + monitor.id();
  }

  private static String shortened(String key) {
    return key.length() <= LONGEST
        ? key
        : key.substring(0, LONGEST - 9).replaceFirst("[\\ud800-\\udbff]$", "")
            + "#"
            + Integer.toHexString(key.hashCode());
  }
}
