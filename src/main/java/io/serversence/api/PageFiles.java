package io.serversence.api;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files that pages are made of, for who takes gzip: compressed when they are first asked for,
 * and kept, a few hundred kilobytes in all, as there are only those of this application. The
 * servers would send them as they are. Safe for use by many threads.
 */
final class PageFiles {
  private static final Pattern NAME =
      Pattern.compile("(?:/[a-z0-9][A-Za-z0-9_.-]*)+\\.(html|css|js|svg)");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=UTF-8",
          "css", "text/css;charset=UTF-8",
          "js", "text/javascript;charset=UTF-8",
          "svg", "image/svg+xml");

  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Kept(String type, String tag, byte[] bytes) {}

  /**
   * Answers a request for such a file.
   *
   * @param path within the application
   * @return false if it is for something else, or must be answered as it is
   */
  boolean answers(String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String method = request.getMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return false;
    }
    Kept file = file(path.endsWith("/") ? path + "index.html" : path, request.getServletContext());
    if (file == null) {
      return false;
    }
    response.addHeader("Vary", "Accept-Encoding");
    if (!AnswerFilter.acceptsGzip(request.getHeader("Accept-Encoding"))) {
      return false;
    }
    response.setHeader("ETag", file.tag);
    if (CachedAnswer.isKnown(request, file.tag)) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return true;
    }
    response.setHeader("Content-Encoding", "gzip");
    response.setContentType(file.type);
    response.setContentLength(file.bytes.length);
    if (method.equals("GET")) {
      response.getOutputStream().write(file.bytes);
    }
    return true;
  }

  private @Nullable Kept file(String path, ServletContext context) throws IOException {
    Kept known = kept.get(path);
    Matcher name = NAME.matcher(path);
    if (known != null || !name.matches()) {
      return known;
    }
    try (InputStream in = context.getResourceAsStream(path)) {
      if (in == null) {
        return null;
      }
      byte[] bytes = AnswerFilter.gzip(in.readAllBytes());
      String tag = '"' + UUID.nameUUIDFromBytes(bytes).toString() + '"';
      Kept file = new Kept(Objects.requireNonNull(TYPES.get(name.group(1))), tag, bytes);
      kept.put(path, file);
      return file;
    }
  }
}
