package io.serversence.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Makes {@code target/screenshots}: each page in both themes, by {@code mvn verify -Pbench
 * -Dit.test=ScreenshotsBench}.
 */
class ScreenshotsBench {
  private static final Path FOLDER = Path.of("target/screenshots");

  private static final Map<String, List<String>> GROUPS =
      Map.of(
          "shop", List.of("Shop front", "Checkout", "Product search", "Basket", "Image delivery"),
          "payments", List.of("Card gateway", "Ledger", "Fraud scoring"),
          "platform", List.of("Identity", "Message broker", "Object store"),
          "warehouse", List.of("Stock service", "Label printing", "Route planner"));

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

  /** A server that was just started has no past; it is made up where the page asks for it. */
  private static final String MADE_UP_PAST =
      """
      const asked = window.fetch;
      const noise = (text) => {
        let seed = [...text].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) | 0, 7);
        return () => ((seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff);
      };
      const STEPS = { '1m': 60e3, '5m': 300e3, '1h': 3600e3, '1d': 86400e3 };
      const point = (at, random, step) => {
        const bad = random() < 0.02 ? 0.004 + random() * 0.05 : 0;
        const p50 = 22 + 8 * Math.sin(at / 9e6) + random() * 6;
        return { at: new Date(at).toISOString(), samples: 1000, up: 1000, down: bad ? 9 : 0,
          degraded: random() < 0.03 ? 40 : 0, unknown: 0, availability: step === '1d' ? 1 - bad : 1,
          p50Ms: p50, p95Ms: p50 * (1.5 + random() * 0.3), p99Ms: p50 * (2 + random() * 0.6) };
      };
      window.fetch = (input, init) => {
        const url = new URL(input.url ?? input, location);
        const [, id, what] = /monitors\\/([^/]+)\\/(history|availability)$/.exec(url.pathname) ?? [];
        const random = noise(`${id} ${what}`);
        const json = (data) => Promise.resolve(new Response(JSON.stringify(data)));
        if (what === 'history') {
          const step = url.searchParams.get('step');
          const [from, to] = ['from', 'to'].map((n) => Date.parse(url.searchParams.get(n)));
          const points = [];
          for (let at = from; at <= to; at += STEPS[step]) points.push(point(at, random, step));
          return json({ step, points });
        }
        if (what === 'availability') {
          const bad = random() * 0.002;
          const length = Date.parse(url.searchParams.get('to'))
            - Date.parse(url.searchParams.get('from'));
          return json({ availability: 1 - bad, coverage: 0.9998, downtimeMs: bad * length,
            incidents: 1 + Math.floor(random() * 4) });
        }
        return asked(input, init);
      };\
      """;

