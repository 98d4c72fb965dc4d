package io.serversence.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.history.Due;
import io.serversence.history.Fact;
import io.serversence.history.NotificationState;
import io.serversence.incident.Ids;
import io.serversence.incident.Incident;
import io.serversence.monitor.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The dispatcher with a clock that is moved by hand and channels that do as they are told. */
class DispatcherTest {
  private static final Instant BEGIN = Instant.parse("2026-11-22T10:00:00Z");

  private Instant now = BEGIN;
  private final Map<String, Channel> channels = new HashMap<>();
  private final Set<String> unreachable = new HashSet<>();
  private final Set<String> poison = new HashSet<>();
  private final List<Sent> sent = new ArrayList<>();
  private final List<Fact> facts = new ArrayList<>();
  private final List<Owed> stored = new ArrayList<>();
  private int tries;
  private Duration retryAfter;

  private record Sent(Instant at, String channel, Message message) {
    List<String> monitors() {
      return message.incidents().stream().map(Incident::monitor).toList();
    }
  }

  private final Dispatcher dispatcher =
      new Dispatcher(
          () -> now,
          channels::get,
          (channel, message) -> {
            tries++;
            if (unreachable.contains(channel.id())) {
              return CompletableFuture.completedFuture(
                  new Delivery(false, null, "connection refused", retryAfter));
            }
            Sent one = new Sent(now, channel.id(), message);
            if (one.monitors().stream().anyMatch(poison::contains)) {
              return CompletableFuture.completedFuture(
                  new Delivery(false, 500, "HTTP 500", retryAfter));
            }
            sent.add(one);
            return CompletableFuture.completedFuture(new Delivery(true, 200, "OK", null));
          },
          (written, then) -> {
            facts.addAll(written);
            then.run();
          },
          () -> "https://example.org/",
          n -> {},
          new Random(1));

  private void channel(String id) {
    channels.put(
        id,
        new Channel(
            id,
            id,
            true,
            true,
            new ChannelSettings.Ntfy(java.net.URI.create("https://n.example/t"), null),
            null));
  }

  private static Incident incident(String monitor, Instant at) {
    return Messages.open(1, monitor, Severity.CRITICAL, at);
  }

  private void owe(String channel, Incident incident, AlertEvent event, String group) {
    dispatcher.owe(List.of(owed(channel, incident, event, group)));
  }

  private Owed owed(String channel, Incident incident, AlertEvent event, String group) {
    Owed owed =
        new Owed(
            new Due(
                Ids.at(now),
                incident.id(),
                event.word(),
                event.word(),
                channel,
                group,
                Duration.ZERO,
                Duration.ofSeconds(10),
                now),
            incident,
            new AlertedMonitor(incident.monitor(), incident.monitor(), null, List.of()));
    stored.add(owed);
    return owed;
  }

  /** Reads from what is stored what was left there, as the node does once a second. */
  private void refill(int page) {
    Set<UUID> claimed = new HashSet<>();
    for (Fact fact : facts) {
      if (fact instanceof Fact.MessageClaimed message) {
        claimed.addAll(message.members());
      }
    }
    for (Behind behind : dispatcher.behind()) {
      List<Owed> found =
          stored.stream()
              .filter(o -> o.due().channel().equals(behind.channel()))
              .filter(o -> o.due().id().compareTo(behind.from()) >= 0)
              .filter(o -> !claimed.contains(o.due().id()))
              .sorted(Comparator.comparing((Owed o) -> o.due().id()))
              .limit(page)
              .toList();
      UUID last = found.isEmpty() ? null : found.get(found.size() - 1).due().id();
      dispatcher.refill(behind, found, List.of(), last, found.size() < page);
    }
  }

  /** What a channel was told of each incident, in its order; those that were but counted too. */
  private Map<UUID, List<AlertEvent>> told(String channel) {
    Map<UUID, Owed> owed = new HashMap<>();
    stored.forEach(o -> owed.put(o.due().id(), o));
    Map<UUID, List<UUID>> members = new HashMap<>();
    for (Fact fact : facts) {
      if (fact instanceof Fact.MessageClaimed claimed) {
        members.put(claimed.id(), claimed.members());
      }
    }
    Map<UUID, List<AlertEvent>> told = new HashMap<>();
    for (Sent each : sent) {
      if (each.channel().equals(channel)) {
        for (UUID member : members.get(each.message().id())) {
          told.computeIfAbsent(owed.get(member).due().incident(), id -> new ArrayList<>())
              .add(each.message().event());
        }
      }
    }
    return told;
  }

  private void pass(Duration time) {
    Instant until = now.plus(time);
    settle();
    while (now.isBefore(until)) {
      now = now.plusMillis(200);
      settle();
    }
  }

  private void settle() {
    for (int i = 0; i < 6; i++) {
      dispatcher.step();
    }
  }

