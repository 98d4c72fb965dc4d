package io.serversence.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What a browser has to load before the board is there. */
class PageWeightTest {
  private static final Path PAGES = Path.of("src/main/webapp");

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(PAGES)) {
      return all.filter(file -> file.toString().matches(".*\\.(html|css|js|svg)"))
          .sorted(Comparator.naturalOrder())
          .toList();
    }
  }

  private static int compressed(Path file) {
    try {
      return compressed(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int compressed(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.size();
  }

  /** What is loaded of the library for charts, at the version that the pom and the page name. */
  private static int library() throws IOException {
    String script = Files.readString(PAGES.resolve("js/uplot.js"));
    Matcher folder = Pattern.compile("\\.\\./(webjars/[^']+)").matcher(script);
    assertThat(folder.find()).isTrue();
    int weight = 0;
    for (Matcher file = Pattern.compile("'(uPlot\\.[^']+)'").matcher(script); file.find(); ) {
      String name = "/META-INF/resources/" + folder.group(1) + file.group(1);
      try (InputStream content = PageWeightTest.class.getResourceAsStream(name)) {
        assertThat(content).as(name).isNotNull();
        weight += compressed(content.readAllBytes());
      }
    }
    assertThat(weight).isPositive();
    return weight;
  }

  @Test
  void all_pages_together_weigh_less_than_200_kB_compressed() throws IOException {
    List<Path> files = files();
    assertThat(files).hasSizeGreaterThan(40);
    int ours = files.stream().mapToInt(PageWeightTest::compressed).sum();
    assertThat(ours + library()).isLessThan(200_000);
  }
}
