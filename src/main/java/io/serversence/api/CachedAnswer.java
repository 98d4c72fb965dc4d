package io.serversence.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** An answer of a servlet that may be kept for a while, by anyone or by who has asked only. */
record CachedAnswer(String type, String text, boolean open, int seconds) {

  /** Sends it with a tag of its content; 304 to who has the same already. */
  void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String tag = "\"" + UUID.nameUUIDFromBytes(bytes) + "\"";
    response.setHeader("ETag", "W/" + tag); // weak, as proxies may compress it
    response.setHeader("Cache-Control", (open ? "public" : "private") + ", max-age=" + seconds);
    if (isKnown(request, tag)) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(type);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  /** Whether who asks has the content of a tag, its quotation marks included, already. */
  static boolean isKnown(HttpServletRequest request, String tag) {
    String known = request.getHeader("If-None-Match");
    return known != null && (known.strip().equals("*") || known.contains(tag));
  }
}
