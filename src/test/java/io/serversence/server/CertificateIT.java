package io.serversence.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.serversence.probe.TestCertificates;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The certificate of a TLS server as the page of its monitor shows it. */
@ExtendWith(RunningServer.class)
class CertificateIT {
  private static final String MONITOR = "shows-certificate";

  private final Server server;
  private HttpsServer target;

  CertificateIT(Server server) {
    this.server = server;
  }

  private JsonObjectBuilder listening(String certificate) throws Exception {
    target = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.setHttpsConfigurator(new HttpsConfigurator(TestCertificates.showing(certificate)));
    target.start();
    return Json.createObjectBuilder()
        .add("type", "tls")
        .add("host", "127.0.0.1")
        .add("port", target.getAddress().getPort());
  }

  @AfterEach
  void close() {
    if (target != null) {
      target.stop(0);
      server.admin().delete("/api/monitors/" + MONITOR);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "good, signed by an unknown authority, 'valid until .* \\(\\S+ days\\)', good.example",
    "worst, certificate, 'expired on .* \\(\\S+ days ago\\)', worst.example"
  })
  void its_end_its_issuer_and_its_names_are_shown(
      String certificate, String cause, String end, String name) throws Exception {
    assumeTrue(Browser.installed().isPresent(), "there is no Chromium");
    JsonObjectBuilder monitor = Wanted.monitor(MONITOR, listening(certificate));
    new Monitors(server.admin()).add(Wanted.seldom(monitor).build());
    try (Browser browser = new Browser()) {
      BrowserContext context = browser.context(new NewContextOptions().setLocale("en-GB"));
      Browser.signIn(context, server);
      Page page = browser.page(context);
      page.navigate(server.base() + "#/monitors/" + MONITOR);
      page.locator("[data-action=probe]").click();

      Locator shown = page.locator("ss-monitor-page .facts dd:has(time)");
      assertThat(shown).containsText(Pattern.compile(end));
      assertThat(shown).containsText("issued by CN=");
      assertThat(shown).containsText(name);
      assertThat(page.locator("ss-monitor-page .message").first()).containsText(cause);
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
