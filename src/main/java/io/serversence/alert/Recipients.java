package io.serversence.alert;

import io.serversence.document.Durations;
import io.serversence.document.Json;
import io.serversence.monitor.Monitor;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who would be told, were an incident of a monitor to open now; sends nothing. Pure functions. */
public final class Recipients {
  private Recipients() {}

  /**
   * The channels in the order in which they would be told. What mutes a monitor is not looked at.
   *
   * @param routes in any order
   * @param draft a route to try that is not stored, in place of that of its key; or null
   * @return {@code {"channels": [{"channel", "route", "quiet", "after"}]}}: a route is null for a
   *     default channel, {@code after} null for what is told at once
   */
  public static JsonObject of(
      Monitor monitor,
      Collection<Route> routes,
      @Nullable Route draft,
      Collection<Channel> channels,
      Instant now) {
    List<Route> tried = new ArrayList<>(routes);
    if (draft != null) {
      tried.removeIf(route -> route.id().equals(draft.id()));
      tried.add(draft);
    }
    tried.sort(RouteStore.ORDER);
    List<Target> targets = Router.targets(monitor, tried, channels, now);
    JsonArrayBuilder told = Json.array();
    targets.forEach(target -> told.add(told(target, target.channel(), null)));
    for (Target target : targets) {
      for (Route.Escalation step : target.escalation()) {
        String after = Durations.format(step.after());
        step.channels().forEach(channel -> told.add(told(target, channel, after)));
      }
    }
    return Json.object().add("channels", told).build();
  }

  private static JsonObject told(Target target, String channel, @Nullable String after) {
    return Json.object()
        .add("channel", channel)
        .add("route", target.route() == null ? JsonValue.NULL : Json.string(target.route()))
        .add("quiet", target.quiet())
        .add("after", after == null ? JsonValue.NULL : Json.string(after))
        .build();
  }
}
