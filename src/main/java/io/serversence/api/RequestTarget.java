package io.serversence.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request asks for, as it was sent: servers decode it when they dispatch. */
record RequestTarget(
    String uri, String url, @Nullable String query, String servletPath, @Nullable String pathInfo) {
  /** Whatever is not of that is decoded, cut or normalized once more by one of the servers. */
  private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*+)*+/?");

  static RequestTarget of(HttpServletRequest request) {
    return new RequestTarget(
        request.getRequestURI(),
        request.getRequestURL().toString(),
        request.getQueryString(),
        request.getServletPath(),
        request.getPathInfo());
  }

  /**
   * A path by which the same servlet is found, and the same filters where it matters; no file has
   * another name.
   */
  String dispatched() {
    String path = pathInfo == null ? servletPath : servletPath + pathInfo;
    String safe = servletPath + "/-";
    if (PLAIN.matcher(path).matches()) {
      safe = path;
    } else if (pathInfo == null) {
      safe = "/-";
    }
    return query == null ? safe : safe + "?" + query;
  }
}
