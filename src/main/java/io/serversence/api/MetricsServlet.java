package io.serversence.api;

import io.serversence.access.ClientAddress;
import io.serversence.access.Gate;
import io.serversence.access.Role;
import io.serversence.document.MeterSource;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;

/**
 * {@code GET /metrics}, for viewers. A servlet, because it lies outside the JAX-RS application's
 * path.
 */
@WebServlet(urlPatterns = "/metrics", asyncSupported = true)
public class MetricsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final System.Logger LOG = System.getLogger(MetricsServlet.class.getName());

  @Inject transient Gate gate;
  @Inject transient ClientAddress address;
  @Inject transient Instance<MeterSource> sources;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!ServletAnswer.permits(gate, address, Role.VIEWER, request, response)) {
      return;
    }
    PrometheusText text = new PrometheusText();
    for (MeterSource source : sources) {
      try {
        source.write(text);
      } catch (RuntimeException e) { // one bad meter must not blind the others
        LOG.log(Level.WARNING, "A meter cannot be read: " + source.getClass().getName(), e);
      }
    }
    ServletAnswer.send(response, 200, PrometheusText.TYPE, text.toString());
  }
}
