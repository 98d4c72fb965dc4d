package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A headless Chromium that remembers what its pages complain of. Used by one thread. */
final class Browser implements AutoCloseable {
  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

  /** The Chromium of this machine, if it has one. */
  static Optional<Path> installed() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  Browser() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(installed().orElseThrow())
                    .setArgs(
                        List.of(
                            "--no-sandbox", // containers often run as root
                            "--disable-gpu",
                            "--disable-quic",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  /** A page in a window of its own, without any other's cookies. */
  Page page() {
    return page(context());
  }

  /** Windows that share their cookies and nothing with others. */
  BrowserContext context() {
    return context(new com.microsoft.playwright.Browser.NewContextOptions());
  }

  BrowserContext context(com.microsoft.playwright.Browser.NewContextOptions options) {
    BrowserContext context = chromium.newContext(options);
    context.setDefaultTimeout(30_000);
    return context;
  }

  /** Signs in as the administrator, for all pages of a context. */
  static void signIn(BrowserContext context, Server server) {
    signIn(context, server, "admin", ServerPlan.PASSWORD);
  }

  static void signIn(BrowserContext context, Server server, String user, String password) {
    RequestOptions request =
        RequestOptions.create().setData(Map.of("username", user, "password", password));
    assertThat(context.request().post(server.at("/api/session").toString(), request).status())
        .isEqualTo(204);
  }

  /** A page of a context. */
  Page page(BrowserContext context) {
    Page page = context.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          // what the server refused is shown there too, and is no fault of the page
          if (message.type().equals("error") && !message.text().startsWith("Failed to load")) {
            complaints.add(message.text());
          }
        });
    return page;
  }

  /** A page in which no script runs. */
  Page pageWithoutScript() {
    return chromium
        .newContext(
            new com.microsoft.playwright.Browser.NewContextOptions().setJavaScriptEnabled(false))
        .newPage();
  }

  /** A page of its own with a server's board on it, once that is fresh. */
  Page board(Server server) {
    return board(context(), server);
  }

  /** A page of a context with a server's board on it, once that is fresh. */
  Page board(BrowserContext context, Server server) {
    Page page = page(context);
    page.navigate(server.base().toString());
    PlaywrightAssertions.assertThat(page.locator("html[data-fresh=yes]")).isVisible();
    return page;
  }

  /** Errors of scripts and violations of the content security policy. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
