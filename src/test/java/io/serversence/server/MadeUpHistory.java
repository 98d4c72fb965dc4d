package io.serversence.server;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Route;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers what a page asks of a monitor's history, in place of a server that is too young to have
 * one. The second fifth of each window was not observed, and an incident was in the fourth.
 */
final class MadeUpHistory {
  private static final Map<String, Duration> STEPS =
      Map.of(
          "1m", Duration.ofMinutes(1),
          "5m", Duration.ofMinutes(5),
          "1h", Duration.ofHours(1),
          "1d", Duration.ofDays(1));

  private final List<Map<String, String>> questions =
      Collections.synchronizedList(new ArrayList<>());

  MadeUpHistory(BrowserContext context) {
    context.route(url -> url.contains("/history?"), this::history);
    context.route(url -> url.contains("/incidents?monitor="), this::incidents);
    context.route(url -> url.contains("/incidents?from="), this::incidents);
  }

  /** What was asked of the history, the last at the end. */
  List<Map<String, String>> questions() {
    return List.copyOf(questions);
  }

  /** How long the window is that was asked for last. */
  Duration asked() {
    Map<String, String> last = questions.get(questions.size() - 1);
    return Duration.between(Instant.parse(last.get("from")), Instant.parse(last.get("to")));
  }

  private void history(Route route) {
    Map<String, String> query = query(route);
    Instant from = Instant.parse(query.get("from"));
    Instant to = Instant.parse(query.get("to"));
    if (Duration.between(from, to).toDays() != 89) { // that is the bars of days
      questions.add(query);
    }
    String step = query.getOrDefault("step", "5m");
    long seconds = STEPS.get(step).toSeconds();
    JsonArrayBuilder points = Json.createArrayBuilder();
    Instant at = Instant.ofEpochSecond(from.getEpochSecond() / seconds * seconds);
    for (; at.isBefore(to); at = at.plusSeconds(seconds)) {
      points.add(point(at, part(from, to, at)));
    }
    answer(route, Json.createObjectBuilder().add("step", step).add("points", points));
  }

  /** In which fifth of a window a time is, from 0. */
  private static int part(Instant from, Instant to, Instant at) {
    return (int)
        (5 * Duration.between(from, at).toMillis() / Duration.between(from, to).toMillis());
  }

  private static JsonObjectBuilder point(Instant at, int part) {
    JsonObjectBuilder point = Json.createObjectBuilder().add("at", at.toString());
    if (part == 1) {
      point.add("samples", 0);
      for (String name : List.of("up", "degraded", "down", "unknown", "availability")) {
        point.addNull(name);
      }
      return point.addNull("p50Ms").addNull("p95Ms").addNull("p99Ms");
    }
    int down = part == 3 ? 6 : 0;
    return point
        .add("samples", 60)
        .add("up", 60 - down)
        .add("degraded", 0)
        .add("down", down)
        .add("unknown", 0)
        .add("availability", 1 - down / 60.0)
        .add("p50Ms", 400)
        .add("p95Ms", 900)
        .add("p99Ms", 1_234);
  }

  private void incidents(Route route) {
    Instant now = Instant.now();
    JsonObjectBuilder incident =
        Json.createObjectBuilder()
            .add("id", "made-up")
            .add("monitor", "charted")
            .add("state", "resolved")
            .add("startedAt", now.minus(Duration.ofMinutes(11)).toString())
            .add("endedAt", now.minus(Duration.ofMinutes(7)).toString())
            .add("cause", "status is 503");
    answer(route, Json.createObjectBuilder().add("items", Json.createArrayBuilder().add(incident)));
  }

  private static void answer(Route route, JsonObjectBuilder document) {
    route.fulfill(
        new Route.FulfillOptions()
            .setContentType("application/json")
            .setBody(document.build().toString()));
  }

  private static Map<String, String> query(Route route) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : URI.create(route.request().url()).getRawQuery().split("&", -1)) {
      String[] both = pair.split("=", 2);
      values.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
    }
    return values;
  }
}
