package io.serversence.schedule;

import io.serversence.alert.FlappingLimits;
import io.serversence.config.InvalidSetting;
import io.serversence.config.Settings;
import io.serversence.history.RetentionTimes;
import io.serversence.probe.EgressPolicy;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the settings of what is watched, and of how long what was seen is kept. */
final class WatchSettings {
  static final Set<String> NAMES =
      Set.of(
          "witnesses",
          "egress",
          "flapping.low",
          "flapping.high",
          "retention.samples",
          "retention.1m",
          "retention.5m",
          "retention.1h");

  private WatchSettings() {}

  static List<URI> witnesses(Settings settings) {
    List<URI> witnesses = new ArrayList<>();
    for (String text : settings.list("witnesses")) {
      URI witness = null;
      try {
        witness = new URI(text);
      } catch (URISyntaxException e) {
        // told below
      }
      if (witness == null
          || !"tcp".equals(witness.getScheme())
          || witness.getHost() == null
          || witness.getPort() < 1
          || witness.getPort() > 65_535) {
        throw new InvalidSetting("witnesses", "must be a list such as tcp://192.0.2.1:53");
      }
      witnesses.add(witness);
    }
    return witnesses;
  }

  static EgressPolicy egress(Settings settings) {
    if (settings.text("egress") == null) {
      return EgressPolicy.OPEN;
    }
    try {
      return EgressPolicy.of(settings.list("egress"));
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting("egress", String.valueOf(e.getMessage()));
    }
  }

  static FlappingLimits flapping(Settings settings) {
    FlappingLimits usual = FlappingLimits.DEFAULT;
    int high = settings.integer("flapping.high", usual.high(), 2, 100);
    int low = settings.integer("flapping.low", Math.min(usual.low(), high - 1), 1, high - 1);
    return new FlappingLimits(low, high);
  }

  /** What is coarser is kept at least as long as what is finer. */
  static RetentionTimes kept(Settings settings) {
    RetentionTimes usual = RetentionTimes.DEFAULT;
    Duration samples = kept(settings, "retention.samples", usual.samples(), Duration.ofDays(1));
    Duration minutes = kept(settings, "retention.1m", usual.minutes(), Duration.ofDays(1));
    Duration fiveMinutes = kept(settings, "retention.5m", usual.fiveMinutes(), samples);
    Duration hours = kept(settings, "retention.1h", usual.hours(), fiveMinutes);
    return new RetentionTimes(samples, minutes, fiveMinutes, hours);
  }

  private static Duration kept(Settings settings, String name, Duration usual, Duration least) {
    return settings.duration(
        name, usual.compareTo(least) < 0 ? least : usual, least, Duration.ofDays(3_650));
  }
}
