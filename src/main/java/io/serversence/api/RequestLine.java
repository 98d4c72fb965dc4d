package io.serversence.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the servers let through although nothing can be made of it: JAX-RS implementations log a
 * stack trace for a path that is not UTF-8, and a body of unknown length is waited for in vain.
 */
final class RequestLine {
  private RequestLine() {}

  /** Says what is wrong with a request before anything else is looked at, or null. */
  static @Nullable String fault(HttpServletRequest request) {
    if (!isText(request.getRequestURI())) {
      return "the path is not percent-encoded UTF-8";
    }
    String coding = request.getHeader("Transfer-Encoding");
    if (coding != null && !coding.strip().toLowerCase(Locale.ROOT).equals("chunked")) {
      return "no transfer coding but chunked is understood";
    }
    return null;
  }

  private static boolean isText(String path) {
    if (path.indexOf('%') < 0) {
      return true;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c != '%') {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      int high = i + 1 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
      int low = i + 2 < path.length() ? Character.digit(path.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        return false;
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
