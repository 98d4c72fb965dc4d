package io.serversence.api;

import io.serversence.access.ClientAddress;
import io.serversence.access.Gate;
import io.serversence.access.PublicAddress;
import io.serversence.access.Role;
import io.serversence.history.IncidentFilter;
import io.serversence.history.IncidentStore;
import io.serversence.incident.Incident;
import io.serversence.page.AtomFeed;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;

/** {@code GET /feeds/incidents.atom}: the newest incidents, for viewers. */
@WebServlet(urlPatterns = "/feeds/incidents.atom", asyncSupported = true)
public class IncidentFeedServlet extends HttpServlet {
  static final String TYPE = "application/atom+xml;charset=utf-8";
  private static final long serialVersionUID = 1L;
  private static final int NEWEST = 50;

  @Inject transient Gate gate;
  @Inject transient ClientAddress address;
  @Inject transient PublicAddress publicAddress;
  @Inject transient IncidentStore incidents;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ServletAnswer.guarded(
        request,
        response,
        () -> {
          if (ServletAnswer.permits(gate, address, Role.VIEWER, request, response)) {
            String base = ServletAnswer.base(publicAddress, request);
            new CachedAnswer(TYPE, feed(base).xml(), false, 10).send(request, response);
          }
        });
  }

  private AtomFeed feed(String base) {
    return new AtomFeed(
        "Incidents",
        base + "/feeds/incidents.atom",
        base + "/#/incidents",
        Instant.EPOCH,
        incidents.page(IncidentFilter.ANY, null, NEWEST).stream()
            .map(incident -> entry(incident, base))
            .toList());
  }

  private static AtomFeed.Entry entry(Incident incident, String base) {
    Instant resolved = incident.resolvedAt();
    Instant acknowledged = incident.acknowledgedAt();
    return new AtomFeed.Entry(
        incident.id().toString(),
        incident.monitor() + " is " + incident.state().word(),
        base + "/#/incidents/" + incident.id(),
        incident.openedAt(),
        resolved != null ? resolved : acknowledged != null ? acknowledged : incident.openedAt(),
        incident.cause() + "\n" + AtomFeed.Entry.span(incident.startedAt(), incident.endedAt()));
  }
}
