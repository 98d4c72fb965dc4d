package io.serversence.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every screen with an attack in every field that is stored: none is executed, and axe-core finds
 * no barrier, in light and dark. Skipped without a Chromium.
 */
@ExtendWith(RunningServer.class)
class ScreensIT {
  private static final String EVIL =
      "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>\"'>";

  /** Somebody else's page, with the component in it. */
  private static final String PORTAL =
      """
      <!DOCTYPE html>
      <html lang="en">
      <title>Portal</title>
      <style>
        body { background: Canvas; color: CanvasText; }
        [data-theme=light] { color-scheme: light; }
        [data-theme=dark] { color-scheme: dark; }
      </style>
      <script src="status/server-sence-status.js"></script>
      <main><h1>Portal</h1><server-sence-status page="evil"></server-sence-status></main>
      </html>
      """;

  private static final List<String> SETTINGS =
      List.of(
          "monitors",
          "silences",
          "maintenance",
          "channels",
          "routes",
          "notifications",
          "pages",
          "users",
          "tokens",
          "audit");

  private final Server server;
  private final Api admin;
  private final Deque<String> added = new ArrayDeque<>();
  private final List<String> found = new ArrayList<>();

  ScreensIT(Server server) {
    this.server = server;
    admin = server.admin();
  }

  @AfterEach
  void remove() {
    added.forEach(admin::delete);
  }

