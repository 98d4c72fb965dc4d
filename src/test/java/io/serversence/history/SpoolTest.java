package io.serversence.history;

import static io.serversence.history.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.database.DatabaseAway;
import io.serversence.incident.Incident;
import io.serversence.monitor.MonitorState;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import io.serversence.monitor.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private static final Logger LOUD = Logger.getLogger("io.serversence.history");

  @TempDir Path folder;

  private Spool spool;

  @BeforeEach
  void open() {
    LOUD.setLevel(Level.OFF); // thousands of torn files
    spool = new Spool(folder);
  }

  @AfterEach
  void close() {
    spool.close();
    LOUD.setLevel(null);
  }

  private void reopen() {
    spool.close();
    spool = new Spool(folder);
  }

  private Path file() {
    return folder.resolve("spool-1-1");
  }

  private static List<Fact> batch(int n) {
    return List.of(Given.taken(n, NOW), Given.taken(n, NOW.plusSeconds(1)));
  }

  private static List<Fact> small(int n) {
    return List.of(new Fact.StateChanged(n, MonitorState.UP, NOW, null));
  }

  private List<List<Fact>> replayed() {
    List<List<Fact>> batches = new ArrayList<>();
    assertThat(spool.replay(batches::add, 1_000, 1)).isTrue();
    return batches;
  }

  @Test
  void an_empty_spool_has_nothing_to_replay() {
    assertThat(replayed()).isEmpty();
    assertThat(spool.bytes()).isZero();
  }

  @Test
  void facts_of_every_kind_come_back_as_they_were() {
    Incident incident = Given.incident(3, NOW, Severity.WARNING, Given.NASTY);
    Sample fine =
        new Sample(
            Instant.parse("2026-11-22T10:15:30.123456789Z"),
            Outcome.UNKNOWN,
            Long.MAX_VALUE,
            Phases.UNREACHED,
            Given.NASTY,
            List.of());
    List<Fact> facts =
        List.of(
            Given.taken(1, NOW),
            new Fact.SampleTaken(2, "m2", fine),
            new Fact.StateChanged(3, MonitorState.DOWN, NOW, incident.id()),
            new Fact.StateChanged(4, MonitorState.PAUSED, NOW, null),
            Given.opened(incident, "läden", Given.NASTY, "eu"),
            Given.opened(Given.incident(5, NOW), null),
            Given.resolved(incident.id(), NOW.plusSeconds(9)));
    spool.append(facts);
    reopen();
    assertThat(replayed()).containsExactly(facts);
  }

  @Test
  void batches_come_back_in_their_order_and_once() {
    for (int n = 0; n < 10; n++) {
      spool.append(batch(n));
    }
    List<List<Fact>> batches = replayed();
    assertThat(batches).hasSize(10);
    for (int n = 0; n < 10; n++) {
      assertThat(batches.get(n)).isEqualTo(batch(n));
    }
    assertThat(replayed()).isEmpty();
    assertThat(spool.bytes()).isZero();
    reopen();
    assertThat(replayed()).isEmpty();
  }

  @Test
  void a_replay_takes_no_more_than_it_may_and_goes_on_where_it_stopped() {
    for (int n = 0; n < 5; n++) {
      spool.append(batch(n));
    }
    List<List<Fact>> batches = new ArrayList<>();
    assertThat(spool.replay(batches::add, 2, 1)).isFalse();
    assertThat(batches).hasSize(2);
    spool.append(batch(5));
    assertThat(spool.replay(batches::add, 2, 1)).isFalse();
    assertThat(spool.replay(batches::add, 2, 1)).isTrue();
    assertThat(batches).containsExactly(batch(0), batch(1), batch(2), batch(3), batch(4), batch(5));
  }

  @Test
  void small_batches_are_handed_out_together_and_what_is_damaged_between_them_is_left_out()
      throws IOException {
    long damaged = 0;
    for (int n = 0; n < 6; n++) {
      damaged = n == 3 ? spool.bytes() + 20 : damaged;
      spool.append(batch(n));
    }
    spool.close();
    byte[] bytes = Files.readAllBytes(file());
    bytes[(int) damaged] ^= 1;
    Files.write(file(), bytes);
    spool = new Spool(folder);
    List<List<Fact>> handed = new ArrayList<>();
    assertThat(spool.replay(handed::add, 100, 4)).isTrue();
    assertThat(handed)
        .containsExactly(
            Stream.of(batch(0), batch(1)).flatMap(List::stream).toList(),
            batch(2),
            Stream.of(batch(4), batch(5)).flatMap(List::stream).toList());
    assertThat(spool.lost()).isEqualTo(1);
  }

  @Test
  void a_batch_that_could_not_be_taken_is_handed_out_again_and_those_before_are_not() {
    for (int n = 0; n < 4; n++) {
      spool.append(batch(n));
    }
    List<List<Fact>> taken = new ArrayList<>();
    assertThatThrownBy(
            () ->
                spool.replay(
                    facts -> {
                      if (taken.size() == 2) {
                        throw new DatabaseAway("gone again");
                      }
                      taken.add(facts);
                    },
                    100,
                    1))
        .isInstanceOf(DatabaseAway.class);
    assertThat(taken).containsExactly(batch(0), batch(1));
    spool.append(batch(4));
    assertThat(replayed()).containsExactly(batch(2), batch(3), batch(4));
  }

  @Test
  void after_a_crash_in_a_replay_everything_is_handed_out_again() {
    for (int n = 0; n < 4; n++) {
      spool.append(batch(n));
    }
    assertThat(spool.replay(facts -> {}, 2, 1)).isFalse();
    reopen();
    assertThat(replayed()).hasSize(4);
  }

  @Test
  void a_tail_torn_at_any_byte_costs_that_batch_and_no_other() throws IOException {
    spool.append(small(0));
    spool.append(small(1));
    long whole = spool.bytes();
    spool.append(small(2));
    spool.close();
    byte[] bytes = Files.readAllBytes(file());
    for (int cut = (int) whole; cut <= bytes.length; cut++) {
      Files.write(file(), java.util.Arrays.copyOf(bytes, cut));
      spool = new Spool(folder);
      assertThat(spool.bytes()).isEqualTo(cut == bytes.length ? cut : whole);
      spool.append(small(9));
      List<List<Fact>> expected = new ArrayList<>(List.of(small(0), small(1), small(9)));
      if (cut == bytes.length) {
        expected.add(2, small(2));
      }
      assertThat(replayed()).as("cut at %d", cut).isEqualTo(expected);
      assertThat(spool.lost()).isZero();
      spool.close();
    }
    spool = new Spool(folder);
  }

  @Test
  void a_tail_that_was_never_written_though_the_file_is_longer_is_cut_off() throws IOException {
    spool.append(batch(0));
    long whole = spool.bytes();
    Files.write(file(), new byte[10_000], StandardOpenOption.APPEND);
    reopen();
    assertThat(spool.bytes()).isEqualTo(whole);
    assertThat(Files.size(file())).isEqualTo(whole);
    assertThat(replayed()).containsExactly(batch(0));
  }

  @Test
  void a_bit_that_flips_anywhere_in_a_batch_costs_at_most_that_batch_and_those_after_it()
      throws IOException {
    spool.append(small(0));
    int start = (int) spool.bytes();
    spool.append(small(1));
    int end = (int) spool.bytes();
    spool.append(small(2));
    spool.close();
    byte[] good = Files.readAllBytes(file());
    for (int i = start; i < end; i++) {
      byte[] bad = good.clone();
      bad[i] = (byte) (bad[i] ^ 1 << (i % 8));
      Files.write(file(), bad);
      spool = new Spool(folder);
      List<List<Fact>> batches = replayed();
      assertThat(batches).as("byte %d", i).startsWith(small(0)).doesNotContain(small(1));
      if (i >= start + 4) { // its length was not touched
        assertThat(batches).as("byte %d", i).containsExactly(small(0), small(2));
        assertThat(spool.lost()).isEqualTo(1);
      }
      spool.close();
    }
    spool = new Spool(folder);
  }

  @Test
  void damage_while_it_is_open_stops_nothing() throws IOException {
    spool.append(batch(0));
    long start = spool.bytes();
    spool.append(batch(1));
    spool.append(batch(2));
    byte[] bad = Files.readAllBytes(file());
    bad[(int) start + 20] = 0;
    Files.write(file(), bad, StandardOpenOption.WRITE);
    assertThat(replayed()).containsExactly(batch(0), batch(2));
    assertThat(spool.lost()).isEqualTo(1);
    spool.append(batch(3));
    assertThat(replayed()).containsExactly(batch(3));
  }

  @Test
  void a_fact_that_is_not_understood_stops_no_other() throws IOException {
    spool.close();
    try (BatchFile raw = new BatchFile(file())) {
      raw.append(
          List.of(
              "[" + FactDocument.write(batch(0).get(0)) + ",{\"fact\":\"of a later version\"},7]",
              "no json",
              "{}",
              "[" + FactDocument.write(batch(1).get(0)) + "]"));
    }
    spool = new Spool(folder);
    assertThat(replayed()).containsExactly(List.of(batch(0).get(0)), List.of(batch(1).get(0)));
    assertThat(spool.lost()).isEqualTo(4);
  }

  @Test
  void a_batch_that_is_never_taken_stops_no_other() {
    for (int n = 0; n < 3; n++) {
      spool.append(batch(n));
    }
    List<List<Fact>> taken = new ArrayList<>();
    boolean empty =
        spool.replay(
            facts -> {
              if (facts.equals(batch(1))) {
                throw new IllegalStateException("poison");
              }
              taken.add(facts);
            },
            100,
            1);
    assertThat(empty).isTrue();
    assertThat(taken).containsExactly(batch(0), batch(2));
    assertThat(spool.lost()).isEqualTo(1);
  }

  @Test
  void a_full_spool_drops_the_oldest_samples_and_counts_them_and_nothing_else() {
    spool.close();
    spool = new Spool(folder, 60_000);
    List<Fact> all = new ArrayList<>();
    for (int n = 0; n < 200; n++) {
      List<Fact> facts =
          List.of(
              Given.taken(n, NOW),
              new Fact.StateChanged(n, MonitorState.DOWN, NOW, null),
              Given.taken(n, NOW.plusSeconds(1)));
      spool.append(facts);
      all.addAll(facts);
    }
    assertThat(spool.bytes()).isBetween(50_000L, 62_000L);
    long dropped = spool.dropped();
    assertThat(dropped).isPositive();
    reopen();
    List<Fact> kept = replayed().stream().flatMap(List::stream).toList();
    assertThat(kept).isEqualTo(withoutTheOldest(all, dropped));
  }

  /** All but so many of the first samples. */
  private static List<Fact> withoutTheOldest(List<Fact> all, long samples) {
    List<Fact> left = new ArrayList<>();
    long out = 0;
    for (Fact fact : all) {
      if (!(fact instanceof Fact.SampleTaken) || out++ >= samples) {
        left.add(fact);
      }
    }
    return left;
  }

  @Test
  void what_may_not_go_is_kept_beyond_the_capacity_and_then_new_samples_go() {
    spool.close();
    spool = new Spool(folder, 5_000);
    List<Fact> kept = new ArrayList<>();
    for (int n = 0; n < 100; n++) {
      spool.append(small(n));
      kept.addAll(small(n));
    }
    assertThat(spool.bytes()).isGreaterThan(5_000);
    spool.append(batch(1));
    assertThat(spool.dropped()).isEqualTo(2);
    assertThat(replayed().stream().flatMap(List::stream)).isEqualTo(kept);
    spool.append(batch(4));
    assertThat(replayed()).containsExactly(batch(4));
    assertThat(spool.dropped()).isEqualTo(2);
  }

  @Test
  void what_was_handed_out_is_not_handed_out_again_when_samples_go() {
    spool.close();
    spool = new Spool(folder, 20_000);
    List<Fact> handed = new ArrayList<>();
    for (int n = 0; n < 300; n++) {
      spool.append(List.of(Given.taken(n, NOW), small(n).get(0)));
      if (n % 3 == 0) {
        spool.replay(handed::addAll, 1, 1);
      }
    }
    assertThat(spool.dropped()).isPositive();
    spool.replay(handed::addAll, 1_000, 1);
    assertThat(handed.stream().filter(f -> f instanceof Fact.StateChanged))
        .hasSize(300)
        .doesNotHaveDuplicates();
    assertThat(handed.stream().filter(f -> f instanceof Fact.SampleTaken))
        .hasSize(300 - (int) spool.dropped())
        .doesNotHaveDuplicates();
  }

  @Test
  void the_one_file_of_earlier_versions_is_read_first_and_then_gone() throws IOException {
    spool.append(batch(1));
    spool.close();
    Files.move(file(), folder.resolve("spool"));
    spool = new Spool(folder, 1_000);
    for (int n = 2; n < 5; n++) {
      spool.append(small(n));
    }
    assertThat(replayed()).containsExactly(batch(1), small(2), small(3), small(4));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void the_samples_of_the_one_file_of_earlier_versions_can_go_too() throws IOException {
    spool.append(List.of(Given.taken(1, NOW), small(1).get(0)));
    spool.close();
    Files.move(file(), folder.resolve("spool"));
    spool = new Spool(folder, 400);
    spool.append(List.of(Given.taken(2, NOW)));
    spool.append(List.of(Given.taken(3, NOW)));
    assertThat(Files.exists(folder.resolve("spool"))).isFalse();
    assertThat(replayed().stream().flatMap(List::stream)).startsWith(small(1).get(0));
    assertThat(spool.dropped()).isPositive();
  }

  @Test
  void a_file_that_another_has_replaced_before_a_crash_is_left_out() throws IOException {
    spool.append(small(1));
    spool.close();
    for (String name : List.of("spool", "spool-0-0", "spool-1-2", "spool-2-2", "spool-undone")) {
      Files.copy(file(), folder.resolve(name));
    }
    spool = new Spool(folder);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("spool-0-0", "spool-1-2");
    }
  }

  @Test
  void a_batch_of_any_size_can_be_read_back() {
    List<Fact> facts = new ArrayList<>();
    String cause = "x".repeat(100_000);
    for (int n = 0; n < 100; n++) {
      facts.add(Given.opened(Given.incident(n, NOW, Severity.INFO, cause)));
      facts.add(Given.taken(n, NOW));
    }
    spool.append(facts);
    assertThat(spool.bytes()).isGreaterThan(10_000_000);
    reopen();
    List<List<Fact>> batches = replayed();
    assertThat(batches.size()).isGreaterThan(5);
    assertThat(batches.stream().flatMap(List::stream)).isEqualTo(facts);
  }

  @Test
  void a_folder_that_cannot_be_written_is_told() throws IOException {
    Path file = folder.resolve("file");
    Files.write(file, "x".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> new Spool(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("the spool cannot be opened in " + file);
  }

  @Test
  void what_the_disk_does_not_take_is_told_and_the_next_batch_is_whole() {
    spool.append(batch(0));
    spool.close(); // the closest to a disk that fails
    assertThatThrownBy(() -> spool.append(batch(1)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("the spool cannot be written");
    spool = new Spool(folder);
    spool.append(batch(2));
    assertThat(replayed()).containsExactly(batch(0), batch(2));
  }
}
