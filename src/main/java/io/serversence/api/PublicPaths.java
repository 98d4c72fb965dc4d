package io.serversence.api;

import java.util.regex.Pattern;

/**
 * The operations that need no credentials, as far as that must be known before JAX-RS has found the
 * method. A test holds it against {@link io.serversence.access.Open}.
 */
final class PublicPaths {
  private static final Pattern BEATS = Pattern.compile("heartbeats/[^/]+(/(start|fail))?");

  private PublicPaths() {}

  /**
   * True if anyone may.
   *
   * @param path relative to {@code /api}
   */
  static boolean contains(String method, String path) {
    return (method.equals("POST") && plain(path).equals("session"))
        || (method.equals("GET") && plain(path).equals("sign-in"))
        || isBeat(path);
  }

  static boolean isBeat(String path) {
    return BEATS.matcher(plain(path)).matches();
  }

  /** Without the slashes around it, which Jersey leaves out and RESTEasy does not. */
  static String plain(String path) {
    int start = path.startsWith("/") ? 1 : 0;
    int end = path.length() > start && path.endsWith("/") ? path.length() - 1 : path.length();
    return path.substring(start, end);
  }
}
