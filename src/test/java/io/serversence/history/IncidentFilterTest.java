package io.serversence.history;

import static io.serversence.history.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentState;
import io.serversence.monitor.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Which incidents a page has; the numbers are those of their monitors. */
@ParameterizedClass
@EnumSource
class IncidentFilterTest {
  private static final Duration DAY = Duration.ofDays(1);

  @Parameter Backend backend;

  private IncidentStore incidents;

  /**
   * Monitor 1 failed and recovered three days ago, 2 has failed for two days, 3 was acknowledged an
   * hour ago, 4 failed a minute ago.
   */
  @BeforeEach
  void open() {
    Database database = backend.cleared();
    incidents = new IncidentStore(database);
    Ledger ledger = new Ledger(database);
    Incident first =
        Given.incident(1, NOW.minus(DAY.multipliedBy(3)), Severity.INFO, "Zertifikat ÜBERALTERT");
    Incident second =
        Given.incident(2, NOW.minus(DAY.multipliedBy(2)), Severity.WARNING, "100% of 'x' \\ lost");
    Incident third = Given.incident(3, NOW.minusSeconds(3_600));
    Incident fourth = Given.incident(4, NOW.minusSeconds(60));
    ledger.write(
        List.of(
            Given.opened(first, "shop", "prod", "eu"),
            Given.resolved(first.id(), first.startedAt().plusSeconds(100)),
            Given.opened(second, "shop, west", "prod, east", "pro"),
            Given.opened(third, null),
            Given.opened(fourth, "back\noffice", "eu")));
    incidents.acknowledge(
        third.id(), NOW, "ann", null, Given.entry(third.id(), NOW, "acknowledged", null));
  }

  private List<Integer> found(IncidentFilter filter) {
    return incidents.page(filter, null, 10).stream().map(Incident::n).toList();
  }

  private static IncidentFilter states(IncidentState... states) {
    return new IncidentFilter(
        Set.of(), Set.of(), Set.of(), Set.of(states), Set.of(), null, null, null);
  }

