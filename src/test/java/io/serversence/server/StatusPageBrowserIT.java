package io.serversence.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A status page in a real browser, and within a portal of another origin. */
class StatusPageBrowserIT {
  private static Server server;
  private static Browser browser;
  private static TargetFarm farm;
  private static HttpServer portal;

  @BeforeAll
  static void open() throws IOException {
    assumeTrue(Browser.installed().isPresent(), "there is no Chromium");
    farm = new TargetFarm();
    browser = new Browser();
    portal = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    portal.createContext(
        "/",
        exchange -> {
          byte[] html = html().getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html;charset=utf-8");
          exchange.sendResponseHeaders(200, html.length);
          exchange.getResponseBody().write(html);
          exchange.close();
        });
    portal.start();
    server = ServerPlan.named("status").with("SERVERSENCE_ORIGINS", origin("localhost")).started();
    Monitors monitors = new Monitors(server.admin());
    monitors.add(Wanted.quick(Wanted.http("shown", farm.url("/shown"))));
    monitors.awaitState("shown", "UP");
    var page =
        Json.createObjectBuilder()
            .add("title", "Shop")
            .add("monitors", Json.createArrayBuilder().add("shown"))
            .add("published", true);
    assertThat(server.admin().post("/api/status-pages", page.build()).status()).isEqualTo(201);
  }

  @AfterAll
  static void close() {
    if (server != null) {
      server.close();
      browser.close();
      farm.close();
      portal.stop(0);
    }
  }

  private static String origin(String host) {
    return "http://" + host + ":" + portal.getAddress().getPort();
  }

  private static String html() {
    return "<!DOCTYPE html><title>Portal</title><script src=\""
        + server.at("/status/server-sence-status.js")
        + "\"></script><server-sence-status page=\"shop\"></server-sence-status>";
  }

  private static LocatorAssertions.ContainsTextOptions soon() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(40_000);
  }

  @Test
  void a_page_says_what_happens_without_being_reloaded() {
    Page page = browser.page();
    page.navigate(server.at("/status/shop").toString());
    assertThat(page.locator(".headline")).containsText("All systems are operational", soon());
    assertThat(page.locator("svg.days")).hasCount(1);

    farm.fail("/shown");
    assertThat(page.locator(".headline")).containsText("Everything is down", soon());
    assertThat(page.locator("#status")).containsText("Incidents under way", soon());

    farm.mend("/shown");
    assertThat(page.locator(".headline")).containsText("All systems are operational", soon());
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_portal_shows_it_where_its_origin_is_allowed() {
    Page page = browser.page();
    page.navigate(origin("localhost"));
    assertThat(page.locator("server-sence-status")).containsText("The shown", soon());
    assertThat(page.locator("server-sence-status h2")).hasText("Shop");
  }

  @Test
  void a_portal_of_an_origin_that_is_not_allowed_is_told_nothing() {
    try (Browser own = new Browser()) { // which complains, as it should
      Page page = own.page();
      page.navigate(origin("127.0.0.1"));
      assertThat(page.locator("server-sence-status")).containsText("cannot be told", soon());
    }
  }
}
