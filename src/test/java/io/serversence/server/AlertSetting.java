package io.serversence.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A server from a configuration file: many monitors of a farm, whose alerts go to webhooks. */
final class AlertSetting {
  private AlertSetting() {}

  /**
   * Starts it.
   *
   * @param channels each is told of every so manieth monitor, each of which is a group of its own;
   *     0 for one channel that is told of all as it is by default
   */
  static Server started(
      ServerPlan named, TargetFarm farm, Webhooks webhooks, int monitors, int channels)
      throws IOException {
    ServerPlan plan =
        named.with("SERVERSENCE_CONFIG", named.folder().resolve("alerts.yaml").toString());
    Server server = plan.prepared();
    StringBuilder yaml = new StringBuilder("monitors:\n");
    for (int i = 0; i < monitors; i++) {
      add(
          yaml,
          "{id: t-%d, name: Target %d, tags: [c-%d], target: {type: http, url: \"%s\"},"
              + " interval: 1s, timeout: 1s, failureThreshold: 1, successThreshold: 1}",
          i,
          i,
          channels == 0 ? 0 : i % channels,
          farm.url("/t/" + i));
    }
    yaml.append("channels:\n");
    for (int i = 0; i < Math.max(1, channels); i++) {
      add(
          yaml,
          "{id: c-%d, name: c-%d, type: webhook, url: \"%s\", default: %s}",
          i,
          i,
          webhooks.url("c-" + i),
          channels == 0);
    }
    if (channels > 0) {
      yaml.append("routes:\n");
      for (int i = 0; i < channels; i++) {
        add(
            yaml,
            "{id: r-%d, name: r-%d, match: {tags: [c-%d]}, channels: [c-%d], groupBy: [monitor]}",
            i,
            i,
            i,
            i);
      }
    }
    Files.writeString(Path.of(plan.folder().toString(), "alerts.yaml"), yaml);
    server.start();
    return server;
  }

  private static void add(StringBuilder yaml, String format, Object... values) {
    yaml.append("  - ").append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
