package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Servers that probe thousands of monitors a second, and what became of the samples. */
final class Writing {
  /** So many of them are looked at one by one. */
  static final int WATCHED = 20;

  private Writing() {}

  /** A server, not started, with so many monitors of the farm at 1 s in a file. */
  static Server prepared(ServerPlan plan, TargetFarm farm, int monitors) {
    return prepared(plan, farm, monitors, "1s");
  }

  /** The same at another interval. */
  static Server prepared(ServerPlan plan, TargetFarm farm, int monitors, String interval) {
    Server server =
        plan.with("SERVERSENCE_CONFIG", plan.folder().resolve("monitors.yaml").toString())
            .prepared();
    StringBuilder yaml = new StringBuilder("monitors:\n");
    for (int i = 0; i < monitors; i++) {
      yaml.append(
          String.format(
              Locale.ROOT,
              "  - {id: t-%d, name: Target %d, group: %s, target: {type: http, url: \"%s\"},"
                  + " interval: %s, timeout: 1s, failureThreshold: 20}\n",
              i,
              i,
              i < WATCHED ? "watched" : "others",
              farm.url("/t/" + i),
              interval));
    }
    try {
      Files.writeString(plan.folder().resolve("monitors.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return server;
  }

  /** Reads what is told of the watched ones. */
  static EventReader reader(Server server, Published published) {
    return new EventReader(server, "?events=samples&group=watched", published);
  }

  /** The times of a monitor's samples in a window, newest first, as they are kept. */
  static List<String> kept(Api api, String monitor, Instant from, Instant to) {
    List<String> times = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonObject page =
          api.get(
                  "/api/monitors/"
                      + monitor
                      + "/samples?limit=500&from="
                      + from
                      + "&to="
                      + to
                      + cursor)
              .json();
      page.getJsonArray("items").getValuesAs(JsonObject.class).stream()
          .map(s -> s.getString("at"))
          .forEach(times::add);
      cursor = page.get("next") == JsonValue.NULL ? null : "&cursor=" + page.getString("next");
    }
    return times;
  }

  /** Each sample of the watched ones is kept once, in its order, and is in the roll-ups. */
  static long assertOnceAndAddedUp(Server server, Instant since, Instant until) {
    Instant from = since.plusSeconds(60).truncatedTo(ChronoUnit.MINUTES); // points are whole ones
    Instant to = until.truncatedTo(ChronoUnit.MINUTES);
    Api api = server.admin();
    long all = 0;
    for (int i = 0; i < WATCHED; i++) {
      List<String> times = kept(api, "t-" + i, from, to);
      assertThat(Set.copyOf(times)).hasSize(times.size());
      assertThat(times).isSortedAccordingTo((a, b) -> b.compareTo(a));
      long added =
          api
              .get("/api/monitors/t-" + i + "/history?step=1m&from=" + from + "&to=" + to)
              .json()
              .getJsonArray("points")
              .getValuesAs(JsonObject.class)
              .stream()
              .mapToLong(p -> p.getInt("samples"))
              .sum();
      assertThat(added).as("samples of t-%d in the roll-ups", i).isEqualTo(times.size());
      all += times.size();
    }
    return all;
  }
}
