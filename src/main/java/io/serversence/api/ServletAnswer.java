package io.serversence.api;

import io.serversence.access.Caller;
import io.serversence.access.ClientAddress;
import io.serversence.access.Gate;
import io.serversence.access.PublicAddress;
import io.serversence.access.Role;
import io.serversence.access.Vouched;
import io.serversence.database.DatabaseAway;
import io.serversence.document.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the paths outside {@code /api} share: the gate's decision, and how bytes are sent. */
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
              address(address, request),
              vouched(address, request));
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

  /** Makes an answer. */
  @FunctionalInterface
  interface Answering {
    void answer() throws IOException;
  }

  /** Answers, and turns what cannot be done at the moment into the problem that JAX-RS makes. */
  static void guarded(HttpServletRequest request, HttpServletResponse response, Answering answering)
      throws IOException {
    try {
      answering.answer();
    } catch (Refused e) {
      refuse(request, response, e.reason().status(), String.valueOf(e.getMessage()));
    } catch (DatabaseAway e) {
      problem(response, 503, "the database is away");
    }
  }

  /** The address of the application, without a slash at its end, as {@link Asked#base} has it. */
  static String base(PublicAddress address, HttpServletRequest request) {
    if (address.url() != null) {
      return address.url().toString().replaceAll("/+$", "");
    }
    StringBuilder base = new StringBuilder(request.getScheme()).append("://");
    base.append(request.getServerName());
    int port = request.getServerPort();
    if (port != (request.isSecure() ? 443 : 80)) {
      base.append(':').append(port);
    }
    return base.append(request.getContextPath()).toString();
  }

  /**
   * A cookie that no script reads and no other site's unsafe request carries.
   *
   * @param secure whether the request came by TLS; people may come by it even so
   * @param more further attributes, each after a semicolon
   */
  static String cookie(
      String name, String value, String path, PublicAddress address, boolean secure, String more) {
    boolean tls = secure || (address.url() != null && "https".equals(address.url().getScheme()));
    return name
        + "="
        + value
        + "; Path="
        + path
        + "; HttpOnly; SameSite=Lax"
        + (tls ? "; Secure" : "")
        + more;
  }

  static String address(ClientAddress address, HttpServletRequest request) {
    return address.of(
        request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For")));
  }

  static @Nullable Vouched vouched(ClientAddress address, HttpServletRequest request) {
    return address.vouched(
        request.getRemoteAddr(), name -> Collections.list(request.getHeaders(name)));
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, int status, String detail)
      throws IOException {
    if (status == 401 && request.getHeader("Sec-Fetch-Mode") == null) {
      response.setHeader("WWW-Authenticate", "Basic realm=\"ServerSence\", charset=\"UTF-8\"");
    }
    problem(response, status, detail);
  }

  static void problem(HttpServletResponse response, int status, String detail) throws IOException {
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
