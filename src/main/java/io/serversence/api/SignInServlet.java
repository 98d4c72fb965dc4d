package io.serversence.api;

import io.serversence.access.ClientAddress;
import io.serversence.access.OidcSignIn;
import io.serversence.access.PublicAddress;
import io.serversence.access.Sessions;
import io.serversence.database.DatabaseAway;
import io.serversence.document.Refused;
import io.serversence.page.NoticeHtml;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /sign-in/oidc}, from where a browser goes to the OpenID provider, and {@code
 * /sign-in/oidc/callback}, where it comes back to: for anyone. What fails is told on a small page.
 */
@WebServlet(
    urlPatterns = {SignInServlet.BEGIN, SignInServlet.CALLBACK},
    asyncSupported = true)
public class SignInServlet extends HttpServlet {
  static final String BEGIN = "/sign-in/oidc";
  static final String CALLBACK = "/sign-in/oidc/callback";
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 500;

  @Inject transient OidcSignIn oidc;
  @Inject transient ClientAddress client;
  @Inject transient PublicAddress address;

  @SuppressWarnings("NullAway.Init") // CDI sets all
  public SignInServlet() {}

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    try {
      if (request.getServletPath().equals(CALLBACK)) {
        end(request, response);
      } else {
        begin(request, response);
      }
    } catch (Refused e) {
      if (e.retryAfter() != null) {
        response.setHeader("Retry-After", e.retryAfter());
      }
      tell(request, response, e.reason().status(), String.valueOf(e.getMessage()));
    } catch (DatabaseAway e) {
      tell(request, response, 503, "the database is away; try again later");
    }
  }

  /** A HEAD would use up a code, and begin what nobody goes on with. */
  @Override
  protected void doHead(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    response.setHeader("Allow", "GET");
  }

  private void begin(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String home = request.getContextPath() + "/";
    String returnTo = request.getParameter("return");
    if (returnTo != null && !local(returnTo, home)) {
      tell(request, response, 400, "the address to return to is not of this application");
      return;
    }
    URI callback = uri(ServletAnswer.base(address, request) + CALLBACK);
    if (callback == null) {
      tell(request, response, 400, "the name by which you came cannot be used");
      return;
    }
    OidcSignIn.Begun begun = oidc.begin(callback, returnTo == null ? home : returnTo);
    response.addHeader("Set-Cookie", pending(request, begun.cookie(), "; Max-Age=600"));
    found(response, begun.location().toString());
  }

  private void end(HttpServletRequest request, HttpServletResponse response) throws IOException {
    OidcSignIn.Ended ended =
        oidc.end(
            request.getParameterMap(),
            request.getHeader("Cookie"),
            ServletAnswer.address(client, request));
    String path = request.getContextPath().isEmpty() ? "/" : request.getContextPath();
    response.addHeader("Set-Cookie", pending(request, "", "; Max-Age=0"));
    response.addHeader(
        "Set-Cookie",
        ServletAnswer.cookie(
            Sessions.COOKIE, ended.token(), path, address, request.isSecure(), ""));
    found(response, ended.returnTo());
  }

  private String pending(HttpServletRequest request, String value, String more) {
    String path = request.getContextPath() + BEGIN;
    return ServletAnswer.cookie(OidcSignIn.COOKIE, value, path, address, request.isSecure(), more);
  }

  /** Not by sendRedirect, which would make a local path absolute with what the Host header says. */
  private static void found(HttpServletResponse response, String location) {
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader("Location", location);
  }

  /**
   * True for a path below the application's own, which no browser takes for another place: no
   * second slash, no backslash, no step upwards.
   */
  static boolean local(String path, String home) {
    URI uri = uri(path);
    return path.length() <= LONGEST
        && path.startsWith(home)
        && !path.startsWith("//")
        && path.chars().allMatch(c -> c < 0x7f)
        && uri != null
        && !uri.getRawPath().toLowerCase(Locale.ROOT).contains("%2e") // a dot, to browsers
        && uri.normalize().getRawPath().startsWith(home);
  }

  private static @Nullable URI uri(String text) {
    try {
      return new URI(text); // takes no backslash, no space, no control
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static void tell(
      HttpServletRequest request, HttpServletResponse response, int status, String message)
      throws IOException {
    String sentence = message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1) + ".";
    String html =
        NoticeHtml.of("Sign in", sentence, request.getContextPath() + "/", "Back to ServerSence");
    ServletAnswer.send(response, status, "text/html;charset=utf-8", html);
  }
}
