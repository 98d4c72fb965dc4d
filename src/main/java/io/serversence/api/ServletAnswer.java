package io.serversence.api;

import io.serversence.access.Caller;
import io.serversence.access.ClientAddress;
import io.serversence.access.Gate;
import io.serversence.access.Role;
import io.serversence.document.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/** What the two paths outside {@code /api} share: the gate's decision, and how bytes are sent. */
final class ServletAnswer {
  private ServletAnswer() {}

  /** True if the caller has the role; answers otherwise. */
  static boolean permits(
      Gate gate,
      ClientAddress address,
      Role needed,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    try {
      Caller caller =
          gate.identify(
              request.getHeader("Authorization"),
              request.getHeader("Cookie"),
              address(address, request));
      if (caller.may(needed)) {
        return true;
      }
      if (caller.anonymous()) {
        refuse(request, response, 401, "credentials are needed");
      } else {
        refuse(request, response, 403, "this needs the role " + needed.word());
      }
    } catch (Refused e) {
      if (e.retryAfter() != null) {
        response.setHeader("Retry-After", e.retryAfter());
      }
      refuse(request, response, e.reason().status(), String.valueOf(e.getMessage()));
    }
    return false;
  }

  static String address(ClientAddress address, HttpServletRequest request) {
    return address.of(
        request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For")));
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, int status, String detail)
      throws IOException {
    if (status == 401 && request.getHeader("Sec-Fetch-Mode") == null) {
      response.setHeader("WWW-Authenticate", "Basic realm=\"ServerSence\", charset=\"UTF-8\"");
    }
    send(response, status, Problem.TYPE, Problem.document(status, detail, List.of()).toString());
  }

  static void send(HttpServletResponse response, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(type);
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
