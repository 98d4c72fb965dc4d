package io.serversence.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.history.Fact;
import io.serversence.monitor.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is told what, and when. */
class AlertsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Decider decider = new Decider();

  @BeforeEach
  void given() {
    decider.channel("a");
    decider.monitor("web", "");
  }

  @Test
  void what_opens_and_ends_is_told_once_to_each_channel() {
    decider.channel("b");
    decider.down("web");
    decider.pass(MINUTE);
    assertThat(decider.told()).containsExactly("opened web > a", "opened web > b");
    decider.up("web");
    decider.pass(MINUTE);
    assertThat(decider.told()).containsExactly("resolved web > a", "resolved web > b");
  }

  @Test
  void the_first_route_that_matches_wins_unless_it_continues() {
    decider.channel("b");
    decider.channel("c");
    decider.route("r1", ",'match':{'monitor':['web']},'channels':['b'],'continue':true");
    decider.route("r2", ",'channels':['c']");
    decider.route("r3", ",'channels':['a']");
    decider.down("web");
    assertThat(decider.told()).containsExactlyInAnyOrder("opened web > b", "opened web > c");
  }

  @Test
  void a_silence_keeps_the_opening_back_until_it_ends() {
    decider.muted = monitor -> true;
    decider.down("web");
    decider.pass(HOUR, MINUTE);
    assertThat(decider.told()).isEmpty();
    decider.muted = monitor -> false;
    decider.pass(MINUTE);
    assertThat(decider.told()).containsExactly("opened web > a");
  }

  @Test
  void who_was_told_of_an_opening_is_told_of_its_end_silenced_or_not() {
    decider.down("web");
    decider.muted = monitor -> true;
    decider.restart();
    decider.pass(HOUR, MINUTE);
    decider.up("web");
    assertThat(decider.told()).containsExactly("opened web > a", "resolved web > a");
  }

  @Test
  void what_began_and_ended_in_a_silence_is_not_told() {
    decider.muted = monitor -> true;
    decider.down("web");
    decider.pass(MINUTE);
    decider.up("web");
    decider.muted = monitor -> false;
    decider.pass(MINUTE);
    assertThat(decider.told()).isEmpty();
  }

  @Test
  void an_unresolved_incident_is_told_again_at_each_interval_until_somebody_acknowledges() {
    decider.route("r", ",'channels':['a'],'repeatInterval':'30m'");
    decider.down("web");
    decider.told();
    decider.pass(HOUR, MINUTE);
    assertThat(decider.told()).containsExactly("reminder web > a", "reminder web > a");
    decider.restart();
    decider.pass(MINUTE);
    assertThat(decider.told()).as("after a restart").isEmpty();
    decider.acknowledge("web", true);
    decider.pass(HOUR, MINUTE);
    assertThat(decider.told()).containsExactly("acknowledged web > a");
    decider.acknowledge("web", false);
    decider.pass(HOUR, MINUTE);
    assertThat(decider.told()).contains("reminder web > a");
  }

  @Test
  void what_was_told_late_is_not_told_again_at_once() {
    decider.route(
        "r",
        ",'channels':['a'],'repeatInterval':'30m','escalation':[{'after':'10m','channels':['b']}]");
    decider.channel("b");
    decider.muted = monitor -> true;
    decider.down("web");
    decider.pass(HOUR, MINUTE);
    decider.muted = monitor -> false;
    decider.pass(Duration.ofMinutes(9), MINUTE);
    assertThat(decider.told()).containsExactly("opened web > a");
    decider.pass(Duration.ofMinutes(2), MINUTE);
    assertThat(decider.told()).containsExactly("escalated web > b");
    decider.pass(Duration.ofMinutes(25), MINUTE);
    assertThat(decider.told()).containsExactly("reminder web > a");
  }

  @Test
  void without_an_acknowledgement_more_channels_are_told_and_of_the_end_too() {
    decider.channel("b");
    decider.channel("c");
    decider.route(
        "r",
        ",'channels':['a'],'escalation':"
            + "[{'after':'10m','channels':['b']},{'after':'20m','channels':['c']}]");
    decider.down("web");
    decider.pass(Duration.ofMinutes(9), MINUTE);
    assertThat(decider.told()).containsExactly("opened web > a");
    decider.pass(Duration.ofMinutes(2), MINUTE);
    decider.restart();
    decider.pass(Duration.ofMinutes(2), MINUTE);
    assertThat(decider.told()).containsExactly("escalated web > b");
    decider.acknowledge("web", true);
    decider.pass(HOUR, MINUTE);
    assertThat(decider.told()).containsExactly("acknowledged web > a", "acknowledged web > b");
    decider.up("web");
    assertThat(decider.told()).containsExactly("resolved web > a", "resolved web > b");
  }

  @Test
  void each_route_has_its_own_escalation() {
    decider.channel("b");
    decider.channel("c");
    decider.channel("d");
    decider.route(
        "r1", ",'channels':['a'],'continue':true,'escalation':[{'after':'10m','channels':['c']}]");
    decider.route("r2", ",'channels':['b'],'escalation':[{'after':'10m','channels':['d']}]");
    decider.down("web");
    decider.told();
    decider.pass(HOUR, MINUTE);
    assertThat(decider.told()).containsExactlyInAnyOrder("escalated web > c", "escalated web > d");
  }

  @Test
  void in_quiet_hours_nothing_new_is_told_and_afterwards_what_is_still_so() {
    decider.monitor("job", "");
    decider.route(
        "r",
        ",'channels':['a'],'repeatInterval':'1h',"
            + "'quietHours':{'timezone':'Europe/Berlin','from':'22:00','to':'06:00','days':[]}");
    decider.now = Instant.parse("2026-11-22T20:30:00Z"); // 21:30 in Berlin
    decider.down("web");
    assertThat(decider.told()).containsExactly("opened web > a");
    decider.pass(HOUR, MINUTE);
    decider.down("job"); // 22:30
    decider.pass(HOUR, MINUTE);
    assertThat(decider.told()).as("no reminder either").isEmpty();
    decider.up("web");
    assertThat(decider.told()).as("an end is owed").containsExactly("resolved web > a");
    decider.pass(Duration.ofHours(6), MINUTE);
    assertThat(decider.told()).isEmpty();
    decider.pass(HOUR.dividedBy(2), MINUTE); // 06:00
    assertThat(decider.told()).containsExactly("opened job > a");
  }

  @Test
  void who_is_in_quiet_hours_is_told_after_them_over_a_restart_too() {
    decider.channel("b");
    decider.route("r1", ",'channels':['a'],'continue':true");
    decider.route(
        "r2", ",'channels':['b'],'quietHours':{'timezone':'UTC','from':'09:00','to':'11:00'}");
    decider.down("web"); // at 10:00
    decider.restart();
    decider.pass(MINUTE);
    assertThat(decider.told()).containsExactly("opened web > a");
    decider.pass(HOUR, MINUTE);
    assertThat(decider.told()).containsExactly("opened web > b");
    decider.restart();
    decider.pass(MINUTE);
    assertThat(decider.told()).isEmpty();
  }

  @Test
  void a_child_of_what_is_down_is_listed_there_and_told_only_if_it_still_fails_afterwards() {
    decider.monitor("child", ",'dependsOn':['web']");
    decider.monitor("other", ",'dependsOn':['web']");
    decider.down("web");
    decider.down("child");
    decider.down("other");
    decider.pass(MINUTE);
    assertThat(decider.told()).containsExactly("opened web > a");
    assertThat(decider.facts)
        .filteredOn(Fact.ChildrenSuppressed.class::isInstance)
        .flatExtracting(f -> ((Fact.ChildrenSuppressed) f).children())
        .containsExactly("child", "other");
    decider.up("web");
    decider.pass(Duration.ofSeconds(1));
    assertThat(decider.probed).containsExactly("child", "other");
    decider.pass(Duration.ofSeconds(5));
    assertThat(decider.told()).containsExactly("resolved web > a");
    decider.sample("child", Outcome.DOWN);
    decider.up("other");
    decider.pass(Duration.ofSeconds(2));
    assertThat(decider.told()).containsExactly("opened child > a");
    decider.up("child");
    assertThat(decider.told()).containsExactly("resolved child > a");
  }

  @Test
  void a_child_that_was_told_of_before_is_told_of_when_it_is_back() {
    decider.monitor("child", ",'dependsOn':['web']");
    decider.down("child");
    decider.down("web");
    decider.up("child");
    assertThat(decider.told())
        .containsExactly("opened child > a", "opened web > a", "resolved child > a");
  }

  @Test
  void a_parent_that_is_about_to_be_down_holds_its_children_back_for_a_while_only() {
    decider.monitor("child", ",'dependsOn':['web']");
    decider.sample("web", Outcome.DOWN);
    decider.down("child");
    decider.pass(MINUTE);
    assertThat(decider.told()).isEmpty();
    decider.pass(Duration.ofMinutes(5));
    assertThat(decider.told()).containsExactly("opened child > a");
  }

  @Test
  void a_parent_that_is_paused_or_gone_explains_nothing_any_more() {
    decider.monitor("child", ",'dependsOn':['web']");
    decider.down("web");
    decider.down("child");
    decider.told();
    decider.monitor("web", ",'enabled':false");
    decider.pass(Duration.ofSeconds(1));
    decider.sample("child", Outcome.DOWN);
    decider.pass(Duration.ofSeconds(2));
    assertThat(decider.told()).containsExactly("opened child > a");
  }

  @Test
  void who_flaps_is_told_of_once_and_once_when_it_ends_with_what_is_so_then() {
    for (int i = 0; i < 20; i++) {
      decider.pass(Duration.ofSeconds(10));
      decider.down("web");
      decider.pass(Duration.ofSeconds(10));
      decider.up("web");
    }
    var told = decider.told();
    int begin = told.indexOf("flapping web > a");
    assertThat(begin).isBetween(1, 20);
    assertThat(told.subList(begin + 1, told.size())).as("silence").isEmpty();
    decider.down("web");
    for (int i = 0; i < 21; i++) {
      decider.pass(Duration.ofSeconds(10));
      decider.sample("web", Outcome.DOWN);
    }
    assertThat(decider.told()).containsExactly("flapping-ended web > a");
    decider.up("web");
    assertThat(decider.told()).as("it was told to be down").containsExactly("resolved web > a");
  }
}
