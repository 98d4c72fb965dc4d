package io.serversence.schedule;

import io.serversence.access.FrameAncestors;
import io.serversence.config.InvalidSetting;
import io.serversence.config.Settings;
import io.serversence.stream.StreamSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the settings by which browsers and other programs reach us. */
final class WebSettings {
  static final Set<String> NAMES =
      Set.of(
          "url",
          "origins",
          "frame.ancestors",
          "stream.max",
          "stream.max.per.user",
          "stream.max.per.address");

  private static final int MOST_CONNECTIONS = 1_000_000;

  private WebSettings() {}

  static @Nullable URI url(Settings settings) {
    String text = settings.text("url");
    return text == null ? null : web("url", text);
  }

  private static URI web(String name, String text) {
    try {
      URI url = new URI(text.strip());
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      if (url.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
        return url;
      }
    } catch (URISyntaxException e) {
      // told below, like an address of another kind
    }
    throw new InvalidSetting(name, "must be an address such as https://status.example");
  }

  static Set<String> origins(Settings settings) {
    Set<String> origins = new LinkedHashSet<>();
    for (String origin : settings.list("origins")) {
      URI url = web("origins", origin);
      if (!String.valueOf(url.getRawPath()).isEmpty() || url.getRawQuery() != null) {
        throw new InvalidSetting("origins", "must be origins such as https://portal.example");
      }
      origins.add(origin);
    }
    return origins;
  }

  static FrameAncestors frames(Settings settings) {
    try {
      return FrameAncestors.of(settings.list("frame.ancestors"));
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting("frame.ancestors", String.valueOf(e.getMessage()));
    }
  }

  static StreamSettings stream(Settings settings, @Nullable URI url, Set<String> origins) {
    Set<String> allowed = new LinkedHashSet<>(origins);
    if (url != null) {
      allowed.add(url.getScheme() + "://" + url.getAuthority());
    }
    StreamSettings usual = StreamSettings.DEFAULT;
    return usual
        .withOrigins(allowed)
        .withConnections(
            settings.integer("stream.max", usual.maxConnections(), 1, MOST_CONNECTIONS),
            settings.integer("stream.max.per.user", usual.maxPerUser(), 1, MOST_CONNECTIONS),
            settings.integer("stream.max.per.address", usual.maxPerAddress(), 1, MOST_CONNECTIONS));
  }
}
