package io.serversence.probe;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An absolute http or https address as a request needs it.
 *
 * @param host in ASCII and lower case, an IPv6 address without brackets
 * @param path with the query, beginning with a slash, in ASCII
 */
record HttpUrl(boolean secure, String host, int port, String path) {
  private static final String HEX = "0123456789ABCDEF";

  /**
   * The address in a URI, without its fragment.
   *
   * @throws IllegalArgumentException if it has no host, or one that cannot be written in ASCII
   */
  static HttpUrl of(URI uri) {
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    String host = uri.getHost();
    if (host == null) {
      return Location.absolute(uri.toString());
    }
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    int port = uri.getPort() < 0 ? defaultPort(secure) : uri.getPort();
    return new HttpUrl(secure, ascii(host), port, written((path.isEmpty() ? "/" : path) + query));
  }

  static int defaultPort(boolean secure) {
    return secure ? 443 : 80;
  }

  /** The host as DNS and certificates know it; throws IllegalArgumentException where none. */
  static String ascii(String host) {
    if (host.startsWith("[") && host.endsWith("]")) {
      return host.substring(1, host.length() - 1);
    }
    return (isAscii(host) ? host : IDN.toASCII(host)).toLowerCase(Locale.ROOT);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** A path with everything in percent-encoding that may not stand in a request line. */
  static String written(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (!writable(path.charAt(i))) {
        return encoded(path);
      }
    }
    return path;
  }

  private static String encoded(String path) {
    StringBuilder text = new StringBuilder(path.length() + 16);
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (writable((char) c)) {
        text.append((char) c);
      } else {
        text.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return text.toString();
  }

  private static boolean writable(char c) {
    return c > ' ' && c < 0x7f && "\"<>\\^`{|}".indexOf(c) < 0;
  }

  /** The value of the Host header. */
  String authority() {
    String shown = NetUtil.isValidIpV6Address(host) ? "[" + host + "]" : host;
    return port == defaultPort(secure) ? shown : shown + ":" + port;
  }

  /** True if secrets for this address may go to the other one. */
  boolean sameOrigin(HttpUrl other) {
    return secure == other.secure && port == other.port && host.equals(other.host);
  }

  Endpoint endpoint(boolean insecure) {
    Tls.Mode tls = !secure ? Tls.Mode.NONE : insecure ? Tls.Mode.ANY : Tls.Mode.VERIFIED;
    return new Endpoint(host, port, tls, secure ? host : "", true);
  }

  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + authority() + path;
  }
}
