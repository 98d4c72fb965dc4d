package io.serversence.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The latency chart of a monitor, as a browser draws it; skipped without a Chromium. */
@ExtendWith(RunningServer.class)
class ChartIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String LIBRARY = "/webjars/uplot/1.6.30/dist/";

  /** How many pixels right of a share of the plot's width have the colour of a key. */
  private static final String PIXELS =
      """
      ([key, share]) => {
        const canvas = document.querySelector('ss-chart canvas');
        const [all, area] = [canvas, document.querySelector('ss-chart .u-over')]
          .map((node) => node.getBoundingClientRect());
        const px = canvas.width / all.width;
        const x = Math.round((area.left - all.left + area.width * share) * px);
        const { data } = canvas.getContext('2d').getImageData(x, 0, 60 * px, canvas.height);
        const probe = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
        const brush = probe.getContext('2d');
        brush.fillStyle = getComputedStyle(document.querySelector(`ss-chart [data-ink=${key}]`)).color;
        brush.fillRect(0, 0, 1, 1);
        const wanted = brush.getImageData(0, 0, 1, 1).data;
        let found = 0;
        for (let i = 0; i < data.length; i += 4) {
          found += key === 'incident' ? data[i + 3] > 20 && data[i] - data[i + 2] > 60
            : wanted.every((value, j) => Math.abs(value - data[i + j]) < (j < 3 ? 25 : 35));
        }
        return found;
      }""";

  private final Server server;
  private Browser browser;
  private TargetFarm farm;

  ChartIT(Server server) {
    this.server = server;
  }

  @BeforeEach
  void open() {
    assumeTrue(Browser.installed().isPresent(), "there is no Chromium");
    browser = new Browser();
    farm = new TargetFarm();
    Monitors monitors = new Monitors(server.admin());
    monitors.add(Wanted.seldom(Wanted.http("charted", farm.url("/charted"))).build());
    monitors.awaitState("charted", "UP");
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
      farm.close();
      server.admin().delete("/api/monitors/charted");
    }
  }

  private BrowserContext context(String locale) {
    BrowserContext context =
        browser.context(new NewContextOptions().setLocale(locale).setTimezoneId("Europe/Berlin"));
    Browser.signIn(context, server);
    return context;
  }

  private static Locator drawn(Page page) {
    page.evaluate("() => { location.hash = '#/monitors/charted'; }");
    Locator canvas = page.locator("ss-chart canvas[role=img]");
    canvas.waitFor();
    return canvas;
  }

  private static int pixels(Page page, String key, double share) {
    return (int) page.evaluate(PIXELS, List.of(key, share));
  }

  @Test
  void percentiles_are_bands_gaps_are_gaps_and_incidents_are_marked() {
    BrowserContext context = context("en-GB");
    MadeUpHistory history = new MadeUpHistory(context);
    Page page = browser.board(context, server);
    page.evaluate("() => import(new URL('js/monitor-page.js', document.baseURI))");
    assertThat(loaded(page)).as("the board needs no chart").isEqualTo(0);

    Locator canvas = drawn(page);

    assertThat(page.locator("ss-chart .flag")).hasText("4 min");
    assertThat(history.asked()).isEqualTo(Duration.ofMinutes(30));
    assertThat(loaded(page)).isEqualTo(2);
    for (String key : List.of("p50", "p95", "p99")) {
      int area = key.equals("p50") ? 10 : 500; // the soft edges of a line look like a band
      assertThat(pixels(page, key, 0.1)).as(key).isGreaterThan(area);
      assertThat(pixels(page, key, 0.3)).as(key + " in the gap").isZero();
    }
    assertThat(pixels(page, "incident", 0.65)).as("the incident").isGreaterThan(10);
    assertThat(pixels(page, "incident", 0.5)).as("no incident").isZero();
    assertThat(pixels(page, "down", 0.1)).as("nothing failed").isZero();
    assertThat(pixels(page, "down", 0.65)).as("failing checks").isPositive();
    assertThat(page.locator("ss-chart .flag")).hasAttribute("href", "#/incidents/made-up");
    assertThat(canvas).hasAttribute("aria-label", Pattern.compile(".*one incident.*"));

    page.locator("ss-chart .u-over").hover();
    assertThat(page.locator("ss-chart .when")).containsText(Pattern.compile("CES?T|GMT\\+"));
    page.locator("ss-points summary").click();
    assertThat(page.locator("ss-points tbody tr").first()).containsText("1.23 s");
    Object light = page.evaluate("() => document.querySelector('ss-chart canvas').toDataURL()");
    page.evaluate("() => { document.documentElement.dataset.theme = 'dark'; }");
    page.waitForFunction(
        "(light) => document.querySelector('ss-chart canvas').toDataURL() !== light", light);
    assertThat(pixels(page, "p50", 0.1)).as("in the dark").isGreaterThan(10);
    leaveNothing(page);
    assertThat(browser.complaints()).isEmpty();
  }

  private static int loaded(Page page) {
    return (int)
        page.evaluate(
            "() => performance.getEntriesByType('resource')"
                + ".filter(({ name }) => name.includes('webjars')).length");
  }

  /** A chart that is left can be collected, whatever has listened for it. */
  private static void leaveNothing(Page page) {
    page.evaluate("() => { window.left = new WeakRef(document.querySelector('ss-chart')); }");
    page.keyboard().press("b");
    assertThat(page.locator("ss-monitor[data-monitor=charted]")).isVisible();
    CDPSession session = page.context().newCDPSession(page);
    Await.until(
        "the chart is collected",
        SOON,
        () -> {
          session.send("HeapProfiler.collectGarbage");
          return Boolean.TRUE.equals(page.evaluate("() => left.deref() === undefined"));
        });
  }

  @Test
  void a_window_is_chosen_by_pointer_button_and_key_and_left_again() {
    BrowserContext context = context("en-GB");
    MadeUpHistory history = new MadeUpHistory(context);
    Page page = browser.board(context, server);
    drawn(page);
    page.locator("[data-range='6h']").click();
    assertThat(page.locator("[data-action=back]")).isHidden();
    page.waitForCondition(() -> history.asked().equals(Duration.ofHours(6)));
    page.locator("ss-chart .u-over").scrollIntoViewIfNeeded();
    BoundingBox area = page.locator("ss-chart .u-over").boundingBox();
    double middle = area.y + area.height / 2;
    page.mouse().move(area.x + area.width / 2, middle);
    page.mouse().down();
    page.mouse().move(area.x + area.width * 0.6, middle);
    page.mouse().move(area.x + area.width * 0.75, middle);
    page.mouse().up();

    assertThat(page.locator("[data-action=back]")).isVisible();
    page.waitForCondition(() -> history.asked().compareTo(Duration.ofHours(6)) < 0);
    assertThat(history.asked()).isCloseTo(Duration.ofMinutes(90), Duration.ofMinutes(3));
    assertThat(history.questions().get(history.questions().size() - 1)).doesNotContainKey("step");
    assertThat(page.locator("[data-range][aria-pressed=true]")).hasCount(0);
    page.mouse().dblclick(area.x + area.width / 2, middle);
    assertThat(page.locator("[data-range='6h'][aria-pressed=true]")).isVisible();

    page.locator("[data-action=earlier]").click();
    assertThat(page.locator("[data-action=back]")).isVisible();
    page.locator("[data-action=wider]").click();
    page.waitForCondition(() -> history.asked().equals(Duration.ofHours(12)));
    page.keyboard().press("+");
    page.keyboard().press("+");
    page.waitForCondition(() -> history.asked().equals(Duration.ofHours(3)));
    page.keyboard().press("0");
    assertThat(page.locator("[data-range='6h'][aria-pressed=true]")).isVisible();
    for (String range : List.of("24h", "7d", "30d", "90d", "2y")) {
      page.keyboard().press("-");
      assertThat(page.locator("[data-range='" + range + "'][aria-pressed=true]")).isVisible();
    }
    page.waitForCondition(() -> history.asked().equals(Duration.ofDays(730)));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void german_readers_have_german_times_and_numbers() {
    BrowserContext context = context("de-DE");
    new MadeUpHistory(context);
    Page page = browser.board(context, server);
    Locator canvas = drawn(page);
    assertThat(canvas).hasAttribute("aria-label", Pattern.compile(".* 1,23 s; .*"));
    assertThat(page.locator("ss-chart .when")).containsText(Pattern.compile("Uhr|MES?Z"));
  }

  @Test
  void the_library_is_kept_for_ever_and_nothing_else_is() {
    for (String file : List.of("uPlot.iife.min.js", "uPlot.min.css")) {
      Answer answer = server.anyone().get(LIBRARY + file);
      assertThat(answer.status()).as(file).isEqualTo(200);
      assertThat(answer.header("Cache-Control")).contains("immutable");
      assertThat(answer.header("Content-Type")).contains(file.endsWith("js") ? "script" : "css");
      assertThat(answer.header("ETag") + answer.header("Last-Modified")).isNotEmpty();
      assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
    }
    Answer missing = server.anyone().get(LIBRARY + "none.js");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.header("Cache-Control")).doesNotContain("immutable");
    assertThat(server.anyone().get("/js/app.js").header("Cache-Control")).isEqualTo("max-age=10");
  }
}
