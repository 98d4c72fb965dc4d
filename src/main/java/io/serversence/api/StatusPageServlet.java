package io.serversence.api;

import io.serversence.access.Caller;
import io.serversence.access.ClientAddress;
import io.serversence.access.Gate;
import io.serversence.access.PublicAddress;
import io.serversence.access.Role;
import io.serversence.database.Kept;
import io.serversence.document.Refused;
import io.serversence.page.StatusHtml;
import io.serversence.page.StatusPage;
import io.serversence.page.StatusPages;
import io.serversence.page.StatusViews;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code GET /status/{page}}: a status page for browsers, with its figures for programs and its
 * feed, for anyone where it is published. One that is not is there for viewers only, and for
 * anybody else as little as one that does not exist.
 */
@WebServlet(urlPatterns = "/status/*", asyncSupported = true)
public class StatusPageServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Pattern PATH =
      Pattern.compile("/([a-z0-9-]{1,63})(/(?:summary\\.json|feed\\.atom))?");
  private static final String COMPONENT = "/server-sence-status.js";
  private static final int SECONDS = 5;

  @Inject transient Gate gate;
  @Inject transient ClientAddress address;
  @Inject transient PublicAddress publicAddress;
  @Inject transient StatusPages pages;
  @Inject transient StatusViews views;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = String.valueOf(request.getPathInfo());
    if (path.equals(COMPONENT)) {
      String type = "text/javascript;charset=utf-8";
      new CachedAnswer(type, component(), true, 300).send(request, response);
      return;
    }
    ServletAnswer.guarded(request, response, () -> answer(path, request, response));
  }

  private String component() throws IOException {
    try (InputStream in = getServletContext().getResourceAsStream("/js" + COMPONENT)) {
      if (in == null) {
        throw new FileNotFoundException(COMPONENT);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void answer(String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Matcher parts = PATH.matcher(path);
    Kept<StatusPage> page =
        parts.matches() ? pages.pages().find(parts.group(1)).orElse(null) : null;
    if (page == null || !(page.value().published() || isViewer(request))) {
      ServletAnswer.problem(response, 404, "there is no such status page");
      return;
    }
    what(page, String.valueOf(parts.group(2)), request).send(request, response);
  }

  private CachedAnswer what(Kept<StatusPage> page, String part, HttpServletRequest request) {
    boolean open = page.value().published();
    Instant now = Instant.now();
    if (part.equals("/feed.atom")) {
      String link = ServletAnswer.base(publicAddress, request) + "/status/" + page.id();
      String xml = views.feed(page, link + part, link, now).xml();
      return new CachedAnswer(IncidentFeedServlet.TYPE, xml, open, SECONDS);
    }
    return part.equals("/summary.json")
        ? new CachedAnswer(Answer.TYPE, views.of(page, now).write().toString(), open, SECONDS)
        : new CachedAnswer(
            "text/html;charset=utf-8", StatusHtml.of(views.of(page, now)), open, SECONDS);
  }

  /** Wrong credentials are none: who has them sees what anyone sees. */
  private boolean isViewer(HttpServletRequest request) {
    try {
      Caller caller =
          gate.identify(
              request.getHeader("Authorization"),
              request.getHeader("Cookie"),
              ServletAnswer.address(address, request),
              ServletAnswer.vouched(address, request));
      return caller.may(Role.VIEWER);
    } catch (Refused e) {
      return false;
    }
  }
}
