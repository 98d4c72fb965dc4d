package io.serversence.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.history.Due;
import io.serversence.history.Fact;
import io.serversence.history.NotificationState;
import io.serversence.incident.Ids;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentState;
import io.serversence.monitor.Evidence;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
  private final List<Sent> sent = new ArrayList<>();
  private final List<Fact> facts = new ArrayList<>();
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
            sent.add(new Sent(now, channel.id(), message));
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
            new ChannelSettings.Ntfy(java.net.URI.create("https://n.example/t"), null)));
  }

  private static Incident incident(String monitor, Instant at) {
    return new Incident(
        Ids.at(at),
        1,
        monitor,
        Severity.CRITICAL,
        IncidentState.OPEN,
        at,
        at,
        null,
        null,
        null,
        null,
        null,
        "refused",
        Evidence.NONE,
        Phases.UNREACHED,
        List.of());
  }

  private void owe(String channel, Incident incident, AlertEvent event, String group) {
    dispatcher.owe(
        List.of(
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
                new AlertedMonitor(incident.monitor(), incident.monitor(), null, List.of()))));
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
    assertThat(facts.get(0)).isInstanceOf(Fact.MessageClaimed.class);
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
    Map<UUID, List<AlertEvent>> told = new HashMap<>();
    sent.stream()
        .filter(s -> s.channel().equals("dead"))
        .forEach(
            s ->
                s.message()
                    .incidents()
                    .forEach(
                        i ->
                            told.computeIfAbsent(i.id(), id -> new ArrayList<>())
                                .add(s.message().event())));
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
}
