package io.serversence.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How the tabs of a browser get at their events; skipped without a Chromium. */
@ExtendWith(RunningServer.class)
class SharedConnectionIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** A reader that has left is noticed by the second heartbeat at the latest. */
  private static final Duration LEFT = Duration.ofSeconds(45);

  private static final String NO_WORKER = "delete window.SharedWorker;";
  private static final String NO_LOCK = "delete Navigator.prototype.locks;";

  private final Server server;
  private final Monitors monitors;
  private Browser browser;
  private BrowserContext context;

  SharedConnectionIT(Server server) {
    this.server = server;
    monitors = new Monitors(server.admin());
  }

  @BeforeEach
  void open() {
    assumeTrue(Browser.installed().isPresent(), "there is no Chromium");
    browser = new Browser();
    context = browser.context();
    Browser.signIn(context, server);
    monitors.add(Wanted.seldom(Wanted.http("always-there", "http://127.0.0.1:1/")).build());
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
      monitors.remove("always-there");
    }
  }

  private List<Page> tabs(int n) {
    List<Page> tabs = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      tabs.add(browser.board(context, server));
    }
    return tabs;
  }

  /** All see something new, and nothing that is gone. */
  private void see(List<Page> tabs, String id) {
    monitors.add(Wanted.seldom(Wanted.http(id, "http://127.0.0.1:1/")).build());
    tabs.forEach(tab -> shows(tab, id, 1));
    monitors.remove(id);
    tabs.forEach(tab -> shows(tab, id, 0));
  }

  private static void shows(Page tab, String id, int times) {
    tab.locator("ss-board [name=query]").fill(id);
    assertThat(tab.locator("ss-monitor[data-monitor=" + id + "]")).hasCount(times);
    tab.locator("ss-board [name=query]").fill("");
  }

  @Test
  void ten_tabs_use_one_connection() {
    Await.until("those of tests before have ended", LEFT, () -> Metrics.connections(server) == 0);
    List<Page> tabs = tabs(10);
    see(tabs, "of-ten");
    assertThat(Metrics.connections(server)).isEqualTo(1);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void ten_tabs_without_a_worker_read_by_one_connection_which_the_next_takes_over() {
    context.addInitScript(NO_WORKER);
    // in each tab, what the page is told, to see that none is lost or told twice
    AtomicInteger opened = new AtomicInteger();
    context.onRequest(
        request -> {
          if (request.url().contains("/api/events")) {
            opened.incrementAndGet();
          }
        });
    List<Page> tabs = tabs(10);
    see(tabs, "of-ten");
    assertThat(opened).hasValue(1);

    tabs.remove(0).close(); // which holds the lock
    monitors.add(Wanted.seldom(Wanted.http("meanwhile", "http://127.0.0.1:1/")).build());
    tabs.forEach(tab -> shows(tab, "meanwhile", 1));
    monitors.remove("meanwhile");
    see(tabs, "of-nine");
    assertThat(opened).hasValue(2);
    tabs.forEach(tab -> assertThat(tab.locator("html[data-fresh=yes]")).isVisible());
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void without_locks_each_tab_reads_by_itself() {
    context.addInitScript(NO_WORKER + NO_LOCK);
    List<Page> tabs = tabs(2);
    tabs.remove(0).close();
    see(tabs, "alone");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void where_an_event_source_does_not_get_through_a_web_socket_does() {
    context.addInitScript(NO_WORKER);
    context.route("**/api/events*", route -> route.abort());
    Page page = browser.board(context, server);
    see(List.of(page), "by-socket");
  }

  @Test
  void a_page_that_slept_for_an_hour_is_stale_when_it_wakes_and_then_live() {
    context.addInitScript(NO_WORKER + NO_LOCK);
    Page page = browser.page(context);
    page.clock().install();
    page.navigate(server.base().toString());
    Await.until("it is live", PATIENCE, () -> tick(page, "yes"));
    page.evaluate(
        "window.seen = []; new MutationObserver(() =>"
            + " seen.push(document.documentElement.dataset.fresh))"
            + ".observe(document.documentElement, { attributes: true });");
    monitors.add(Wanted.seldom(Wanted.http("asleep", "http://127.0.0.1:1/")).build());
    page.clock().fastForward(3_600_000);
    Await.until("it is live again", PATIENCE, () -> tick(page, "yes"));
    assertThat(page.evaluate("seen").toString()).contains("no").endsWith("yes]");
    shows(page, "asleep", 1);
    monitors.remove("asleep");
  }

  @Test
  void a_connection_that_died_without_a_word_is_noticed_and_replaced() {
    try (Server dying =
        ServerPlan.named("dying").with("SERVERSENCE_ANONYMOUS", "viewer").started()) {
      context.addInitScript(NO_WORKER + NO_LOCK); // whose requests can be seen
      Page page = browser.page(context);
      page.waitForResponse("**/favicon-stale.svg", () -> page.navigate(dying.base().toString()))
          .finished(); // it is kept then
      assertThat(page.locator("html[data-fresh=yes]")).isVisible();
      page.waitForRequest(
          request -> request.url().contains("/api/events"),
          new Page.WaitForRequestOptions().setTimeout(60_000),
          dying::suspend);
      assertThat(page.locator("html[data-fresh=no]")).isVisible();
      assertThat(page.locator("ss-stale [role=status]")).isVisible();
      assertThat(page.locator("link[rel=icon][href^='data:image/svg+xml,']")).hasCount(1);
      dying.resume();
      assertThat(page.locator("html[data-fresh=yes]"))
          .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(45_000));
      new Monitors(dying.admin())
          .add(Wanted.seldom(Wanted.http("after", "http://127.0.0.1:1/")).build());
      shows(page, "after", 1);
    }
  }

  private static boolean tick(Page page, String fresh) {
    page.clock().runFor(500);
    return fresh.equals(page.locator("html").getAttribute("data-fresh"));
  }
}
