package io.serversence.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A status page in a real browser, and within a portal of another origin. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StatusPageBrowserIT {
  private static final String NASTY =
      "\"'></title></script><script>window.pwned=1</script>"
          + "<img src=x onerror=window.pwned=1><svg onload=window.pwned=1>{{1}}";

  /** The names of what the component says in a language, and what it takes to say it. */
  private static final String KINDS_OF_WORDS =
      "lang => Object.entries(customElements.get('server-sence-status').WORDS[lang])"
          + ".map(([name, word]) => `${name}: ${typeof word}`).join()";

  /** By how much something sticks out of what the bar that scrolls the page down leaves. */
  private static final String OVERFLOW =
      "document.documentElement.scrollWidth"
          + " - document.documentElement.getBoundingClientRect().width";

  private static final Pattern GERMAN_TIME =
      Pattern.compile("\\d\\d\\.\\d\\d\\.\\d{4}, \\d\\d:\\d\\d");

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
          byte[] html = html(exchange.getRequestURI().getPath().substring(1)).getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html;charset=utf-8");
          exchange
              .getResponseHeaders()
              .set(
                  "Content-Security-Policy",
                  "default-src 'none'; script-src " + host() + "; connect-src " + host());
          exchange.sendResponseHeaders(200, html.length);
          exchange.getResponseBody().write(html);
          exchange.close();
        });
    portal.start();
    server = ServerPlan.named("status").with("SERVERSENCE_ORIGINS", origin("localhost")).started();
    Monitors monitors = new Monitors(server.admin());
    for (String id : List.of("shown", "other", "leaving")) {
      monitors.add(Wanted.quick(Wanted.http(id, farm.url("/" + id))));
      monitors.awaitState(id, "UP");
    }
    page("shop", "Shop", "shown", "other");
    page("leaving", "Leaving", "leaving");
    hostile(monitors);
  }

  private static void page(String id, String title, String... shown) {
    JsonArrayBuilder monitors = Json.createArrayBuilder();
    List.of(shown).forEach(monitors::add);
    JsonObjectBuilder page =
        Json.createObjectBuilder()
            .add("id", id)
            .add("title", title)
            .add("description", title + ", as it is")
            .add("monitors", monitors)
            .add("published", true);
    assertThat(server.admin().post("/api/status-pages", page.build()).status()).isEqualTo(201);
  }

  /** A page whose every text is markup, with an incident and maintenance to come. */
  private static void hostile(Monitors monitors) {
    monitors.add(Wanted.quick(Wanted.http("nasty", farm.url("/nasty")).add("name", NASTY)));
    page("nasty", NASTY, "nasty");
    var window =
        Json.createObjectBuilder()
            .add("name", NASTY)
            .add("startsAt", Instant.now().plusSeconds(3_600).toString())
            .add("duration", "1h")
            .add(
                "match",
                Json.createObjectBuilder().add("monitor", Json.createArrayBuilder().add("nasty")));
    Answer created = server.admin().post("/api/maintenance-windows", window.build());
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    farm.fail("/nasty");
    monitors.awaitIncident("nasty");
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

  private static String host() {
    return "http://" + server.at("/").getAuthority();
  }

  private static String html(String page) {
    return "<!DOCTYPE html><html lang=en><title>Portal</title><script src=\""
        + server.at("/status/server-sence-status.js")
        + "\"></script><server-sence-status page=\""
        + page
        + "\"></server-sence-status>";
  }

  private static LocatorAssertions.ContainsTextOptions soon() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(40_000);
  }

  /** A status page once it is live. */
  private static Page live(String id) {
    Page page = browser.page();
    page.navigate(server.at("/status/" + id).toString());
    page.locator("html[data-fresh=yes][data-phase=live]").waitFor();
    return page;
  }

  @Test
  @Order(1)
  void a_page_says_what_happens_without_being_asked_again() {
    Page page = live("shop");
    assertThat(page.locator(".headline")).containsText("All systems are operational", soon());
    assertThat(page.locator("svg.days")).hasCount(2);
    page.evaluate("document.querySelector('#system-other').kept = true");
    int[] requests = {0};
    page.onRequest(request -> requests[0]++);

    farm.fail("/shown");
    assertThat(page.locator(".headline")).containsText("Some systems are down", soon());
    assertThat(page.locator("#open")).containsText("Down since", soon());
    assertThat(page.locator("#system-shown .state-down")).containsText("Down since");
    assertThat(page.locator("[role=status].unseen")).containsText("Some systems are down");
    assertThat(page.title()).isEqualTo("Shop: Some systems are down");

    farm.mend("/shown");
    assertThat(page.locator(".headline")).containsText("All systems are operational", soon());
    assertThat(page.locator("#past")).containsText("Down from", soon());
    assertThat(page.locator("#open")).isHidden();
    assertThat(page.evaluate("document.querySelector('#system-other').kept")).isEqualTo(true);
    assertThat(requests[0]).isZero();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  @Order(2)
  void what_came_live_is_what_a_reload_shows() {
    Page page = live("nasty");
    assertThat(page.locator("#open")).containsText("Down since", soon());
    String told = (String) page.evaluate("document.querySelector('#status').innerHTML");
    page.reload();
    page.locator("html[data-fresh=yes]").waitFor();

    assertThat(page.evaluate("document.querySelector('#status').innerHTML")).isEqualTo(told);
  }

  @Test
  @Order(3)
  void a_portal_shows_it_live_where_its_origin_is_allowed() {
    Page page = browser.page();
    page.navigate(origin("localhost") + "/shop");
    assertThat(page.locator("server-sence-status")).containsText("The shown", soon());
    assertThat(page.locator("server-sence-status h2")).hasText("Shop");
    assertThat(page.locator("server-sence-status section.stale")).hasCount(0);

    farm.fail("/shown");
    assertThat(page.locator("server-sence-status .headline"))
        .containsText("Some systems are down", soon());
    assertThat(page.locator("server-sence-status .outages")).containsText("Down since");
    farm.mend("/shown");
    assertThat(page.locator("server-sence-status .headline"))
        .containsText("All systems are operational", soon());
    page.evaluate(
        "document.documentElement.style.setProperty('--server-sence-up', 'rgb(1, 2, 3)')");
    assertThat(page.locator("server-sence-status .headline")).hasCSS("color", "rgb(1, 2, 3)");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  @Order(4)
  void a_portal_of_an_origin_that_is_not_allowed_is_told_nothing() {
    try (Browser own = new Browser()) { // which complains, as it should
      Page page = own.page();
      page.navigate(origin("127.0.0.1") + "/shop");
      assertThat(page.locator("server-sence-status")).containsText("cannot be told", soon());
      assertThat(page.locator("server-sence-status li")).hasCount(0);
    }
  }

  @Test
  @Order(5)
  void it_can_be_read_without_script() {
    Page page = browser.pageWithoutScript();
    page.navigate(server.at("/status/shop").toString());
    assertThat(page.locator("h1")).hasText("Shop");
    assertThat(page.locator("#system-shown")).containsText("Operational");
    assertThat(page.locator("#system-shown")).containsText("available, seen on");
    assertThat(page.locator("#as-of")).containsText("UTC");
    assertThat(page.locator(".stale")).hasCount(0);
    assertThat(page.locator("meta[http-equiv=refresh]")).hasCount(1);
  }

  @Test
  @Order(6)
  void who_reads_German_is_told_in_German() {
    var context =
        browser.context(
            new com.microsoft.playwright.Browser.NewContextOptions().setLocale("de-DE"));
    Page page = browser.page(context);
    page.navigate(server.at("/status/nasty").toString());
    page.locator("html[lang=de][data-fresh=yes][data-phase=live]").waitFor();
    assertThat(page.locator("#open")).containsText("Gestört seit", soon());
    assertThat(page.locator("#open time")).hasText(GERMAN_TIME);
    assertThat(page.locator("#as-of")).containsText("Live, Stand");
    page.locator("a[hreflang=en]").click();
    page.locator("html[lang=en][data-phase=live]").waitFor();
    assertThat(page.locator("#open")).containsText("Down since", soon());

    page.navigate(origin("localhost") + "/nasty");
    assertThat(page.locator("server-sence-status .headline"))
        .containsText("Everything is down", soon());
    page.evaluate("document.querySelector('server-sence-status').lang = 'de'");
    assertThat(page.locator("server-sence-status .headline"))
        .containsText("Alles ist gestört", soon());
    assertThat(page.locator("server-sence-status .outages")).containsText("Gestört seit");
    assertThat(page.locator("server-sence-status section[lang=de]")).containsText(GERMAN_TIME);
    assertThat(page.evaluate(KINDS_OF_WORDS, "de")).isEqualTo(page.evaluate(KINDS_OF_WORDS, "en"));
    assertThat(browser.complaints()).isEmpty();
    context.close();
  }

  @ParameterizedTest
  @Order(6)
  @ValueSource(
      strings = {
        "/status/nasty",
        "/status/nasty/feed.atom",
        "/status/nasty/summary.json",
        "/badges/nasty/status.svg",
        "/badges/nasty/uptime-7d.svg",
        "portal"
      })
  void markup_in_any_text_is_text(String path) {
    Page page = browser.page();
    page.onDialog(dialog -> page.evaluate("window.pwned = 1"));
    page.navigate(
        path.equals("portal") ? origin("localhost") + "/nasty" : server.at(path).toString());
    if (path.equals("portal")) {
      assertThat(page.locator("server-sence-status .headline"))
          .containsText("Everything is down", soon());
      assertThat(page.locator("server-sence-status h2")).hasText(NASTY);
    } else if (path.equals("/status/nasty")) {
      page.locator("html[data-phase=live]").waitFor();
      assertThat(page.locator("h1")).hasText(NASTY);
      assertThat(page.locator("#works h3")).hasText(NASTY);
      assertThat(page.locator("#open h3")).hasText(NASTY);
      assertThat(page.locator("#system-nasty h3")).hasText(NASTY);
      assertThat(page.title()).startsWith(NASTY);
    }
    assertThat(page.evaluate("window.pwned ?? 0")).isEqualTo(0);
    assertThat(page.locator("img, #status script, svg[onload]").all()).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  /** Contrast as WCAG 2.2 has it (1.4.3, 1.4.11), headings in order, landmarks, names. */
  @ParameterizedTest
  @Order(7)
  @EnumSource(names = {"LIGHT", "DARK"})
  void everyone_can_read_it(ColorScheme scheme) {
    for (String id : List.of("shop", "nasty")) {
      Page page = live(id);
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      for (String fresh : List.of("yes", "no")) {
        page.evaluate("fresh => { document.documentElement.dataset.fresh = fresh; }", fresh);
        assertThat((List<?>) page.evaluate(PublicPageChecks.SCRIPT)).as(id + scheme).isEmpty();
      }
      page.setViewportSize(320, 640); // 1.4.10, reflow
      assertThat(page.evaluate(OVERFLOW)).as("beyond a narrow window").isEqualTo(0);
    }
  }

  @Test
  @Order(8)
  void a_page_that_is_published_no_longer_says_so() {
    Page page = live("leaving");
    assertThat(server.admin().delete("/api/status-pages/leaving").status()).isEqualTo(204);
    assertThat(page.locator(".stale")).containsText("no longer published", soon());
    assertThat(page.locator("html[data-fresh=no][data-phase=gone]")).hasCount(1);
  }

  @Test
  @Order(9)
  void a_lost_connection_shows_in_20_s_and_the_page_comes_back_by_itself() {
    Page page = live("shop");
    Page outside = browser.page();
    outside.navigate(origin("localhost") + "/shop");
    assertThat(outside.locator("server-sence-status section.stale")).hasCount(0);
    server.kill();

    page.locator("html[data-fresh=no]")
        .waitFor(new com.microsoft.playwright.Locator.WaitForOptions().setTimeout(20_000));
    assertThat(page.locator(".stale")).containsText("may be out of date");
    assertThat(outside.locator("server-sence-status .note")).containsText("Not live", soon());
    server.start();

    page.locator("html[data-fresh=yes][data-phase=live]")
        .waitFor(new com.microsoft.playwright.Locator.WaitForOptions().setTimeout(60_000));
    assertThat(page.locator(".stale")).isHidden();
    assertThat(outside.locator("server-sence-status .note"))
        .isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(60_000));
  }
}
