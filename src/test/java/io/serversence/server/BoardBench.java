package io.serversence.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The board with 2,000 monitors in a real browser. Run by the {@code bench} profile on a quiet
 * machine; it prints what it measured, beside what an empty page does on the same machine.
 */
class BoardBench {
  private static final int MONITORS = 2_000;
  private static final int CHANGES = 20;
  private static final int LOADS = 12;

  /** Frame intervals in ms over four seconds, while something is done in each frame. */
  private static final String FRAMES =
      """
      async (speed) => {
        const times = [];
        const begin = performance.now();
        let direction = 1;
        await new Promise((done) => requestAnimationFrame(function frame(at) {
          times.push(at);
          const end = document.documentElement.scrollHeight - innerHeight;
          direction = scrollY >= end - 1 ? -1 : scrollY <= 0 ? 1 : direction;
          scrollBy(0, direction * speed);
          if (at - begin < 4000) requestAnimationFrame(frame); else done();
        }));
        const gaps = times.slice(1).map((at, i) => at - times[i]).sort((a, b) => a - b);
        const at = (share) => gaps[Math.floor(share * (gaps.length - 1))];
        return { n: gaps.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
      }""";

  private static final String FIRST_ROW =
      """
      new MutationObserver((_, observer) => {
        if (document.querySelector('ss-monitor')) {
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => { window.usable = performance.now(); }));
        }
      }).observe(document, { childList: true, subtree: true });""";

  private static void say(String format, Object... values) {
    System.out.println("BENCH " + String.format(Locale.ROOT, format, values));
  }

  private static Server watching(TargetFarm farm) throws IOException {
    ServerPlan plan = ServerPlan.named("board-bench").with("SERVERSENCE_ANONYMOUS", "viewer");
    Path file = plan.folder().resolve("monitors.yaml");
    Server server = plan.with("SERVERSENCE_CONFIG", file.toString()).prepared();
    StringBuilder yaml = new StringBuilder("monitors:\n");
    for (int i = 0; i < MONITORS; i++) {
      yaml.append(
          String.format(
              Locale.ROOT,
              "  - {id: t-%04d, name: Target %04d, group: group %02d, tags: [prod],"
                  + " target: {type: http, url: \"%s\"}, interval: %s, timeout: 1s,"
                  + " failureThreshold: 1, successThreshold: 1}\n",
              i,
              i,
              i / 100,
              farm.url("/t/" + i),
              i < CHANGES ? "1s" : "30s"));
    }
    Files.writeString(file, yaml);
    server.start();
    return server;
  }

  @Test
  void two_thousand_monitors() throws IOException {
    assumeTrue(Browser.installed().isPresent(), "there is no Chromium");
    try (TargetFarm farm = new TargetFarm();
        Server server = watching(farm);
        Browser browser = new Browser()) {
      Monitors monitors = new Monitors(server.admin());
      monitors.awaitState("t-1999", "UP");
      Bench.pass(Duration.ofSeconds(30)); // a server that has just started is busy with itself
      startBrowser(browser, farm);
      firstPaint(browser, server);
      scrolling(browser, server);
      changes(browser, server, farm, monitors);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  /** Has Chromium start what it starts with its first page, whosever that is. */
  private static void startBrowser(Browser browser, TargetFarm farm) {
    Page page = browser.page();
    page.navigate(farm.url("/t/0"));
    page.context().close();
  }

  private static void firstPaint(Browser browser, Server server) {
    for (int i = 0; i < LOADS; i++) {
      BrowserContext context = browser.context(); // with an empty cache
      context.addInitScript(FIRST_ROW);
      Page page = browser.page(context);
      page.navigate(server.base().toString());
      page.waitForFunction("() => 'usable' in window");
      say(
          "first usable paint %s: %.0f ms, first contentful paint %.0f ms",
          i == 0 ? "(the first since the server's start)" : "",
          ((Number) page.evaluate("usable")).doubleValue(),
          ((Number)
                  page.evaluate(
                      "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"))
              .doubleValue());
      context.close();
    }
  }

  @SuppressWarnings("unchecked")
  private static void scrolling(Browser browser, Server server) {
    Page empty = browser.page();
    empty.setContent("<!DOCTYPE html><style>body { height: 100000px }</style>");
    Map<String, Number> none = (Map<String, Number>) empty.evaluate(FRAMES, 60);
    say("frames of an empty page: %s", none);
    empty.context().close();
    Page page = browser.board(server);
    for (int speed : List.of(30, 120, 600)) {
      Map<String, Number> found = (Map<String, Number>) page.evaluate(FRAMES, speed);
      say(
          "frames of the board, %d px a frame: %s; p95 is %.2f times the empty page's",
          speed, found, found.get("p95").doubleValue() / none.get("p95").doubleValue());
    }
    page.context().close();
  }

  private static void changes(Browser browser, Server server, TargetFarm farm, Monitors monitors) {
    Page page = browser.board(server);
    page.locator("[data-filter=UP]").waitFor();
    page.evaluate(
        """
        () => {
          window.seen = {};
          new MutationObserver((changes) => changes.forEach(({ target }) => {
            const { monitor, state } = target.dataset;
            if (state === 'DOWN' && !seen[monitor]) requestAnimationFrame(() => setTimeout(() => {
              seen[monitor] ??= Date.now();
            }));
          })).observe(document.body,
            { attributes: true, attributeFilter: ['data-state'], subtree: true });
        }""");
    double[] took = new double[CHANGES];
    for (int i = 0; i < CHANGES; i++) {
      String id = String.format(Locale.ROOT, "t-%04d", i);
      page.locator("[name=query]").fill(id);
      assertThat(page.locator("ss-monitor[data-monitor=" + id + "]")).isVisible();
      farm.fail("/t/" + i);
      page.waitForFunction("(id) => id in seen", id);
      monitors.awaitState(id, "DOWN");
      Instant opened = Instant.parse(monitors.incidents(id).get(0).getString("openedAt"));
      took[i] =
          ((Number) page.evaluate("(id) => seen[id]", id)).doubleValue() - opened.toEpochMilli();
    }
    java.util.Arrays.sort(took);
    say(
        "a state change on the screen after its event: p50 %.0f ms, max %.0f ms, of %d",
        took[CHANGES / 2], took[CHANGES - 1], CHANGES);
  }
}