  @Test
  void of_each_page_in_both_themes() throws IOException {
    assumeTrue(Browser.installed().isPresent(), "there is no Chromium");
    Files.createDirectories(FOLDER);
    try (TargetFarm farm = new TargetFarm();
        Server server = ServerPlan.named("screenshots").started();
        Browser browser = new Browser()) {
      Monitors monitors = new Monitors(server.admin());
      fill(server.admin(), farm, monitors);
      String incident = outage(server.admin(), farm, monitors);
      for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        shoot(browser, server, theme, incident);
      }
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static void fill(Api admin, TargetFarm farm, Monitors monitors) {
    GROUPS.forEach(
        (group, names) -> {
          for (String name : names) {
            String id = name.toLowerCase(Locale.ROOT).replace(' ', '-');
            monitors.add(
                Wanted.quick(
                    Json.createObjectBuilder(Wanted.http(id, farm.url("/" + id)).build())
                        .add("name", name)
                        .add("group", group)
                        .add("tags", Json.createArrayBuilder().add("prod"))
                        .add(
                            "conditions",
                            Json.createArrayBuilder()
                                .add("[STATUS] == 200")
                                .add("[RESPONSE_TIME] < 500"))));
          }
        });
    Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
    add(
        admin,
        "channels",
        "{'id':'on-call','name':'On call','type':'ntfy',"
            + "'url':'http://127.0.0.1:1/on-call','default':true}");
    add(
        admin,
        "channels",
        "{'id':'shop-team','name':'Shop team','type':'ntfy'," + "'url':'http://127.0.0.1:1/shop'}");
    add(
        admin,
        "routes",
        "{'id':'shop','name':'Shop','match':{'group':['shop']},"
            + "'channels':['shop-team'],'escalation':[{'after':'15m','channels':['on-call']}]}");
    add(
        admin,
        "maintenance-windows",
        "{'name':'Weekly reboot','match':{'group':['platform']},"
            + "'startsAt':'"
            + now.minus(3, ChronoUnit.DAYS)
            + "','duration':'30m',"
            + "'recurrence':'FREQ=WEEKLY','timezone':'Europe/Berlin'}");
    add(
        admin,
        "silences",
        "{'matchers':[{'name':'monitor','op':'=','value':'label-printing'}],"
            + "'endsAt':'"
            + now.plus(8, ChronoUnit.HOURS)
            + "','comment':'The printer is replaced'}");
    add(
        admin,
        "status-pages",
        "{'id':'shop','title':'Shop','match':{'group':['shop']}," + "'published':true}");
    add(admin, "tokens", "{'name':'deploy','role':'operator'}");
    names().forEach(id -> monitors.awaitState(id, "UP"));
  }

  private static List<String> names() {
    return GROUPS.values().stream()
        .flatMap(List::stream)
        .map(name -> name.toLowerCase(Locale.ROOT).replace(' ', '-'))
        .toList();
  }

  private static void add(Api admin, String collection, String document) {
    JsonObject json =
        Json.createReader(new java.io.StringReader(document.replace('\'', '"'))).readObject();
    Answer answer = admin.post("/api/" + collection, json);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  private static String outage(Api admin, TargetFarm farm, Monitors monitors) {
    farm.fail("/checkout");
    farm.fail("/label-printing");
    monitors.awaitIncident("label-printing");
    String incident = monitors.awaitIncident("checkout");
    JsonObjectBuilder said = Json.createObjectBuilder();
    admin.post(
        "/api/incidents/" + incident + "/comments",
        said.add("text", "Began with the deployment at a quarter past. I roll it back.").build());
    return incident;
  }

  private static void shoot(Browser browser, Server server, ColorScheme theme, String incident) {
    String suffix = "-" + theme.name().toLowerCase(Locale.ROOT);
    BrowserContext context = context(browser, server, theme, 1280, 800);
    Page page = browser.board(context, server);
    page.locator("ss-monitor .uptime:not(:empty)").first().waitFor();
    take(page, "board" + suffix);
    page.keyboard().press("?");
    take(page, "shortcuts" + suffix);
    page.keyboard().press("Escape");
    page.locator("#add-monitor").click();
    take(page, "monitor-form" + suffix);
    page.keyboard().press("Escape");
    go(page, "monitors/checkout", "ss-monitor-page .recent li");
    page.locator("ss-chart canvas[role=img]").waitFor();
    take(page, "monitor" + suffix);
    go(page, "incidents", "ss-incidents-page .earlier li");
    take(page, "incidents" + suffix);
    go(page, "incidents/" + incident, "ss-incident-page .timeline strong");
    page.locator("ss-incident-page [data-action=recipients]").click();
    page.locator("[data-recipients]").waitFor();
    take(page, "incident" + suffix);
    for (String name : SETTINGS) {
      go(page, "settings/" + name, "ss-settings .card");
      take(page, "settings-" + name + suffix);
    }
    page.navigate(server.at("/status/shop").toString());
    take(page, "status-page" + suffix);
    page.navigate(server.at("/lab/").toString());
    take(page, "lab" + suffix);
    context.close();
    sized(browser, server, theme, 390, 844, "", "phone" + suffix);
    sized(browser, server, theme, 820, 1180, "", "tablet" + suffix);
    sized(browser, server, theme, 1920, 1080, "?layout=wall", "wall" + suffix);
    BrowserContext stranger = browser.context(options(theme, 1280, 800));
    Page signIn = browser.page(stranger);
    signIn.navigate(server.base().toString());
    signIn.locator("#sign-in-dialog[open]").waitFor();
    take(signIn, "sign-in" + suffix);
    stranger.close();
  }

  private static void sized(
      Browser browser,
      Server server,
      ColorScheme theme,
      int width,
      int height,
      String query,
      String name) {
    BrowserContext context = context(browser, server, theme, width, height);
    Page page = browser.page(context);
    page.navigate(server.base() + query);
    assertThat(page.locator("html[data-fresh=yes]")).isVisible();
    page.locator("ss-monitor").first().waitFor();
    take(page, name);
    context.close();
  }

  private static NewContextOptions options(ColorScheme theme, int width, int height) {
    return new NewContextOptions().setColorScheme(theme).setViewportSize(width, height);
  }

  private static BrowserContext context(
      Browser browser, Server server, ColorScheme theme, int width, int height) {
    BrowserContext context = browser.context(options(theme, width, height));
    context.addInitScript(MADE_UP_PAST);
    Browser.signIn(context, server);
    return context;
  }

  private static void go(Page page, String place, String shown) {
    page.evaluate("(place) => { location.hash = '#/' + place; }", place);
    page.locator(shown).first().waitFor();
  }

  private static void take(Page page, String name) {
    page.waitForFunction(
        "() => !document.body.innerText.includes('Loading…')"
            + " && document.getAnimations().length === 0");
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))");
    page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name + ".png")));
  }
}
