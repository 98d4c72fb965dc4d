package io.serversence.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Looks for barriers in a page by axe-core, in the light theme and in the dark one. */
final class Axe {
  private static final String RUN =
      """
      async (tags) => {
        const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
        return violations.map(({ id, nodes }) =>
          `${id}: ${nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`).join('; ')}`);
      }""";
  private static final List<String> ALL =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

  private final String source;

  Axe() {
    try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
      source = new String(script.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it finds by all its rules, first in the light theme and then in the dark one. */
  @SuppressWarnings("unchecked")
  List<String> barriers(Page page) {
    if (Boolean.FALSE.equals(page.evaluate("() => 'axe' in window"))) {
      page.evaluate(source);
    }
    List<String> barriers = new ArrayList<>();
    for (String theme : List.of("light", "dark")) {
      theme(page, theme);
      ((List<String>) page.evaluate(RUN, ALL)).forEach(one -> barriers.add(theme + ": " + one));
    }
    return barriers;
  }

  /** Not by the media feature, which colours of the page follow a frame later. */
  private static void theme(Page page, String name) {
    page.evaluate(
        "(name) => { document.documentElement.dataset.theme = name;"
            + " return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));"
            + " }",
        name);
  }
}
