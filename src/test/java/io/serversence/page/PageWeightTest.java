package io.serversence.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.size();
  }

  @Test
  void all_pages_together_weigh_less_than_200_kB_compressed() throws IOException {
    List<Path> files = files();
    assertThat(files).hasSizeGreaterThan(40);
    assertThat(files.stream().mapToInt(PageWeightTest::compressed).sum()).isLessThan(200_000);
  }
}
