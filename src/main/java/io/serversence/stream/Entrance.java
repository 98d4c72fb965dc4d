package io.serversence.stream;

import io.serversence.access.Caller;
import io.serversence.access.Gate;
import io.serversence.access.Role;
import io.serversence.document.Refused;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What both transports do before a stream begins: see who comes, and turn away who may not. */
final class Entrance {
  private Entrance() {}

  /**
   * Who is asking, if they may read.
   *
   * @throws Refused UNAUTHENTICATED or FORBIDDEN
   */
  static Caller reader(Gate gate, HttpServletRequest request) {
    Caller caller = gate.identify(request.getHeader("Authorization"), request.getHeader("Cookie"));
    if (!caller.may(Role.VIEWER)) {
      throw caller.anonymous()
          ? new Refused(Refused.Reason.UNAUTHENTICATED, "credentials are needed")
          : new Refused(Refused.Reason.FORBIDDEN, "this needs the role viewer");
    }
    return caller;
  }

  /** Answers with a problem, as all of the API does. */
  static void refuse(HttpServletRequest request, HttpServletResponse response, JsonObject problem)
      throws IOException {
    byte[] bytes = problem.toString().getBytes(StandardCharsets.UTF_8);
    int status = problem.getInt("status");
    response.setStatus(status);
    // a browser would open its own login dialog over the page for a challenge to its script
    if (status == 401 && request.getHeader("Sec-Fetch-Mode") == null) {
      response.setHeader("WWW-Authenticate", "Basic realm=\"ServerSence\", charset=\"UTF-8\"");
    }
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentType("application/problem+json");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
