package io.serversence.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page that measures the two transports, in a real browser. */
class LabIT {
  private static final double PATIENCE_MS = 150_000;

  @Test
  void the_lab_measures_both_transports_on_this_server() {
    assumeTrue(Browser.installed().isPresent(), "there is no Chromium");
    try (TargetFarm farm = new TargetFarm();
        Server server =
            Bench.watching(
                ServerPlan.named("lab").with("SERVERSENCE_ANONYMOUS", "viewer"),
                farm,
                20,
                "1s",
                3,
                2);
        Browser browser = new Browser()) {
      Page page = browser.page();
      page.navigate(server.at("/lab").toString());
      page.locator("[data-action=measure]").click();
      assertThat(page.locator("[role=status]"))
          .hasText("Done.", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MS));

      List<Locator> figures = page.locator("td").all();
      assertThat(figures).hasSize(18);
      for (Locator figure : figures) {
        assertThat(figure.textContent()).matches(".*\\d.*");
        Bench.say("%s: %s", figure.getAttribute("data-measure"), figure.textContent());
      }
      assertThat(browser.complaints()).isEmpty();
      assertThat(figure(page, "bytes-binary")).isLessThan(figure(page, "bytes-text") / 3);
      assertThat(figure(page, "many-sse")).isLessThan(8); // by HTTP/1.1
      assertThat(figure(page, "many-text")).isEqualTo(8);
    }
  }

  private static double figure(Page page, String measure) {
    String text = page.locator("[data-measure=" + measure + "]").textContent();
    return Double.parseDouble(text.substring(0, text.indexOf(' ')));
  }
}
