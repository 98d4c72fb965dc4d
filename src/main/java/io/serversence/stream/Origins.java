package io.serversence.stream;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose pages may open a WebSocket. */
final class Origins {
  private Origins() {}

  /**
   * True if a page of this origin may connect.
   *
   * @param origin the Origin header, or null
   * @param host the Host header, or null
   * @param cookie whether a cookie authenticates, so that a foreign page could ride on it
   */
  static boolean allowed(
      @Nullable String origin, @Nullable String host, boolean cookie, Set<String> configured) {
    if (origin == null) {
      return !cookie;
    }
    String place = place(origin);
    if (place == null) {
      return false;
    }
    // scheme apart, because a proxy in front may have taken TLS off
    String scheme = origin.substring(0, origin.indexOf(':')).toLowerCase(Locale.ROOT);
    if (host != null && place.equals(place(scheme + "://" + host))) {
      return true;
    }
    return configured.stream()
        .anyMatch(
            allowed ->
                place.equals(place(allowed))
                    && allowed.toLowerCase(Locale.ROOT).startsWith(scheme + ":"));
  }

  /** Host and port, the scheme's own port where none is given; null for what is no origin. */
  private static @Nullable String place(String origin) {
    try {
      URI uri = URI.create(origin);
      String scheme = uri.getScheme();
      String host = uri.getHost();
      if (scheme == null || host == null) {
        return null;
      }
      boolean tls = scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("wss");
      int standard = tls ? 443 : 80;
      int port = uri.getPort() < 0 ? standard : uri.getPort();
      return host.toLowerCase(Locale.ROOT) + ":" + port;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
