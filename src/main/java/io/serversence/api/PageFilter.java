package io.serversence.api;

import io.serversence.access.FrameAncestors;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.MalformedURLException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every path: pages get a strict content security policy, and headers that no media
 * type or language can be read from are kept from JAX-RS, which fails on them in ways that differ
 * by server, as are paths that are no text.
 */
@WebFilter(
    urlPatterns = "/*",
    asyncSupported = true,
    dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ASYNC})
public class PageFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self';"
          + " base-uri 'none'; form-action 'self'; frame-ancestors ";

  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  /** A page and its worker run the same modules, and should ask for them once. */
  private static final String FOR_ONE_LOAD = "max-age=10";

  /** For answers that are data, should somebody open one as a page. */
  private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

  /** The attribute by which JAX-RS finds the request of the servlets. */
  static final String REQUEST = "io.serversence.api.request";

  /** The headers that must be readable, and what stands for one that is not. */
  private static final Map<String, String> INSTEAD =
      Map.of("accept", "*/*", "content-type", "application/octet-stream", "accept-language", "*");

  @Inject transient FrameAncestors frames;

  private final transient PageFiles files = new PageFiles();

  @SuppressWarnings("NullAway.Init") // CDI sets the ancestors
  public PageFilter() {}

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    request.setAttribute(REQUEST, request); // whatever the path: one may lead to JAX-RS in disguise
    String path = request.getRequestURI().substring(request.getContextPath().length());
    if (path.startsWith("/api/")) {
      response.setHeader("Content-Security-Policy", NOTHING);
      String fault = RequestLine.fault(request);
      if (fault != null) {
        ServletAnswer.send(
            response, 400, Problem.TYPE, Problem.document(400, fault, List.of()).toString());
        return;
      }
      boolean readable = INSTEAD.keySet().stream().allMatch(name -> readable(request, name));
      chain.doFilter(readable ? request : new WithoutUnreadable(request), response);
      return;
    }
    response.setHeader("Content-Security-Policy", POLICY + frames.sources());
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Cache-Control", freshness(path));
    if (!files.answers(path, request, response)) {
      chain.doFilter(request, response);
    }
  }

  private String freshness(String path) throws MalformedURLException {
    return isVersioned(path) ? FOR_EVER : path.startsWith("/js/") ? FOR_ONE_LOAD : "no-cache";
  }

  /** A library's file, whose path has its version; one that is not there may come to be. */
  private boolean isVersioned(String path) throws MalformedURLException {
    return path.startsWith("/webjars/") && getServletContext().getResource(path) != null;
  }

  private static boolean readable(HttpServletRequest request, String name) {
    Predicate<String> form =
        name.equals("accept-language") ? Languages::readable : MediaTypes::readable;
    return Collections.list(request.getHeaders(name)).stream().allMatch(form);
  }

  /** A request without the headers that cannot be read. */
  private static final class WithoutUnreadable extends HttpServletRequestWrapper {
    WithoutUnreadable(HttpServletRequest request) {
      super(request);
    }

    @Override
    public @Nullable String getHeader(String name) {
      Enumeration<String> values = getHeaders(name);
      return values.hasMoreElements() ? values.nextElement() : null;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      String key = name.toLowerCase(Locale.ROOT);
      String instead = INSTEAD.get(key);
      if (instead == null || readable((HttpServletRequest) getRequest(), key)) {
        return super.getHeaders(name);
      }
      return Collections.enumeration(Collections.singleton(instead));
    }

    @Override
    public @Nullable String getContentType() {
      return getHeader("Content-Type");
    }
  }
}