  private static IncidentFilter window(@Nullable Instant from, @Nullable Instant to) {
    return new IncidentFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), from, to, null);
  }

  private static IncidentFilter monitors(String... keys) {
    return new IncidentFilter(
        Set.of(keys), Set.of(), Set.of(), Set.of(), Set.of(), null, null, null);
  }

  private static IncidentFilter groups(String... groups) {
    return new IncidentFilter(
        Set.of(), Set.of(groups), Set.of(), Set.of(), Set.of(), null, null, null);
  }

  private static IncidentFilter tags(String... tags) {
    return new IncidentFilter(
        Set.of(), Set.of(), Set.of(tags), Set.of(), Set.of(), null, null, null);
  }

  private static IncidentFilter text(String text) {
    return new IncidentFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), null, null, text);
  }

  @Test
  void without_a_filter_all_are_found_newest_first() {
    assertThat(found(IncidentFilter.ANY)).containsExactly(4, 3, 2, 1);
  }

  @Test
  void by_the_key_of_the_monitor() {
    assertThat(found(monitors("m2"))).containsExactly(2);
    assertThat(found(monitors("m1", "m4", "nobody"))).containsExactly(4, 1);
    assertThat(found(monitors("m"))).isEmpty();
  }

  @Test
  void by_the_group_of_the_monitor_when_it_failed() {
    assertThat(found(groups("shop"))).containsExactly(1);
    assertThat(found(groups("shop", "shop, west"))).containsExactly(2, 1);
    assertThat(found(groups("SHOP"))).isEmpty();
  }

  @Test
  void by_any_of_the_tags_of_the_monitor_when_it_failed() {
    assertThat(found(tags("prod"))).containsExactly(1);
    assertThat(found(tags("pro"))).containsExactly(2);
    assertThat(found(tags("eu", "pro"))).containsExactly(4, 2, 1);
    assertThat(found(tags("e"))).isEmpty();
  }

  @Test
  void by_state() {
    assertThat(found(states(IncidentState.OPEN))).containsExactly(4, 2);
    assertThat(found(states(IncidentState.ACKNOWLEDGED))).containsExactly(3);
    assertThat(found(states(IncidentState.OPEN, IncidentState.ACKNOWLEDGED)))
        .containsExactly(4, 3, 2);
    assertThat(found(states(IncidentState.RESOLVED))).containsExactly(1);
  }

  @Test
  void by_who_acknowledged() {
    assertThat(found(acknowledgedBy("ann"))).containsExactly(3);
    assertThat(found(acknowledgedBy("ann", "bob"))).containsExactly(3);
    assertThat(found(acknowledgedBy("bob"))).isEmpty();
  }

  private static IncidentFilter acknowledgedBy(String... names) {
    return new IncidentFilter(
        Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), null, null, null, Set.of(names));
  }

  @Test
  void by_severity() {
    assertThat(found(severities(Severity.WARNING))).containsExactly(2);
    assertThat(found(severities(Severity.INFO, Severity.CRITICAL))).containsExactly(4, 3, 1);
  }

  private static IncidentFilter severities(Severity... severities) {
    return new IncidentFilter(
        Set.of(), Set.of(), Set.of(), Set.of(), Set.of(severities), null, null, null);
  }

  @Test
  void by_overlap_with_a_window() {
    assertThat(found(window(NOW.minus(DAY), NOW))).containsExactly(4, 3, 2);
    assertThat(found(window(NOW.minus(DAY.multipliedBy(4)), NOW.minus(DAY)))).containsExactly(2, 1);
    assertThat(found(window(null, NOW.minus(DAY)))).containsExactly(2, 1);
    assertThat(found(window(NOW.plus(DAY), null))).containsExactly(4, 3, 2);
  }

  @Test
  void a_window_takes_its_start_and_not_its_end() {
    Instant started = NOW.minus(DAY.multipliedBy(3));
    Instant ended = started.plusSeconds(99);
    assertThat(found(window(started.minusSeconds(1), started))).isEmpty();
    assertThat(found(window(started.minusSeconds(1), started.plusNanos(1_000)))).containsExactly(1);
    assertThat(found(window(ended, ended.plusSeconds(1)))).isEmpty();
    assertThat(found(window(ended.minusNanos(1_000), ended))).containsExactly(1);
  }

  @Test
  void by_a_text_in_the_cause_or_the_key_in_any_case() {
    assertThat(found(text("zertifikat übera"))).containsExactly(1);
    assertThat(found(text("ÜBER"))).containsExactly(1);
    assertThat(found(text("M2"))).containsExactly(2);
    assertThat(found(text("refused"))).containsExactly(4, 3);
  }

  @Test
  void a_text_has_no_wildcards_and_no_quotes() {
    assertThat(found(text("100% of 'X' \\ l"))).containsExactly(2);
    assertThat(found(text("1%l"))).isEmpty();
    assertThat(found(text("_"))).isEmpty();
    assertThat(found(text("' or '1'='1"))).isEmpty();
  }

  @Test
  void all_conditions_must_hold() {
    IncidentFilter all =
        new IncidentFilter(
            Set.of("m1", "m2"),
            Set.of("shop", "shop, west"),
            Set.of("prod", "pro"),
            Set.of(IncidentState.OPEN, IncidentState.RESOLVED),
            Set.of(Severity.INFO, Severity.WARNING),
            NOW.minus(DAY.multipliedBy(9)),
            NOW,
            "e");
    assertThat(found(all)).containsExactly(1);
  }

  @Test
  void a_page_goes_on_where_the_one_before_ended() {
    List<Incident> first = incidents.page(states(IncidentState.OPEN), null, 1);
    assertThat(first).extracting(Incident::n).containsExactly(4);
    assertThat(incidents.page(states(IncidentState.OPEN), first.get(0).id(), 5))
        .extracting(Incident::n)
        .containsExactly(2);
  }

  @Test
  void pages_go_on_through_those_that_were_under_way_when_the_window_began() {
    IncidentFilter day = window(NOW.minus(DAY), NOW);
    List<Integer> read = new ArrayList<>();
    UUID before = null;
    for (int i = 0; i < 3; i++) {
      List<Incident> page = incidents.page(day, before, 1);
      before = page.get(0).id();
      read.add(page.get(0).n());
    }
    assertThat(read).containsExactly(4, 3, 2);
    assertThat(incidents.page(day, before, 1)).isEmpty();
  }

  @Test
  void a_window_that_begins_while_an_incident_opens_has_it_once() {
    Incident fourth = incidents.page(IncidentFilter.ANY, null, 1).get(0);
    for (long micros = -2_000; micros <= 2_000; micros += 100) {
      Instant from = fourth.openedAt().plusNanos(micros * 1_000);
      assertThat(found(window(from, null))).as("%d", micros).containsExactly(4, 3, 2);
      assertThat(found(window(from.minusSeconds(1), null))).containsExactly(4, 3, 2);
    }
  }

  @Test
  void windows_may_be_of_any_time() {
    assertThat(found(window(Instant.parse("0001-01-01T00:00:00Z"), NOW)))
        .containsExactly(4, 3, 2, 1);
    assertThat(found(window(Instant.parse("9999-12-31T23:59:59Z"), null))).containsExactly(4, 3, 2);
  }
}
