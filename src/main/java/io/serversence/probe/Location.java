package io.serversence.probe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads where a redirect leads, as leniently as browsers do: relative to the address before (RFC
 * 3986, section 5.2), with spaces and letters of any alphabet. Pure.
 */
final class Location {
  /** RFC 3986, appendix B, without the fragment: scheme, authority, path, query. */
  private static final Pattern PARTS =
      Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?]*))?([^?]*)(\\?.*)?");

  private static final Pattern AUTHORITY =
      Pattern.compile("(?:.*@)?(\\[[0-9A-Fa-f:.]+\\]|[^:\\[\\]]+)(?::([0-9]{0,5}))?");

  private Location() {}

  /**
   * The address that a Location header leads to.
   *
   * @param header as it came, a character per byte
   * @throws IllegalArgumentException with words, if it leads nowhere that HTTP can go
   */
  static HttpUrl resolve(HttpUrl base, String header) {
    String text = new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    Matcher parts = parts(text);
    String scheme = parts.group(1);
    if (scheme != null && !isHttp(scheme)) {
      throw new IllegalArgumentException("the redirect leads to " + scheme + ", not to HTTP");
    }
    boolean secure = scheme == null ? base.secure() : scheme.equalsIgnoreCase("https");
    String path = parts.group(3);
    String query = parts.group(4) == null ? "" : parts.group(4);
    if (parts.group(2) != null) {
      return at(secure, parts.group(2), path, query);
    }
    if (scheme != null) {
      throw new IllegalArgumentException("the redirect leads to no host");
    }
    if (path.isEmpty()) {
      String kept = query.isEmpty() ? base.path() : withoutQuery(base.path()) + query;
      return new HttpUrl(base.secure(), base.host(), base.port(), HttpUrl.written(kept));
    }
    String whole = path.startsWith("/") ? path : folder(withoutQuery(base.path())) + path;
    return new HttpUrl(
        base.secure(), base.host(), base.port(), HttpUrl.written(straight(whole) + query));
  }

  /** Reads an absolute address; throws as {@link #resolve}. */
  static HttpUrl absolute(String text) {
    Matcher parts = parts(text);
    if (parts.group(1) == null || !isHttp(parts.group(1)) || parts.group(2) == null) {
      throw new IllegalArgumentException("not an http address");
    }
    String query = parts.group(4) == null ? "" : parts.group(4);
    return at(parts.group(1).equalsIgnoreCase("https"), parts.group(2), parts.group(3), query);
  }

  private static Matcher parts(String text) {
    String stripped = text.strip();
    int fragment = stripped.indexOf('#');
    Matcher parts = PARTS.matcher(fragment < 0 ? stripped : stripped.substring(0, fragment));
    if (!parts.matches()) {
      throw new IllegalArgumentException("the redirect's address cannot be read");
    }
    return parts;
  }

  private static boolean isHttp(String scheme) {
    String lower = scheme.toLowerCase(Locale.ROOT);
    return lower.equals("http") || lower.equals("https");
  }

  private static HttpUrl at(boolean secure, String authority, String path, String query) {
    Matcher m = AUTHORITY.matcher(authority);
    if (!m.matches()) {
      throw new IllegalArgumentException("the redirect leads to no host");
    }
    String digits = m.group(2);
    int port =
        digits == null || digits.isEmpty() ? HttpUrl.defaultPort(secure) : Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the redirect leads to port " + port);
    }
    String host;
    try {
      host = HttpUrl.ascii(m.group(1));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the redirect leads to no host", e);
    }
    String straight = path.isEmpty() ? "/" : straight(path);
    return new HttpUrl(secure, host, port, HttpUrl.written(straight + query));
  }

  private static String withoutQuery(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  /** Takes the dots out of a path that begins with a slash (RFC 3986, section 5.2.4). */
  private static String straight(String path) {
    if (!path.contains("/.")) {
      return path;
    }
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      String segment = segments[i];
      boolean dots = segment.equals(".") || segment.equals("..");
      if (segment.equals("..")) {
        kept.pollLast();
      }
      if (!dots) {
        kept.addLast(segment);
      } else if (i == segments.length - 1) {
        kept.addLast("");
      }
    }
    return "/" + String.join("/", kept);
  }
}
