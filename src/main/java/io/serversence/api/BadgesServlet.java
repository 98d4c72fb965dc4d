package io.serversence.api;

import io.serversence.access.ClientAddress;
import io.serversence.access.Gate;
import io.serversence.access.Role;
import io.serversence.monitor.Catalogue;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.page.Badge;
import io.serversence.page.Badges;
import io.serversence.page.StatusPages;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /badges/{monitor}/{badge}}, for anyone where the monitor is on a published status page
 * and for viewers otherwise.
 */
@WebServlet(urlPatterns = "/badges/*", asyncSupported = true)
public class BadgesServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Pattern PATH = Pattern.compile("/([a-z0-9-]{1,63})/([a-z0-9-]{1,20})\\.svg");

  @Inject transient Gate gate;
  @Inject transient ClientAddress address;
  @Inject transient Catalogue catalogue;
  @Inject transient StatusPages pages;
  @Inject transient Badges badges;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ServletAnswer.guarded(request, response, () -> answer(request, response));
  }

  private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Matcher path = PATH.matcher(String.valueOf(request.getPathInfo()));
    ConfiguredMonitor monitor = path.matches() ? catalogue.find(path.group(1)).orElse(null) : null;
    boolean open = monitor != null && pages.published(monitor.monitor());
    if (!open && !ServletAnswer.permits(gate, address, Role.VIEWER, request, response)) {
      return;
    }
    Badge badge = badge(monitor, path);
    if (badge == null) {
      ServletAnswer.problem(response, 404, "there is no such badge");
      return;
    }
    new CachedAnswer("image/svg+xml;charset=utf-8", badge.svg(), open, 30).send(request, response);
  }

  private @Nullable Badge badge(@Nullable ConfiguredMonitor monitor, Matcher path) {
    return monitor == null ? null : badges.of(monitor, path.group(2), Instant.now());
  }
}
