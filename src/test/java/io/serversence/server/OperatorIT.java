package io.serversence.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators do with the page during an outage, and before one; skipped without a Chromium. */
@ExtendWith(RunningServer.class)
class OperatorIT {
  private static final String PASSWORD = "a long password of olga";
  private static final String NOTED =
      """
      window.notes = [];
      window.Notification = class {
        static permission = 'granted';
        static async requestPermission() { return 'granted'; }
        constructor(title, { body }) { notes.push(`${title}: ${body}`); }
        close() {}
      };""";

  private final Server server;
  private final Api admin;
  private final Monitors monitors;
  private Browser browser;
  private TargetFarm farm;

  OperatorIT(Server server) {
    this.server = server;
    admin = server.admin();
    monitors = new Monitors(admin);
  }

  @BeforeEach
  void open() {
    assumeTrue(Browser.installed().isPresent(), "there is no Chromium");
    browser = new Browser();
    farm = new TargetFarm();
    monitors.add(Wanted.quick(Wanted.http("outage", farm.url("/outage")).add("group", "operated")));
    JsonObject olga =
        Json.createObjectBuilder()
            .add("username", "olga")
            .add("role", "operator")
            .add("password", PASSWORD)
            .build();
    assertThat(admin.post("/api/users", olga).status()).isEqualTo(201);
    monitors.awaitState("outage", "UP");
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
      farm.close();
      admin.delete("/api/users/olga");
      for (String path : List.of("/api/silences", "/api/routes", "/api/channels")) {
        monitors.items(path).stream()
            .filter(one -> one.toString().contains("outage"))
            .forEach(one -> admin.delete(path + "/" + one.getString("id")));
      }
      admin.delete("/api/monitors/outage");
    }
  }

  private BrowserContext context(String user, String password) {
    BrowserContext context = browser.context(new NewContextOptions().setLocale("en-GB"));
    context.addInitScript(NOTED);
    Browser.signIn(context, server, user, password);
    return context;
  }

  @Test
  void an_outage_rings_is_looked_at_together_silenced_taken_over_and_ends() {
    Page page = browser.board(context("admin", ServerPlan.PASSWORD), server);
    page.keyboard().press("a");
    assertThat(page.locator("#alarm[aria-pressed=true]")).isVisible();

    farm.fail("/outage");

    assertThat(page.locator("ss-monitor[data-monitor=outage][data-state=DOWN]")).isVisible();
    assertThat(page).hasTitle(Pattern.compile("\\d+ down.*"));
    assertThat(page.locator("link[rel=icon][href='favicon-down.svg']")).hasCount(1);
    page.waitForFunction("() => notes.some((note) => note.includes('The outage'))");

    page.locator("ss-monitor[data-monitor=outage] a").click();
    page.locator("ss-monitor-page .heading a.chip").click();
    page.locator("ss-incident-page .timeline strong").first().waitFor();
    Page olgas = browser.page(context("olga", PASSWORD));
    olgas.navigate(page.url());
    assertThat(page.locator("ss-incident-page .looking")).containsText("olga is looking");
    assertThat(olgas.locator("ss-incident-page .looking")).containsText("admin");
    olgas.locator("ss-incident-page [name=comment]").fill("I look at the database");
    olgas.reload();
    assertThat(olgas.locator("ss-incident-page [name=comment]")).hasValue("I look at the database");
    olgas.locator("ss-incident-page [data-action=comment]").click();
    assertThat(page.locator("ss-incident-page .timeline")).containsText("I look at the database");

    page.locator("ss-incident-page [data-action=recipients]").click();
    assertThat(page.locator("[data-recipients]")).containsText("An incident of The outage");
    page.locator("ss-incident-page [data-action=silence]").click();
    page.locator("#silence-form [name=comment]").fill("We know");
    page.locator("#silence-form [data-action=store]").click();
    assertThat(page.locator("#silence-form")).hasCount(0);
    assertThat(olgas.locator("ss-incident-page")).isVisible();
    page.locator("ss-incident-page [data-action=acknowledge]").click();
    assertThat(olgas.locator("ss-incident-page [data-incident-state=acknowledged]")).isVisible();

    farm.mend("/outage");

    assertThat(page.locator("ss-incident-page [data-incident-state=resolved]")).isVisible();
    page.keyboard().press("b");
    assertThat(page.locator("ss-monitor[data-monitor=outage][data-state=UP]"))
        .containsText("Silenced");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void many_are_changed_at_once_and_a_route_is_tried_before_it_counts() {
    JsonObject channel =
        Json.createObjectBuilder()
            .add("id", "outage-mail")
            .add("name", "Outage")
            .add("type", "ntfy")
            .add("url", "http://127.0.0.1:1/outage")
            .build();
    assertThat(admin.post("/api/channels", channel).status()).isEqualTo(201);
    Page page = browser.board(context("admin", ServerPlan.PASSWORD), server);

    go(page, "settings/monitors");
    page.locator("ss-bulk [name=query]").fill("operated");
    assertThat(page.locator("ss-bulk .count")).hasText(Pattern.compile("1 of \\d+ monitors"));
    page.locator("ss-bulk [name=change]").selectOption("interval");
    page.locator("ss-bulk [name=value]").fill("often");
    apply(page);
    assertThat(page.locator("ss-bulk [data-field=value] .fault")).isVisible();
    page.locator("ss-bulk [name=value]").fill("2s");
    apply(page);
    Await.until(
        "the interval is changed",
        Duration.ofSeconds(10),
        () -> monitors.get("outage").getString("interval").equals("2s"));

    go(page, "settings/routes");
    page.locator("[data-action=new]").click();
    page.locator("#form-routes [name=name]").fill("Of the outage");
    page.locator("#form-routes [name=match]").fill("{\"group\": [\"operated\"]}");
    page.locator("#form-routes [name=channels]").fill("outage-mail");
    page.reload();
    page.locator("[data-action=new]").click();
    assertThat(page.locator("#form-routes [name=name]")).hasValue("Of the outage");
    page.locator("ss-dry-run select").selectOption("outage");
    page.locator("[data-action=try]").click();
    assertThat(page.locator("[data-recipients='1']")).containsText("route of-the-outage");
    page.locator("#form-routes [name=channels]").fill("no-channel");
    page.locator("#form-routes [data-action=store]").click();
    assertThat(page.locator("[data-field=channels] .fault")).hasText("is no channel");
    page.locator("#form-routes [name=channels]").fill("outage-mail");
    page.locator("#form-routes [data-action=store]").click();
    assertThat(page.locator("[data-item=of-the-outage]")).isVisible();
    assertThat(browser.complaints()).isEmpty();
  }

  private static void go(Page page, String place) {
    page.evaluate("(place) => { location.hash = '#/' + place; }", place);
  }

  private static void apply(Page page) {
    page.locator("ss-bulk [data-action=apply]").click();
    page.locator("#confirm [data-action=yes]").click();
  }

  @Test
  void german_has_every_word_that_english_has() {
    BrowserContext context = browser.context(new NewContextOptions().setLocale("de-DE"));
    Browser.signIn(context, server);
    Page page = browser.board(context, server);
    assertThat(page.locator("header nav")).containsText("Einstellungen");
    Object different =
        page.evaluate(
            """
            async () => {
              const keys = (words, path = '') => Object.entries(words).flatMap(([key, value]) =>
                typeof value === 'object' && !Array.isArray(value) ? keys(value, `${path}${key}.`)
                  : [`${path}${key}: ${typeof value} ${value.length}`.replace(/string.*/, '')]);
              const at = (name) => import(new URL(`js/${name}.js`, document.baseURI).href);
              const english = keys((await at('text')).english);
              const german = keys((await at('text-de')).german);
              return [...english.filter((key) => !german.includes(key)),
                ...german.filter((key) => !english.includes(key))];
            }""");
    assertThat((List<?>) different).isEmpty();
  }
}
