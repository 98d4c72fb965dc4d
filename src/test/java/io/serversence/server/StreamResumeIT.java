package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Coming back with the id of the last event that one has. */
@ExtendWith(RunningServer.class)
class StreamResumeIT {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final Server server;

  StreamResumeIT(Server server) {
    this.server = server;
  }

  private PlayedMonitor monitor() {
    return PlayedMonitor.create(server, "resume-" + NAMES.incrementAndGet());
  }

  private StreamRequest only(PlayedMonitor monitor) {
    return StreamRequest.of(server).filter("monitor", monitor.id());
  }

  private static List<String> logged(StreamClient client) {
    return client.events().stream()
        .filter(e -> e.json().containsKey("prev"))
        .map(e -> e.id() + " " + e.name() + " " + e.data())
        .toList();
  }

  private static StreamEvent recovery(StreamClient client) {
    return client.next("recovery", e -> e.is("state") && e.json().getString("to").equals("UP"));
  }

  @ParameterizedTest
  @EnumSource
  void a_client_without_an_id_is_fresh_and_gets_the_board(StreamTransport transport)
      throws IOException {
    for (String none : new String[] {null, ""}) {
      try (StreamClient client = transport.open(StreamRequest.of(server).resuming(none))) {
        client.next("snapshot");

        assertThat(client.resumed()).isEqualTo("fresh");
        assertThat(client.names().subList(0, 2)).containsExactly("hello", "snapshot");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void without_a_snapshot_it_begins_with_what_comes_next(StreamTransport transport)
      throws IOException {
    try (PlayedMonitor monitor = monitor();
        StreamClient client = transport.open(only(monitor).withoutSnapshot())) {
      monitor.fail();
      client.next("state");

      assertThat(client.names()).doesNotContain("snapshot").startsWith("hello", "incident");
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_was_missed_comes_exactly_as_those_who_stayed_got_it(StreamTransport transport)
      throws IOException {
    for (StreamTransport first : StreamTransport.values()) {
      try (PlayedMonitor monitor = monitor();
          StreamClient stayed = StreamTransport.SSE.open(only(monitor))) {
        StreamClient cut = first.open(only(monitor));
        monitor.fail();
        cut.next("state");
        cut.reset();
        monitor.succeed();
        monitor.fail();
        monitor.succeed();
        recovery(stayed);
        StreamEvent end = recovery(stayed);
        try (StreamClient back =
            transport.open(only(monitor).resuming(cut.cursor()), cut.checker())) {
          back.next("the last of them", e -> String.valueOf(e.id()).equals(end.id()));

          assertThat(back.resumed()).isEqualTo("ok");
          assertThat(back.names()).doesNotContain("snapshot", "reset");
          List<String> both = new java.util.ArrayList<>(logged(cut));
          both.addAll(logged(back));
          List<String> all = logged(stayed);
          assertThat(both).hasSizeGreaterThanOrEqualTo(8);
          assertThat(all.subList(0, both.size())).isEqualTo(both);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void with_the_newest_id_there_is_nothing_to_make_up(StreamTransport transport)
      throws IOException {
    try (PlayedMonitor monitor = monitor();
        StreamClient before = transport.open(only(monitor))) {
      before.next("snapshot");
      try (StreamClient after = transport.open(only(monitor).resuming(before.cursor()))) {
        monitor.fail();
        after.next("state");

        assertThat(after.resumed()).isEqualTo("ok");
        assertThat(after.names()).startsWith("hello", "incident");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EPOCH-999999999, unknown",
    "EPOCH-99999999999999999999, unknown",
    "EPOCH-, unknown",
    "EPOCH--1, unknown",
    "EPOCH, unknown",
    "EPOCH-1x, unknown",
    "nonsense, unknown",
    "1, unknown",
    "aaaaaaaa-1, epoch",
    "LONG, unknown"
  })
  void an_id_that_is_not_ours_resets(String given, String reason) throws IOException {
    String epoch = server.admin().get("/api/status").json().getString("epoch");
    String id = given.replace("EPOCH", epoch).replace("LONG", "x".repeat(2_000));
    for (StreamTransport transport : StreamTransport.values()) {
      try (StreamClient client = transport.open(StreamRequest.of(server).resuming(id))) {
        client.next("snapshot");

        assertThat(client.resumed()).as(id).isEqualTo("reset");
        assertThat(client.names().subList(0, 3)).containsExactly("hello", "reset", "snapshot");
        assertThat(client.events().get(1).json().getString("reason")).isEqualTo(reason);
      }
    }
  }

  @Test
  void the_header_wins_over_the_parameter() throws IOException {
    try (PlayedMonitor monitor = monitor();
        StreamClient first = StreamTransport.SSE.open(only(monitor))) {
      first.next("snapshot");
      String good = first.cursor();
      StreamRequest byParameter = only(monitor).filter("lastEventId", good);
      StreamRequest bad = only(monitor).filter("lastEventId", "aaaaaaaa-1");
      try (StreamClient parameter =
              StreamTransport.SSE.open(byParameter, resumedAt(byParameter, good));
          StreamClient header = StreamTransport.SSE.open(bad.resuming(good));
          StreamClient empty =
              StreamTransport.SSE.open(
                  byParameter.header("Last-Event-ID", ""), resumedAt(byParameter, good))) {
        assertThat(parameter.resumed()).isEqualTo("ok");
        assertThat(header.resumed()).isEqualTo("ok");
        assertThat(empty.resumed()).isEqualTo("ok");
      }
    }
  }

  /** A checker that knows where the client is, though its request says so in another way. */
  private static StreamChecker resumedAt(StreamRequest request, String id) {
    StreamChecker checker = new StreamChecker();
    checker.connected(StreamTransport.SSE, request.resuming(id));
    return checker;
  }

  @Test
  void a_second_subscription_resets_to_its_own_filter() throws IOException {
    try (PlayedMonitor monitor = monitor();
        PlayedMonitor other = monitor();
        SocketClient client = (SocketClient) StreamTransport.WEB_SOCKET.open(only(monitor))) {
      client.next("snapshot");
      String resumed = client.subscribe(only(other)).getString("resumed");
      StreamEvent reset = client.next("reset");
      StreamEvent snapshot = client.next("snapshot");
      monitor.fail();
      other.fail();
      StreamEvent state = client.next("state");

      assertThat(resumed).isEqualTo("reset");
      assertThat(reset.json())
          .isEqualTo(Json.createObjectBuilder().add("reason", "filter").build());
      assertThat(snapshot.json().getJsonArray("monitors"))
          .extracting(m -> m.asJsonObject().getString("id"))
          .containsExactly(other.id());
      assertThat(state.json().getString("monitor")).isEqualTo(other.id());
      assertThat(client.filter().getJsonArray("monitor").getString(0)).isEqualTo(other.id());
    }
  }
}
