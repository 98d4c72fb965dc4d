package io.serversence.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Folded or not, late or in order, once or twice: the answers are the same. */
@ParameterizedClass
@EnumSource
class FoldingTest {
  private static final Instant START = Instant.parse("2026-11-20T21:00:00Z");
  private static final Instant END = START.plus(Duration.ofDays(3));

  @Parameter Backend backend;

  private Database database;
  private Ledger ledger;
  private SampleStore samples;
  private HistoryStore history;
  private ConfiguredMonitor monitor;
  private List<Fact> facts;

  @BeforeEach
  void open() {
    database = backend.cleared();
    ledger = new Ledger(database);
    samples = new SampleStore(database);
    history = new HistoryStore(database, RetentionTimes.DEFAULT, List::of);
    monitor = new MonitorStore(database).insert(Given.monitor("a"), false, START);
    facts = life(new Random(5));
  }

  /** Two and a half days: minutes, then seconds for some hours, with gaps and all outcomes. */
  private List<Fact> life(Random random) {
    List<Fact> life = new ArrayList<>();
    Instant at = START.plusNanos(123_456_000);
    while (at.isBefore(END.minusSeconds(40_000))) {
      boolean often =
          at.isAfter(START.plusSeconds(80_000)) && at.isBefore(START.plusSeconds(90_000));
      int luck = random.nextInt(40);
      Outcome outcome = luck > 3 ? Outcome.UP : Outcome.of(luck);
      Sample sample =
          new Sample(
              at,
              outcome,
              1_000 + random.nextInt(1_000_000),
              new Phases(1, random.nextInt(500), -1, random.nextInt(9_000), 50_000),
              outcome == Outcome.UP ? null : Given.NASTY,
              List.of());
      Duration reach = Duration.ofSeconds(often ? 15 : 70);
      life.add(new Fact.SampleTaken(monitor.n(), "a", sample, luck == 7 ? null : reach));
      at =
          at.plusSeconds(often ? 5 : luck == 9 ? 900 : 60)
              .plusNanos(1_000L * random.nextInt(5_000_000));
    }
    return life;
  }

  /** Everything that can be asked. */
  private List<Object> answers() {
    List<Object> answers = new ArrayList<>();
    answers.add(samples.page(monitor.n(), START, END, Set.of(), null, 100_000));
    answers.add(samples.page(monitor.n(), START, END, Set.of(Outcome.DOWN), null, 100_000));
    Instant middle = START.plusSeconds(100_000);
    answers.add(samples.page(monitor.n(), middle, END, Set.of(), middle.plusSeconds(9_000), 70));
    for (String zone : List.of("UTC", "Europe/Berlin", "Asia/Kolkata")) {
      answers.add(points(Step.DAY, START, ZoneId.of(zone)));
    }
    answers.add(points(Step.HOUR, START, ZoneOffset.UTC));
    answers.add(points(Step.FIVE_MINUTES, START, ZoneOffset.UTC));
    answers.add(points(Step.MINUTE, START.plusSeconds(70_000), ZoneOffset.UTC));
    Random random = new Random(1);
    for (int i = 0; i < 10; i++) {
      Instant from = START.plusNanos(random.nextLong(200_000_000_000_000L));
      answers.add(
          history.availability(
              monitor, from, from.plusNanos(random.nextLong(99_000_000_000_000L)), END));
    }
    return answers;
  }

  private List<HistoryPoint> points(Step step, Instant from, ZoneId zone) {
    Instant to = from.plus(step.length().multipliedBy(step == Step.DAY ? 3 : 200));
    return history.points(monitor, step, step.bounds(from, to, zone, 2_000), END);
  }

  private Folding folded() {
    return Given.folded(database, END);
  }

  private long rows() {
    return database.read(
        em -> em.createQuery("select count(s) from SampleRow s", Long.class).getSingleResult());
  }

  @Test
  void all_answers_are_the_same_before_and_after() {
    ledger.write(facts);
    List<Object> before = answers();
    Folding folding = folded();
    assertThat(folding.folded()).isEqualTo(facts.size() - 1);
    assertThat(rows()).isEqualTo(1);
    assertThat(answers()).isEqualTo(before);
    assertThat(samples.latest().get(monitor.n()).at())
        .isEqualTo(((Fact.SampleTaken) facts.get(facts.size() - 1)).sample().at());
  }

  @Test
  void samples_that_come_late_or_again_and_in_any_order_make_no_difference() {
    ledger.write(facts);
    List<Object> expected = answers();
    backend.cleared();
    monitor = new MonitorStore(database).insert(Given.monitor("a"), false, START);
    facts = life(new Random(5));
    List<Fact> mixed = new ArrayList<>(facts);
    Collections.shuffle(mixed, new Random(3));
    for (int i = 0; i < 4; i++) {
      ledger.write(mixed.subList(0, mixed.size() * (i + 1) / 4)); // those before again
      folded();
    }
    assertThat(ledger.refused()).isZero();
    assertThat(rows()).isLessThan(3);
    assertThat(answers()).isEqualTo(expected);
  }

  @Test
  void a_sample_later_than_samples_are_kept_is_added_to_what_is_left() {
    ledger.write(facts.subList(0, 50));
    ledger.write(facts.subList(51, facts.size()));
    folded();
    new Retention(database, RetentionTimes.DEFAULT).round(END.plus(Duration.ofDays(20)));
    ledger.write(facts.subList(50, 51));
    folded();
    assertThat(
            points(Step.DAY, START, ZoneOffset.UTC).stream().mapToLong(HistoryPoint::samples).sum())
        .isEqualTo(facts.size());
    assertThat(
            points(Step.HOUR, START, ZoneOffset.UTC).stream()
                .mapToLong(HistoryPoint::samples)
                .sum())
        .isEqualTo(facts.size());
  }

  @Test
  void young_samples_stay_rows_and_so_do_those_of_a_monitor_without_older_ones() {
    ledger.write(facts.subList(0, 10));
    Given.folded(database, START.plusSeconds(600));
    assertThat(rows()).isEqualTo(10);
    Folding folding = folded();
    assertThat(folding.folded()).isEqualTo(9);
  }

  @Test
  void a_deleted_monitor_leaves_nothing() {
    ledger.write(facts);
    folded();
    MonitorStore monitors = new MonitorStore(database);
    monitors.delete(monitor.n(), null);
    while (monitors.sweep(2_000)) {
      // some rows at a time
    }
    for (String entity : List.of("SampleRow", "PackedRow", "RollupRow")) {
      assertThat(
              database.<Long>read(
                  em ->
                      em.createQuery("select count(r) from " + entity + " r", Long.class)
                          .getSingleResult()))
          .isZero();
    }
  }
}
