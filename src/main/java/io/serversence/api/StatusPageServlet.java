package io.serversence.api;

import io.serversence.access.Caller;
import io.serversence.access.ClientAddress;
import io.serversence.access.Gate;
import io.serversence.access.PublicAddress;
import io.serversence.access.Role;
import io.serversence.database.Kept;
import io.serversence.document.Refused;
import io.serversence.page.LivePages;
import io.serversence.page.PageForm;
import io.serversence.page.PageLanguage;
import io.serversence.page.StatusHtml;
import io.serversence.page.StatusPage;
import io.serversence.page.StatusPages;
import io.serversence.page.StatusViews;
import io.serversence.stream.LiveStream;
import io.serversence.stream.Topic;
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
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /status/{page}}: a status page for browsers, with its figures for programs, its stream
 * and its feed, for anyone where it is published. One that is not is there for viewers only, and
 * for anybody else as little as one that does not exist.
 */
@WebServlet(urlPatterns = "/status/*", asyncSupported = true)
public class StatusPageServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Pattern PATH =
      Pattern.compile("/([a-z0-9-]{1,63})(/(?:summary\\.json|feed\\.atom|events))?");
  private static final String COMPONENT = "/server-sence-status.js";
  private static final int SECONDS = 5;
  private static final Caller NOBODY = new Caller(null, null, false);

  @Inject transient Gate gate;
  @Inject transient ClientAddress address;
  @Inject transient PublicAddress publicAddress;
  @Inject transient StatusPages pages;
  @Inject transient StatusViews views;
  @Inject transient LivePages live;
  @Inject transient LiveStream stream;

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
    if (page == null || !(page.value().published() || caller(request).may(Role.VIEWER))) {
      ServletAnswer.problem(response, 404, "there is no such status page");
      return;
    }
    String asked = request.getParameter("lang");
    PageLanguage language =
        asked == null ? PageLanguage.ENGLISH : PageLanguage.of(asked).orElse(null);
    if (language == null) {
      ServletAnswer.problem(response, 400, "lang must be en or de");
      return;
    }
    switch (String.valueOf(parts.group(2))) {
      case "/events" -> events(page, language, request, response);
      case "/feed.atom" -> feed(page, request).send(request, response);
      case "/summary.json" -> summary(page, language).send(request, response);
      default -> page(page, asked == null ? null : language, request, response);
    }
  }

  /** In the language that is asked for by name, or else in one that the browser asks for. */
  private void page(
      Kept<StatusPage> page,
      @Nullable PageLanguage named,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    PageLanguage language =
        named == null ? PageLanguage.accepted(request.getHeader("Accept-Language")) : named;
    response.addHeader("Vary", "Accept-Language");
    response.setHeader("Content-Language", language.tag());
    String html = StatusHtml.of(views.of(page, Instant.now()), language);
    answer(page, "text/html;charset=utf-8", html).send(request, response);
  }

  private CachedAnswer summary(Kept<StatusPage> page, PageLanguage language) {
    return answer(page, Answer.TYPE, views.of(page, Instant.now()).write(language).toString());
  }

  private CachedAnswer feed(Kept<StatusPage> page, HttpServletRequest request) {
    String link = ServletAnswer.base(publicAddress, request) + "/status/" + page.id();
    String xml = views.feed(page, link + "/feed.atom", link, Instant.now()).xml();
    return answer(page, IncidentFeedServlet.TYPE, xml);
  }

  private static CachedAnswer answer(Kept<StatusPage> page, String type, String text) {
    return new CachedAnswer(type, text, page.value().published(), SECONDS);
  }

  /** What is public is read by nobody in particular, whoever asks. */
  private void events(
      Kept<StatusPage> page,
      PageLanguage language,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (!request.getMethod().equals("GET")) { // nothing would tell that who asked has gone
      response.setContentType("text/event-stream");
      response.setHeader("Cache-Control", "no-store, no-transform");
      return;
    }
    String form = request.getParameter("form");
    if (form != null && !form.equals("html") && !form.equals("json")) {
      ServletAnswer.problem(response, 400, "form must be html or json");
      return;
    }
    Caller reader = page.value().published() ? NOBODY : caller(request);
    String given = request.getHeader("Last-Event-ID");
    String cursor = given == null || given.isEmpty() ? request.getParameter("lastEventId") : given;
    PageForm told = "html".equals(form) ? PageForm.HTML : PageForm.DATA;
    Topic topic = live.topic(page, told, language);
    stream.read(request, topic, reader, ServletAnswer.address(address, request), cursor);
  }

  /** Wrong credentials are none: who has them sees what anyone sees. */
  private Caller caller(HttpServletRequest request) {
    try {
      return gate.identify(
          request.getHeader("Authorization"),
          request.getHeader("Cookie"),
          ServletAnswer.address(address, request),
          ServletAnswer.vouched(address, request));
    } catch (Refused e) {
      return NOBODY;
    }
  }
}
