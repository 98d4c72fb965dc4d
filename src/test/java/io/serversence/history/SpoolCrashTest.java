package io.serversence.history;

import static io.serversence.history.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class SpoolCrashTest {
  private static final Logger LOUD = Logger.getLogger("io.serversence.history");

  @BeforeContainer
  static void quiet() {
    LOUD.setLevel(Level.OFF);
  }

  @AfterContainer
  static void loud() {
    LOUD.setLevel(null);
  }

  @Property(tries = 200)
  void whatever_was_appended_and_wherever_the_file_ends_the_whole_batches_come_back(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 5) Integer> sizes,
      @ForAll @DoubleRange(min = 0, max = 1) double share)
      throws IOException {
    Path folder = Files.createTempDirectory("spool");
    try {
      List<List<Fact>> batches = new ArrayList<>();
      List<Long> ends = new ArrayList<>();
      try (Spool spool = new Spool(folder)) {
        for (int size : sizes) {
          List<Fact> batch = new ArrayList<>();
          for (int i = 0; i < size; i++) {
            batch.add(Given.taken(batches.size(), NOW.plusSeconds(i)));
          }
          batches.add(batch);
          spool.append(batch);
          ends.add(spool.bytes());
        }
      }
      Path file = folder.resolve("spool");
      byte[] bytes = Files.readAllBytes(file);
      int cut = (int) (share * bytes.length);
      Files.write(file, Arrays.copyOf(bytes, cut));
      long whole = ends.stream().filter(end -> end <= cut).count();
      List<List<Fact>> replayed = new ArrayList<>();
      try (Spool spool = new Spool(folder)) {
        assertThat(spool.replay(replayed::add, 100)).isTrue();
      }
      assertThat(replayed).isEqualTo(batches.subList(0, (int) whole));
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
