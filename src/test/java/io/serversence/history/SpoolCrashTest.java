package io.serversence.history;

import static io.serversence.history.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.monitor.MonitorState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
      Path file = folder.resolve("spool-1-1");
      byte[] bytes = Files.readAllBytes(file);
      int cut = (int) (share * bytes.length);
      Files.write(file, Arrays.copyOf(bytes, cut));
      long whole = ends.stream().filter(end -> end <= cut).count();
      List<List<Fact>> replayed = new ArrayList<>();
      try (Spool spool = new Spool(folder)) {
        assertThat(spool.replay(replayed::add, 100, 1)).isTrue();
      }
      assertThat(replayed).isEqualTo(batches.subList(0, (int) whole));
    } finally {
      delete(folder);
    }
  }

  /**
   * @param capacity so small that samples go, and sometimes all of them
   * @param shares how much of a batch a crash leaves on the disk, for every third batch
   */
  @Property(tries = 50)
  void whatever_is_appended_dropped_and_torn_what_must_survive_does_in_its_order_and_once(
      @ForAll @Size(min = 1, max = 45) List<@IntRange(max = 5) Integer> sizes,
      @ForAll @IntRange(min = 600, max = 6_000) int capacity,
      @ForAll @Size(20) List<@DoubleRange(min = 0, max = 1) Double> shares)
      throws IOException {
    Path folder = Files.createTempDirectory("spool");
    try {
      List<Fact> sure = new ArrayList<>();
      long dropped = 0;
      Spool spool = new Spool(folder, capacity);
      for (int i = 0; i < sizes.size(); i++) {
        List<Fact> batch = batch(i, sizes.get(i));
        spool.append(batch);
        if (i % 3 > 0) {
          sure.addAll(batch);
          continue;
        }
        dropped += spool.dropped();
        spool.close();
        if (leave(folder, shares.get(i / 3))) {
          sure.addAll(batch);
        }
        spool = new Spool(folder, capacity);
      }
      dropped += spool.dropped();
      List<Fact> replayed = new ArrayList<>();
      assertThat(spool.replay(replayed::addAll, 1_000, 1)).isTrue();
      assertThat(spool.lost()).isZero();
      spool.close();
      assertThat(replayed).isEqualTo(sure.stream().filter(replayed::contains).toList());
      assertThat(count(replayed, false)).isEqualTo(count(sure, false));
      assertThat(count(replayed, true)).isGreaterThanOrEqualTo(count(sure, true) - dropped);
    } finally {
      delete(folder);
    }
  }

  private static List<Fact> batch(int n, int samples) {
    List<Fact> batch = new ArrayList<>();
    for (int k = 0; k < samples; k++) {
      batch.add(Given.taken(n, NOW.plusSeconds(k)));
    }
    if (n % 3 == 0) { // these are torn
      batch.add(new Fact.StateChanged(n, MonitorState.UP, NOW, null));
    }
    return batch;
  }

  private static long count(List<Fact> facts, boolean samples) {
    return facts.stream().filter(f -> f instanceof Fact.SampleTaken == samples).count();
  }

  /** Tears the last batch; true if all of it is left. */
  private static boolean leave(Path folder, double share) throws IOException {
    Path newest;
    try (Stream<Path> files = Files.list(folder)) {
      newest = files.max(Comparator.comparingLong(SpoolCrashTest::number)).orElseThrow();
    }
    long start = 0;
    long end = 0;
    try (BatchFile file = new BatchFile(newest)) {
      while (end < file.end()) {
        start = end;
        end = file.read(start).next();
      }
    }
    long cut = start + Math.round(share * (end - start));
    try (FileChannel file = FileChannel.open(newest, StandardOpenOption.WRITE)) {
      file.truncate(cut);
    }
    return cut == end;
  }

  private static long number(Path file) {
    SpoolSegment.Range range = SpoolSegment.Range.of(file);
    return range == null ? -1 : range.last();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
