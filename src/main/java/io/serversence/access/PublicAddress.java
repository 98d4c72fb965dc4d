package io.serversence.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where people find ServerSence, and which other origins may speak to it.
 *
 * @param url the configured address, or null to take it from each request
 * @param origins further origins that are allowed, such as {@code https://portal.example}
 */
public record PublicAddress(@Nullable URI url, Set<String> origins) {
  public static final PublicAddress FROM_REQUEST = new PublicAddress(null, Set.of());

  public PublicAddress {
    origins = Set.copyOf(origins);
  }

  /**
   * True if a page of this origin may send unsafe requests.
   *
   * <p>The scheme is not compared with the request's, because a proxy in front may have ended TLS;
   * host and port are what tells sites apart.
   *
   * @param origin the Origin header
   * @param host the Host header, or null
   */
  public boolean allows(String origin, @Nullable String host) {
    if (origins.contains(origin)) {
      return true;
    }
    try {
      URI from = new URI(origin);
      if (from.getScheme() == null || from.getHost() == null) {
        return false; // "null" among others
      }
      if (url != null && authority(url).equals(authority(from))) {
        return true;
      }
      return host != null
          && authority(new URI(from.getScheme() + "://" + host)).equals(authority(from));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String authority(URI uri) {
    int port = uri.getPort();
    if (port < 0) {
      port = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }
    return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
  }
}
