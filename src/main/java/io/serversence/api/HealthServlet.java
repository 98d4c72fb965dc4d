package io.serversence.api;

import io.serversence.document.HealthCheck;
import io.serversence.document.Json;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;

/** {@code GET /health/live} and {@code /health/ready}, for anyone. */
@WebServlet(urlPatterns = {"/health/live", "/health/ready"})
public class HealthServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final System.Logger LOG = System.getLogger(HealthServlet.class.getName());

  @Inject transient Instance<HealthCheck> checks;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean live = request.getServletPath().endsWith("/live");
    JsonObject document = document(checks, live);
    int status = document.getString("status").equals("UP") ? 200 : 503;
    ServletAnswer.send(response, status, Answer.TYPE, document.toString());
  }

  /**
   * Asks the checks.
   *
   * @param live only those whose failure a restart would mend
   */
  static JsonObject document(Iterable<HealthCheck> checks, boolean live) {
    boolean up = true;
    JsonArrayBuilder findings = Json.array();
    for (HealthCheck check : checks) {
      if (!live || check.vital()) {
        HealthCheck.Health health = ask(check);
        up &= health.up();
        findings.add(
            Json.object()
                .add("name", check.name())
                .add("status", health.up() ? "UP" : "DOWN")
                .add("detail", health.detail()));
      }
    }
    return Json.object().add("status", up ? "UP" : "DOWN").add("checks", findings).build();
  }

  private static HealthCheck.Health ask(HealthCheck check) {
    try {
      return check.check();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The health of " + check.name() + " cannot be told", e);
      return new HealthCheck.Health(false, "cannot be told; the log has the reason");
    }
  }
}
