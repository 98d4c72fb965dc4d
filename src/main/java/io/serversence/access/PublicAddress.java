package io.serversence.access;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where people find ServerSence, and which other origins may speak to it.
 *
 * @param url the configured address, or null to take it from each request
 * @param origins further origins that are allowed, such as {@code https://portal.example}
 */
public record PublicAddress(@Nullable URI url, Set<String> origins) {
  public static final PublicAddress FROM_REQUEST = new PublicAddress(null, Set.of());

  // Not java.net.URI, which takes more for an origin than browsers send, and no name with "_".
  private static final Pattern ORIGIN =
      Pattern.compile(
          "(https?)://(\\[[0-9a-f:.]+\\]|[a-z0-9_.-]+)(?::([0-9]{1,5}))?",
          Pattern.CASE_INSENSITIVE);

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
    String from = authority(origin);
    if (from == null) {
      return false; // "null" among others
    }
    String scheme = origin.substring(0, origin.indexOf(':'));
    return (url != null && from.equals(authority(url.getScheme() + "://" + url.getRawAuthority())))
        || (host != null && from.equals(authority(scheme + "://" + host)));
  }

  /** Host and port of an origin, or null where it is none of the web's. */
  private static @Nullable String authority(String origin) {
    Matcher parts = ORIGIN.matcher(origin);
    if (!parts.matches()) {
      return null;
    }
    int standard = parts.group(1).equalsIgnoreCase("https") ? 443 : 80;
    int port = parts.group(3) == null ? standard : Integer.parseInt(parts.group(3));
    return parts.group(2).toLowerCase(Locale.ROOT) + ":" + port;
  }
}
