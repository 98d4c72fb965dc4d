package io.serversence.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is written into a form and not stored yet is there after a reload, except for secrets. */
@ExtendWith(RunningServer.class)
class UnsavedWorkIT {
  private static final String SECRET = "hunter2-is-kept-nowhere";
  private static final String OF_A_SECRET = "{\"password\": \"" + SECRET + "\"}";

  /** A form of the settings: what survives, and what must not, in steps, by the names of fields. */
  private record Form(
      String screen, Map<String, String> survives, List<Map<String, String>> secrets) {
    Form(String screen, Map<String, String> survives) {
      this(screen, survives, List.of());
    }
  }

  private static final List<Form> FORMS =
      List.of(
          new Form(
              "channels",
              Map.of("name", "To the team", "type", "slack"),
              List.of(
                  Map.of("type", "webhook", "secret", SECRET, "headers", OF_A_SECRET),
                  Map.of("type", "email", "smtp", OF_A_SECRET),
                  Map.of("type", "ntfy", "token", SECRET),
                  Map.of("type", "pagerduty", "routingKey", SECRET),
                  Map.of("type", "opsgenie", "apiKey", SECRET),
                  Map.of("type", "slack", "url", "https://hooks.example/" + SECRET))),
          new Form("routes", Map.of("name", "Of the shop", "channels", "a, b")),
          new Form("silences", Map.of("matchers", "[unfinished", "comment", "We know")),
          new Form("maintenance", Map.of("name", "Work", "duration", "3h", "recurrence", "FREQ=")),
          new Form("pages", Map.of("title", "Shop", "description", "All", "monitors", "a, b")),
          new Form(
              "users",
              Map.of("username", "otto", "role", "operator"),
              List.of(Map.of("password", SECRET))),
          new Form("tokens", Map.of("name", "A script", "role", "admin")));

  private final Server server;

  UnsavedWorkIT(Server server) {
    this.server = server;
  }

  @Test
  void every_form_keeps_what_is_written_and_no_secret() {
    assumeTrue(Browser.installed().isPresent(), "there is no Chromium");
    try (Browser browser = new Browser()) {
      BrowserContext context = browser.context();
      Browser.signIn(context, server);
      Page page = browser.board(context, server);
      monitor(page);
      for (Form form : FORMS) {
        open(page, form.screen());
        for (Map<String, String> step : form.secrets()) {
          if (step.containsKey("type")) { // which says what fields there are
            write(page, form.screen(), "type", step.get("type"));
          }
          step.forEach((field, value) -> write(page, form.screen(), field, value));
          assertNoSecret(page);
        }
        form.survives().forEach((field, value) -> write(page, form.screen(), field, value));
        page.keyboard().press("Escape");
      }
      assertNoSecret(page);

      page.reload();

      for (Form form : FORMS) {
        open(page, form.screen());
        form.survives()
            .forEach(
                (field, value) -> assertThat(field(page, form.screen(), field)).hasValue(value));
        page.locator("#form-" + form.screen() + " .actions button").first().click(); // cancels
      }
      page.evaluate("() => { location.hash = '#/board'; }");
      page.locator("#add-monitor").click();
      assertThat(page.locator("#monitor-form [name=name]")).hasValue("A shop");
      page.locator("#monitor-form .actions button").first().click();
      assertThat(stored(page)).doesNotContain("A shop", "Of the shop", "otto");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static void monitor(Page page) {
    page.locator("#add-monitor").click();
    page.locator("#monitor-form ss-more-fields summary").click();
    page.locator("#monitor-form [name=headers]").fill("Authorization: Bearer " + SECRET);
    page.locator("#monitor-form [name=name]").fill("A shop");
    page.keyboard().press("Escape");
    assertNoSecret(page);
  }

  private static void open(Page page, String screen) {
    page.evaluate("(screen) => { location.hash = `#/settings/${screen}`; }", screen);
    page.locator("ss-settings:has([aria-current=page][href$='/" + screen + "']) [data-action=new]")
        .click();
  }

  private static Locator field(Page page, String screen, String name) {
    return page.locator("#form-" + screen + " [name=" + name + "]");
  }

  private static void write(Page page, String screen, String name, String value) {
    Locator field = field(page, screen, name);
    if (Boolean.TRUE.equals(field.evaluate("(field) => field.localName === 'select'"))) {
      field.selectOption(value);
    } else {
      field.fill(value);
    }
  }

  private static String stored(Page page) {
    return (String)
        page.evaluate(
            "() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie])");
  }

  private static void assertNoSecret(Page page) {
    assertThat(stored(page)).doesNotContain(SECRET);
  }
}