  private static HttpServer evilTarget() throws IOException {
    HttpServer target =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext(
        "/",
        exchange -> {
          byte[] body = ("{\"status\":\"" + EVIL.replace("\"", "\\\"") + "\"}").getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.getResponseHeaders().set("X-Evil", EVIL);
          exchange.sendResponseHeaders(503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    target.start();
    return target;
  }

  private void add(String path, JsonObjectBuilder document) {
    Answer answer = admin.post(path, document.build());
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    added.push(path + "/" + answer.json().getString("id"));
  }

  private static JsonArrayBuilder list(String value) {
    return Json.createArrayBuilder().add(value);
  }

  private String evilThings(String target) {
    JsonObjectBuilder http = Json.createObjectBuilder().add("type", "http").add("url", target);
    add(
        "/api/monitors",
        Json.createObjectBuilder(Wanted.quick(Wanted.monitor("evil", http)))
            .add("name", EVIL)
            .add("group", EVIL)
            .add("tags", list(EVIL))
            .add("description", EVIL)
            .add("conditions", list("[BODY].status == UP")));
    JsonObject match = Json.createObjectBuilder().add("group", list(EVIL)).build();
    add(
        "/api/channels",
        Json.createObjectBuilder()
            .add("id", "evil")
            .add("name", EVIL)
            .add("type", "ntfy")
            .add("url", "http://127.0.0.1:1/x")
            .add("enabled", false));
    add(
        "/api/routes",
        Json.createObjectBuilder()
            .add("id", "evil")
            .add("name", EVIL)
            .add("match", match)
            .add("channels", list("evil")));
    add(
        "/api/maintenance-windows",
        Json.createObjectBuilder()
            .add("id", "evil")
            .add("name", EVIL)
            .add("match", Json.createObjectBuilder().add("tags", list("no-such")))
            .add("startsAt", java.time.Instant.now().toString())
            .add("duration", "2h"));
    JsonObjectBuilder matcher =
        Json.createObjectBuilder().add("name", "tag").add("op", "=").add("value", EVIL + "2");
    add(
        "/api/silences",
        Json.createObjectBuilder()
            .add("matchers", Json.createArrayBuilder().add(matcher))
            .add("endsAt", "2099-01-01T00:00:00Z")
            .add("comment", EVIL));
    add(
        "/api/status-pages",
        Json.createObjectBuilder()
            .add("id", "evil")
            .add("title", EVIL)
            .add("description", EVIL)
            .add("monitors", list("evil"))
            .add("published", true));
    add("/api/tokens", Json.createObjectBuilder().add("name", EVIL).add("role", "viewer"));
    String incident = new Monitors(admin).awaitIncident("evil");
    JsonObject comment = Json.createObjectBuilder().add("text", EVIL).build();
    assertThat(admin.post("/api/incidents/" + incident + "/comments", comment).status())
        .isBetween(200, 201);
    return incident;
  }

  @Test
  void no_screen_has_a_barrier_or_executes_what_is_stored() throws IOException {
    assumeTrue(Browser.installed().isPresent(), "there is no Chromium");
    HttpServer target = evilTarget();
    try (Browser browser = new Browser()) {
      String incident = evilThings("http://127.0.0.1:" + target.getAddress().getPort() + "/");
      visit(browser, incident);
      assertThat(found).isEmpty();
      assertThat(browser.complaints()).isEmpty();
    } finally {
      target.stop(0);
    }
  }

  private void visit(Browser browser, String incident) {
    Axe axe = new Axe();
    Page stranger = browser.page();
    stranger.navigate(server.base().toString());
    stranger.locator("#sign-in-dialog[open]").waitFor();
    look(axe, stranger, "sign-in");
    stranger.context().close();

    var context = browser.context();
    Browser.signIn(context, server);
    Page page = browser.board(context, server);
    assertThat(page.locator("ss-monitor[data-monitor=evil][data-state=DOWN]")).isVisible();
    look(axe, page, "board");
    page.keyboard().press("?");
    look(axe, page, "shortcuts");
    page.keyboard().press("Escape");
    page.locator("#add-monitor").click();
    page.locator("#monitor-form ss-more-fields summary").click();
    page.locator("#monitor-form [name=interval]").fill("often");
    page.locator("#monitor-form [data-action=add]").click();
    page.locator("#monitor-form [data-field=interval] .fault").waitFor();
    look(axe, page, "monitor form");
    page.keyboard().press("Escape");
    page.locator("[data-user]").click();
    look(axe, page, "password");
    page.keyboard().press("Escape");

    go(page, "monitors/evil", "ss-monitor-page .recent li");
    page.locator("ss-monitor-page .recent summary").first().click();
    page.locator("[data-action=probe]").click();
    page.locator("ss-monitor-page pre").first().waitFor();
    look(axe, page, "monitor");
    page.locator("ss-monitor-page [data-action=delete]").click();
    look(axe, page, "confirmation");
    page.keyboard().press("Escape");
    go(page, "incidents", "ss-incidents-page .earlier li");
    look(axe, page, "incidents");
    go(page, "incidents/" + incident, "ss-incident-page .timeline strong");
    page.locator("ss-incident-page [data-action=recipients]").click();
    page.locator("[data-recipients]").waitFor();
    look(axe, page, "incident");
    page.locator("ss-incident-page [data-action=silence]").click();
    look(axe, page, "silence form");
    page.keyboard().press("Escape");
    for (String name : SETTINGS) {
      go(page, "settings/" + name, "ss-settings .card");
      page.locator("ss-settings [role=status]:has-text('Loading')").waitFor(gone());
      look(axe, page, name);
      if (page.locator("[data-action=new]").isVisible()) {
        page.locator("[data-action=new]").click();
        look(axe, page, name + " form");
        page.keyboard().press("Escape");
      }
    }
    page.navigate(server.base() + "?layout=wall");
    page.locator("ss-monitor[data-monitor=evil][data-state=DOWN]").waitFor();
    look(axe, page, "wall");
    outside(axe, page);
    context.close();
  }

  /** What is no part of the dashboard. */
  private void outside(Axe axe, Page page) {
    page.navigate(server.at("/status/evil").toString());
    page.locator("html[data-phase=live] #open h3").waitFor();
    look(axe, page, "status page");
    page.evaluate("() => { document.documentElement.dataset.fresh = 'no'; }");
    look(axe, page, "status page that is not live");
    page.navigate(server.at("/lab").toString());
    page.locator("[data-action=measure]").waitFor();
    look(axe, page, "lab");
    page.navigate(server.at("/sign-in/oidc").toString());
    page.locator("[role=alert]").waitFor();
    look(axe, page, "sign-in that failed");
    String portal = server.at("/portal").toString();
    page.route(
        portal,
        route ->
            route.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody(PORTAL)));
    page.navigate(portal);
    page.locator("server-sence-status .outages li").waitFor();
    look(axe, page, "component");
  }

  private static com.microsoft.playwright.Locator.WaitForOptions gone() {
    return new com.microsoft.playwright.Locator.WaitForOptions()
        .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN);
  }

  private static void go(Page page, String place, String shown) {
    page.evaluate("(place) => { location.hash = '#/' + place; }", place);
    page.locator(shown).first().waitFor();
  }

  private void look(Axe axe, Page page, String screen) {
    axe.barriers(page).forEach(barrier -> found.add(screen + ": " + barrier));
    Object hacked =
        page.evaluate("() => 'hacked' in window || document.querySelector('img[src=x]') !== null");
    if (!Boolean.FALSE.equals(hacked)) {
      found.add(screen + ": an attack was executed");
    }
  }
}
