package io.serversence.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import jakarta.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The board with many monitors, and the pages that lead from it; skipped without a Chromium. */
class BoardIT {
  private static final int MONITORS = 200;
  private static Server server;
  private static Browser browser;
  private static TargetFarm farm;

  @BeforeAll
  static void open() {
    assumeTrue(Browser.installed().isPresent(), "there is no Chromium");
    farm = new TargetFarm();
    browser = new Browser();
    server = ServerPlan.named("board").with("SERVERSENCE_ANONYMOUS", "viewer").started();
    for (int i = 0; i < MONITORS; i++) {
      server
          .admin()
          .post(
              "/api/monitors",
              Json.createObjectBuilder()
                  .add("id", "many-" + i)
                  .add("name", i == 150 ? "Needle" : "Many " + i)
                  .add("group", "group " + i % 4)
                  .add("enabled", i == 150)
                  .add("interval", "1s")
                  .add(
                      "target",
                      Json.createObjectBuilder()
                          .add("type", "http")
                          .add("url", farm.url("/many/" + i)))
                  .build());
    }
  }

  @AfterAll
  static void close() {
    if (server != null) {
      server.close();
      browser.close();
      farm.close();
    }
  }

  private static Page opened() {
    return browser.board(server);
  }

  @Test
  void only_what_is_seen_is_in_the_page_and_a_word_finds_the_rest() {
    Page page = opened();
    assertThat(page.locator("ss-monitor").first()).isVisible();
    assertThat(page.locator("ss-monitor").count()).isLessThan(80);
    page.keyboard().press("/");
    page.keyboard().type("needle");
    assertThat(page.locator("ss-monitor")).hasCount(1);
    assertThat(page.locator("ss-monitor[data-monitor=many-150]")).isVisible();
  }

  @Test
  void a_monitor_leads_to_its_page_with_its_past_and_back() {
    Page page = opened();
    page.locator("[name=query]").fill("needle");
    page.locator("ss-monitor[data-monitor=many-150] a").click();
    assertThat(page.locator("ss-monitor-page h2")).hasText("Needle");
    assertThat(page.locator("ss-availability .big")).hasCount(4);
    page.locator("[data-range='24h']").click();
    assertThat(page.locator("[data-range='24h'][aria-pressed=true]")).isVisible();
    page.keyboard().press("b");
    assertThat(page.locator("ss-monitor[data-monitor=many-150]")).isVisible();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void what_was_being_written_is_there_after_a_reload() {
    Page page = opened();
    page.locator("#add-monitor").click();
    page.locator("#monitor-form [name=name]").fill("Half a name");
    page.reload();
    page.locator("#add-monitor").click();
    assertThat(page.locator("#monitor-form [name=name]")).hasValue("Half a name");
  }

  @Test
  void a_second_tab_shows_the_board_that_the_first_one_reads() {
    Page first = opened();
    Page second = first.context().newPage();
    second.navigate(server.base().toString());
    assertThat(second.locator("html[data-fresh=yes]")).isVisible();
    first.close();
    server.admin().delete("/api/monitors/many-0");
    second.locator("[name=query]").fill("many-0");
    assertThat(second.locator("ss-monitor[data-monitor=many-0]")).hasCount(0);
  }
}
