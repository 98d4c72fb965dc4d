package io.serversence.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the board is made of is asked for at once, and not by one module after the other. */
class PreloadTest {
  private static final Path PAGES = Path.of("src/main/webapp");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^(?:import|export|\\}) (?:[^;']*?from )?'(\\./[^']+)'");
  private static final Pattern PRELOAD =
      Pattern.compile("<link rel=\"modulepreload\" href=\"([^\"]+)\">");

  /** A module and all that it imports before it runs. */
  private static NavigableSet<String> modules(String first) throws IOException {
    NavigableSet<String> found = new TreeSet<>();
    Queue<String> left = new ArrayDeque<>();
    left.add(first);
    while (!left.isEmpty()) {
      String name = left.remove();
      if (found.add(name)) {
        Path file = PAGES.resolve(name);
        IMPORT
            .matcher(Files.readString(file))
            .results()
            .map(m -> PAGES.relativize(file.resolveSibling(m.group(1)).normalize()).toString())
            .forEach(left::add);
      }
    }
    return found;
  }

  @Test
  void the_modules_of_the_board_are_preloaded_and_no_others() throws IOException {
    NavigableSet<String> needed = modules("js/app.js");
    needed.addAll(modules("js/stream-worker.js"));
    needed.remove("js/app.js"); // the page names these as its scripts
    needed.remove("js/worker-port.js");
    assertThat(needed).contains("js/stream-worker.js").hasSizeGreaterThan(30);

    NavigableSet<String> preloaded = new TreeSet<>();
    PRELOAD
        .matcher(Files.readString(PAGES.resolve("index.html")))
        .results()
        .map(m -> m.group(1))
        .forEach(preloaded::add);
    assertThat(preloaded).isEqualTo(needed);
  }
}