  @Test
  void what_is_owed_is_claimed_sent_and_noted_at_once() {
    channel("a");
    Incident incident = incident("web", now);
    owe("a", incident, AlertEvent.OPENED, "g");
    settle();
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).at()).isEqualTo(BEGIN);
    assertThat(sent.get(0).monitors()).containsExactly("web");
    assertThat(facts).hasSize(2);
    assertThat(facts.get(0))
        .isInstanceOfSatisfying(
            Fact.MessageClaimed.class,
            claimed ->
                assertThat(claimed.body()).contains("example.org/#/incidents/" + incident.id()));
    assertThat(facts.get(1))
        .isInstanceOfSatisfying(
            Fact.MessageTried.class,
            tried -> {
              assertThat(tried.state()).isEqualTo(NotificationState.SENT);
              assertThat(tried.entries()).hasSize(1);
            });
  }

  @Test
  void a_group_is_left_alone_after_a_message_and_longer_while_it_goes_on_changing() {
    channel("a");
    for (int i = 0; i < 300; i++) {
      if (i % 3 == 0) {
        owe("a", incident("m" + i, now), AlertEvent.OPENED, "g");
      }
      pass(Duration.ofSeconds(1));
    }
    pass(Duration.ofMinutes(2));
    List<Long> times = sent.stream().map(s -> Duration.between(BEGIN, s.at()).toSeconds()).toList();
    assertThat(times).startsWith(0L, 10L, 30L, 70L, 130L, 190L);
    assertThat(sent.stream().mapToInt(s -> s.monitors().size()).sum()).isEqualTo(100);
  }

  @Test
  void a_dead_channel_delays_no_other_and_gets_all_in_order_when_it_is_back() {
    channel("dead");
    channel("well");
    unreachable.add("dead");
    for (int i = 0; i < 30; i++) {
      Incident incident = incident("m" + i, now);
      owe("dead", incident, AlertEvent.OPENED, "g" + i);
      owe("well", incident, AlertEvent.OPENED, "g" + i);
      pass(Duration.ofSeconds(30));
      owe("dead", incident, AlertEvent.RESOLVED, "g" + i);
      owe("well", incident, AlertEvent.RESOLVED, "g" + i);
      pass(Duration.ofSeconds(30));
      assertThat(sent.get(sent.size() - 1).monitors()).containsExactly("m" + i);
    }
    assertThat(sent).hasSize(60).allSatisfy(s -> assertThat(s.channel()).isEqualTo("well"));
    assertThat(tries - 60).isBetween(5, 200);
    unreachable.clear();
    pass(Duration.ofMinutes(8));
    Map<UUID, List<AlertEvent>> told = told("dead");
    assertThat(told).hasSize(30);
    assertThat(told.values())
        .allSatisfy(
            events -> assertThat(events).containsExactly(AlertEvent.OPENED, AlertEvent.RESOLVED));
  }

  @Test
  void a_thousand_at_once_make_five_messages_in_two_minutes_and_as_many_for_the_recovery() {
    channel("a");
    List<Incident> incidents = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      Incident incident = incident("m" + i, now);
      incidents.add(incident);
      owe("a", incident, AlertEvent.OPENED, i % 7 == 0 ? "own" + i : "group" + i % 10);
      if (i % 5 == 0) {
        pass(Duration.ofMillis(200));
      }
    }
    pass(
        BEGIN.plus(Duration.ofMinutes(2)).isAfter(now)
            ? Duration.between(now, BEGIN.plus(Duration.ofMinutes(2)))
            : Duration.ZERO);
    assertThat(sent).hasSizeLessThanOrEqualTo(5);
    assertThat(Duration.between(BEGIN, sent.get(0).at())).isLessThan(Duration.ofSeconds(5));
    pass(Duration.ofMinutes(3));
    assertThat(sent.stream().mapToInt(s -> s.message().count()).sum()).isEqualTo(1_000);
    int before = sent.size();
    Instant recovery = now;
    for (Incident incident : incidents) {
      owe("a", incident, AlertEvent.RESOLVED, "group");
    }
    pass(Duration.ofMinutes(2));
    assertThat(sent.size() - before).isLessThanOrEqualTo(5);
    assertThat(Duration.between(recovery, sent.get(before).at())).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void what_a_full_lane_leaves_in_the_database_follows_in_order_and_delays_no_other_channel() {
    channel("dead");
    channel("well");
    unreachable.add("dead");
    owe("dead", incident("first", now), AlertEvent.OPENED, "g");
    settle(); // this one is claimed, and tried from now on
    List<Incident> incidents = new ArrayList<>();
    for (int i = 0; i < Lane.CAPACITY + 1_000; i++) {
      now = now.plusMillis(1);
      incidents.add(incident("m" + i, now));
      owe("dead", incidents.get(i), AlertEvent.OPENED, "g");
      if (i % 1_000 == 0) {
        settle();
      }
    }
    settle();
    assertThat(dispatcher.overflowed()).isEqualTo(1_000);
    assertThat(dispatcher.waiting()).isEqualTo(Lane.CAPACITY + 1);
    assertThat(dispatcher.behind()).as("no room yet").isEmpty();
    owe("well", incidents.get(0), AlertEvent.OPENED, "g");
    settle();
    assertThat(sent).singleElement().satisfies(s -> assertThat(s.channel()).isEqualTo("well"));

    unreachable.clear();
    for (int i = 0; i < 400; i++) {
      pass(Duration.ofSeconds(1));
      refill(300);
      if (i == 100) { // an end must not overtake its beginning
        incidents.forEach(incident -> owe("dead", incident, AlertEvent.RESOLVED, "g"));
      }
    }
    assertThat(told("dead").size()).isEqualTo(Lane.CAPACITY + 1_001);
    Map<UUID, List<AlertEvent>> told = told("dead");
    for (Incident each : incidents) {
      assertThat(told.get(each.id())).containsExactly(AlertEvent.OPENED, AlertEvent.RESOLVED);
    }
    assertThat(dispatcher.behind()).isEmpty();
    assertThat(dispatcher.waiting()).isZero();
  }

  @Test
  void what_finds_the_queue_full_is_left_in_the_database_and_follows() {
    channel("a");
    channel("b");
    List<Owed> many = new ArrayList<>();
    for (int i = 0; i < Dispatcher.MOST_HANDED; i++) {
      many.add(
          owed(i % 5 == 0 ? "b" : "c" + i % 5, incident("m" + i, now), AlertEvent.OPENED, "g"));
    }
    many.forEach(o -> channel(o.due().channel()));
    dispatcher.owe(many);
    now = now.plusMillis(1);
    Incident late = incident("late", now);
    owe("a", late, AlertEvent.OPENED, "g");
    assertThat(dispatcher.overflowed()).isEqualTo(1);
    for (int i = 0; i < 300; i++) {
      pass(Duration.ofSeconds(1));
      refill(2_000);
    }
    assertThat(told("a")).containsOnlyKeys(late.id());
    assertThat(told("b").size()).isEqualTo(Dispatcher.MOST_HANDED / 5);
    assertThat(sent.stream().mapToInt(s -> s.message().count()).sum())
        .isEqualTo(Dispatcher.MOST_HANDED + 1);
  }

  @Test
  void a_message_that_is_never_taken_is_given_up_after_a_day_and_its_body_never_changes() {
    channel("a");
    unreachable.add("a");
    retryAfter = Duration.ofMinutes(30);
    owe("a", incident("web", now), AlertEvent.OPENED, "g");
    for (int i = 0; i < 25 * 12; i++) {
      now = now.plus(Duration.ofMinutes(5));
      settle();
    }
    assertThat(tries).isBetween(40, 50); // it asks for half an hour each time
    assertThat(facts.stream().filter(f -> f instanceof Fact.MessageClaimed)).hasSize(1);
    assertThat(facts.get(facts.size() - 1))
        .isInstanceOfSatisfying(
            Fact.MessageTried.class,
            tried -> {
              assertThat(tried.state()).isEqualTo(NotificationState.DEAD);
              assertThat(tried.error()).isEqualTo("connection refused");
            });
    assertThat(dispatcher.dead()).isEqualTo(1);
  }

  @Test
  void a_message_that_the_channel_chokes_on_holds_up_no_other_for_long() {
    channel("a");
    poison.add("bad");
    Incident bad = incident("bad", now);
    owe("a", bad, AlertEvent.OPENED, "bad");
    pass(Duration.ofMinutes(20)); // by now it is tried once in minutes only
    for (int i = 0; i < 10; i++) {
      Instant before = now;
      owe("a", incident("m" + i, now), AlertEvent.OPENED, "g" + i);
      owe("a", bad, AlertEvent.REMINDER, "bad");
      pass(Duration.ofMinutes(6));
      assertThat(sent).hasSize(i + 1);
      assertThat(Duration.between(before, sent.get(i).at())).isLessThan(Duration.ofSeconds(15));
    }
    poison.clear();
    pass(Duration.ofMinutes(10));
    assertThat(told("a").get(bad.id()).subList(0, 2))
        .containsExactly(AlertEvent.OPENED, AlertEvent.REMINDER);
  }

  @Test
  void who_asks_to_be_left_alone_is() {
    channel("a");
    poison.add("bad");
    retryAfter = Duration.ofMinutes(2);
    owe("a", incident("bad", now), AlertEvent.OPENED, "bad");
    pass(Duration.ofSeconds(1));
    owe("a", incident("web", now), AlertEvent.OPENED, "web");
    pass(Duration.ofSeconds(115));
    assertThat(tries).isEqualTo(1);
    pass(Duration.ofMinutes(1));
    assertThat(sent).singleElement().satisfies(s -> assertThat(s.monitors()).contains("web"));
  }
}
