package io.serversence.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page at / in a real browser; skipped where the machine has none. */
class PageIT {
  private static Server server;
  private static Browser browser;
  private static TargetFarm farm;

  @BeforeAll
  static void open() {
    assumeTrue(Browser.installed().isPresent(), "there is no Chromium");
    farm = new TargetFarm();
    browser = new Browser();
    server = ServerPlan.named("page").with("SERVERSENCE_ANONYMOUS", "viewer").started();
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

  private static void signIn(Page page, String password) {
    page.locator("#sign-in-dialog [name=username]").fill("admin");
    page.locator("#sign-in-dialog [name=password]").fill(password);
    page.locator("#sign-in-dialog [data-action=submit]").click();
  }

  private static void describe(Page page, String name, String path) {
    page.locator("#add-monitor").click();
    page.locator("#monitor-form [name=name]").fill(name);
    page.locator("#monitor-form [name=url]").fill(farm.url(path));
    page.locator("#monitor-form [name=interval]").fill("1s");
    page.locator("#monitor-form [name=failureThreshold]").fill("1");
  }

  /** Within this time people see what has happened, and the machine may be busy. */
  private static LocatorAssertions.IsVisibleOptions soon() {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(30_000);
  }

  @Test
  void a_stranger_adds_a_monitor_breaks_its_target_and_sees_the_incident_open_and_end() {
    Page page = opened();
    describe(page, "Shop front", "/shop");
    page.locator("#monitor-form [data-action=add]").click();
    signIn(page, ServerPlan.PASSWORD);
    assertThat(page.locator("ss-monitor[data-monitor=shop-front][data-state=UP]"))
        .isVisible(soon());

    farm.fail("/shop");

    assertThat(page.locator("ss-monitor[data-monitor=shop-front][data-state=DOWN]"))
        .isVisible(soon());
    assertThat(page.locator("[data-incident]")).hasCount(1);
    assertThat(page.locator("[data-incident]")).containsText("503");
    assertThat(page).hasTitle(Pattern.compile("1 down.*"));
    page.locator("[data-incident] [data-action=acknowledge]").click();
    assertThat(page.locator("[data-incident][data-incident-state=acknowledged]")).isVisible();

    farm.mend("/shop");

    assertThat(page.locator("ss-monitor[data-monitor=shop-front][data-state=UP]"))
        .isVisible(soon());
    assertThat(page.locator("[data-incident]")).hasCount(0);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void another_screen_sees_at_once_what_is_added_here_and_removed() {
    Page here = opened();
    Page there = opened();
    describe(here, "Seen by both", "/both");
    here.locator("#monitor-form [data-action=add]").click();
    signIn(here, ServerPlan.PASSWORD);
    assertThat(there.locator("ss-monitor[data-monitor=seen-by-both]")).isVisible();

    server.admin().delete("/api/monitors/seen-by-both");

    assertThat(here.locator("ss-monitor[data-monitor=seen-by-both]")).hasCount(0);
    assertThat(there.locator("ss-monitor[data-monitor=seen-by-both]")).hasCount(0);
  }

  @Test
  void a_wrong_password_and_a_wrong_field_are_said_where_they_are() {
    Page page = opened();
    describe(page, "Wrong", "/wrong");
    page.locator("#monitor-form [name=interval]").fill("often");
    page.locator("#monitor-form [data-action=add]").click();
    signIn(page, "not the password");
    assertThat(page.locator("#sign-in-dialog [role=alert]")).not().isEmpty();
    signIn(page, ServerPlan.PASSWORD);
    assertThat(page.locator("[data-field=interval] .fault")).isVisible();
  }

  @Test
  void a_dialog_goes_with_the_screen_that_it_was_opened_on() {
    Page page = opened();
    page.locator("nav a[href='#/incidents']").click();
    page.locator("nav a[href='#/board']").click();
    page.locator("#add-monitor").click();
    page.locator("#monitor-form [name=name]").fill("Half written");

    page.goBack();

    assertThat(page.locator("ss-incidents-page")).isVisible();
    assertThat(page.locator("dialog[open]")).hasCount(0);
    page.locator("#add-monitor").click();
    assertThat(page.locator("#monitor-form [name=name]")).hasValue("Half written");
  }

  @Test
  void a_dialog_with_what_is_shown_once_stays() {
    Page page = signedIn();
    page.navigate(server.base() + "#/settings/tokens");
    page.locator("nav a[href='#/incidents']").click();
    page.goBack();
    page.locator("ss-collection [data-action=new]").click();
    page.locator("#form-tokens [name=name]").fill("For a script");
    page.locator("#form-tokens [data-action=store]").click();
    assertThat(page.locator("#form-tokens [data-once]")).isVisible();

    page.goForward();

    assertThat(page.locator("ss-incidents-page")).isVisible();
    assertThat(page.locator("#form-tokens [data-once]")).not().isEmpty();
    page.locator("#form-tokens .actions button").first().click();
    assertThat(page.locator("dialog[open]")).hasCount(0);
  }

  @Test
  void the_address_of_a_heartbeat_is_shown_on_the_board_wherever_it_was_added() {
    Page page = signedIn();
    page.locator("nav a[href='#/incidents']").click();
    page.locator("#add-monitor").click();
    page.locator("#monitor-form [name=name]").fill("Night job");
    page.locator("#monitor-form [name=type][value=heartbeat]").check();
    page.locator("#monitor-form [data-action=add]").click();

    assertThat(page.locator("ss-monitor[data-monitor=night-job]")).isVisible();
    assertThat(page.locator("#beat-address [data-beat-url]"))
        .hasValue(Pattern.compile(".*/api/heartbeats/.+"));
    server.admin().delete("/api/monitors/night-job");
  }

  private static Page signedIn() {
    BrowserContext context = browser.context();
    Browser.signIn(context, server);
    return browser.board(context, server);
  }

  @Test
  void forms_that_could_not_be_read_are_read_when_the_server_is_back() {
    BrowserContext context = browser.context();
    Browser.signIn(context, server);
    context.route("**/js/forms.js", Route::abort);
    Page page = browser.board(context, server);
    page.locator("#add-monitor").click();
    assertThat(page.locator("ss-notices")).containsText("cannot be reached");
    assertThat(page.locator("#monitor-form")).hasCount(0);
    page.evaluate("() => { window.incomplete = true; }");
    context.unroute("**/js/forms.js");

    page.locator("#sign-out").click(); // and so it connects anew

    page.waitForFunction("() => !('incomplete' in window)");
    assertThat(page.locator("html[data-fresh=yes]")).isVisible();
    page.locator("#sign-in").click();
    assertThat(page.locator("#sign-in-dialog")).isVisible();
    assertThat(browser.complaints()).isEmpty();
    context.close();
  }

  @Test
  void of_a_monitor_that_is_not_there_only_that_is_said_until_there_is_one() {
    Page page = opened();
    List<String> asked = new CopyOnWriteArrayList<>();
    page.onRequest(request -> asked.add(request.url()));
    page.evaluate("() => { location.hash = '#/monitors/nope'; }");
    assertThat(page.locator("ss-monitor-page h2")).hasText("There is no monitor “nope”.");
    assertThat(page.locator("ss-monitor-page :is(.card, .mark):visible")).hasCount(0);
    assertThat(asked).noneMatch(url -> url.contains("/api/monitors/nope"));

    JsonObject beats = Wanted.heartbeat("nope", "1h").build();
    assertThat(server.admin().post("/api/monitors", beats).status()).isEqualTo(201);
    assertThat(page.locator("ss-monitor-page h2")).hasText("The nope");
    assertThat(page.locator("ss-monitor-page .card:visible")).not().hasCount(0);
    server.admin().delete("/api/monitors/nope");
    assertThat(page.locator("ss-monitor-page .card:visible")).hasCount(0);
  }

  @Test
  void a_name_full_of_markup_is_text() {
    server
        .admin()
        .post(
            "/api/monitors",
            Json.createObjectBuilder()
                .add("id", "markup")
                .add("name", "<img src=x onerror=document.title='hacked'><b>bold</b>")
                .add(
                    "target",
                    Json.createObjectBuilder().add("type", "http").add("url", farm.url("/markup")))
                .build());
    Page page = opened();
    assertThat(page.locator("ss-monitor[data-monitor=markup]")).containsText("<b>bold</b>");
    assertThat(page.title()).doesNotContain("hacked");
    assertThat(page.locator("img[src=x]").all()).isEmpty();
  }
}
