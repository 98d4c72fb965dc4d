package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the events say, and to whom. */
@ExtendWith(RunningServer.class)
class StreamContentIT {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final Server server;

  StreamContentIT(Server server) {
    this.server = server;
  }

  private static String name(String what) {
    return "content-" + what + "-" + NAMES.incrementAndGet();
  }

  private PlayedMonitor monitor(String what) {
    return PlayedMonitor.create(server, name(what));
  }

  private static JsonObjectBuilder in(String group) {
    return Json.createObjectBuilder().add("group", group);
  }

  private StreamRequest only(PlayedMonitor monitor) {
    return StreamRequest.of(server).filter("monitor", monitor.id());
  }

  private static JsonObject without(JsonValue object, String field) {
    return Json.createObjectBuilder(object.asJsonObject()).remove(field).build();
  }

  private static StreamEvent change(StreamClient client, String monitor, String change) {
    return client.next(
        change + " of " + monitor,
        e ->
            e.is("monitor")
                && e.json().getString("change").equals(change)
                && e.json().getString("id").equals(monitor));
  }

  @ParameterizedTest
  @EnumSource
  void the_snapshot_is_the_board_as_rest_has_it(StreamTransport transport) throws IOException {
    String group = name("board");
    try (PlayedMonitor up = PlayedMonitor.create(server, name("up"), in(group));
        PlayedMonitor down = PlayedMonitor.create(server, name("down"), in(group))) {
      up.succeed();
      String incident = down.incident();
      Await.until("it is up", StreamClient.PATIENCE, () -> state(up).equals("UP"));
      Await.until("it is down", StreamClient.PATIENCE, () -> state(down).equals("DOWN"));
      try (StreamClient client = transport.open(StreamRequest.of(server).filter("group", group))) {
        JsonObject snapshot = client.next("snapshot").json();

        JsonObject status = server.admin().get("/api/status?group=" + group).json();
        assertThat(snapshot.keySet()).containsExactly("seq", "monitors", "incidents");
        assertThat(snapshot.getJsonArray("monitors")).isEqualTo(status.getJsonArray("monitors"));
        assertThat(snapshot.getJsonArray("incidents")).hasSize(1);
        JsonObject open = server.admin().get("/api/incidents/" + incident).json();
        assertThat(without(without(open, "evidence"), "timeline").keySet())
            .isEqualTo(snapshot.getJsonArray("incidents").get(0).asJsonObject().keySet());
        assertThat(without(without(without(open, "evidence"), "timeline"), "durationMs"))
            .isEqualTo(without(snapshot.getJsonArray("incidents").get(0), "durationMs"));
      }
    }
  }

  private String state(PlayedMonitor monitor) {
    return server
        .admin()
        .get("/api/monitors/" + monitor.id())
        .json()
        .getJsonObject("state")
        .getString("state");
  }

  @ParameterizedTest
  @EnumSource
  void a_failure_is_told_as_its_incident_and_then_its_state(StreamTransport transport)
      throws IOException {
    try (PlayedMonitor monitor = monitor("failure");
        StreamClient client = transport.open(only(monitor))) {
      monitor.fail();
      JsonObject opened = client.next("incident").json();
      JsonObject down = client.next("state").json();
      monitor.succeed();
      JsonObject resolved = client.next("incident").json();
      JsonObject up = client.next("state").json();

      JsonObject incident = opened.getJsonObject("incident");
      assertThat(opened.keySet()).containsExactly("seq", "prev", "at", "incident", "entry");
      assertThat(incident.getString("monitor")).isEqualTo(monitor.id());
      assertThat(incident.getString("state")).isEqualTo("open");
      assertThat(incident).doesNotContainKeys("evidence", "timeline");
      assertThat(opened.getJsonObject("entry").getString("type")).isEqualTo("opened");
      assertThat(down.keySet())
          .containsExactly(
              "seq", "prev", "at", "monitor", "from", "to", "since", "incident", "muted");
      assertThat(down.getString("from") + down.getString("to")).isEqualTo("PENDINGDOWN");
      assertThat(down.getString("incident")).isEqualTo(incident.getString("id"));
      assertThat(down.isNull("muted")).isTrue();
      assertThat(resolved.getJsonObject("incident").getString("id"))
          .isEqualTo(incident.getString("id"));
      assertThat(resolved.getJsonObject("incident").getString("state")).isEqualTo("resolved");
      assertThat(resolved.getJsonObject("entry").getString("type")).isEqualTo("resolved");
      assertThat(up.getString("from") + up.getString("to")).isEqualTo("DOWNUP");
      assertThat(up.isNull("incident")).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void no_change_is_left_out_or_merged_however_fast_they_come(StreamTransport transport)
      throws IOException {
    int changes = 20;
    try (PlayedMonitor monitor = monitor("fast");
        StreamClient client =
            transport.open(
                only(monitor).filter("events", "state,incident").option("batch", "true"))) {
      for (int i = 0; i < changes; i++) {
        monitor.fail();
        monitor.succeed();
      }
      List<String> told = new ArrayList<>();
      while (told.size() < 4 * changes) {
        StreamEvent event = client.next("change", e -> e.is("state") || e.is("incident"));
        told.add(
            event.is("state")
                ? event.json().getString("to")
                : event.json().getJsonObject("incident").getString("state"));
      }

      List<String> expected = new ArrayList<>();
      for (int i = 0; i < changes; i++) {
        expected.addAll(List.of("open", "DOWN", "resolved", "UP"));
      }
      assertThat(told).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource
  void samples_are_gathered_into_four_events_a_second(StreamTransport transport)
      throws IOException {
    int beats = 60;
    try (PlayedMonitor monitor = monitor("samples");
        StreamClient client = transport.open(only(monitor).filter("events", "samples"))) {
      for (int i = 0; i < beats; i++) {
        monitor.succeed();
        nextMillisecond();
      }
      List<StreamEvent> events = new ArrayList<>();
      List<JsonObject> samples = new ArrayList<>();
      while (samples.size() < beats) {
        StreamEvent event = client.next("samples");
        events.add(event);
        event.json().getJsonArray("samples").forEach(s -> samples.add(s.asJsonObject()));
      }

      for (int i = 4; i < events.size(); i++) {
        Duration five =
            Duration.between(Times.at(events.get(i - 4).json()), Times.at(events.get(i).json()));
        assertThat(five).isGreaterThan(Duration.ofMillis(900));
      }
      assertThat(events.get(0).json().keySet()).containsExactly("seq", "prev", "at", "samples");
      assertThat(samples).hasSize(beats);
      assertThat(samples.get(0).keySet()).containsExactly("monitor", "at", "outcome", "latencyMs");
      assertThat(samples).extracting(s -> s.getString("outcome")).containsOnly("UP");
      assertThat(samples).extracting(s -> s.getString("at")).doesNotHaveDuplicates().isSorted();
      assertThat(kept(monitor))
          .containsExactlyInAnyOrderElementsOf(
              samples.stream().map(s -> s.getString("at")).toList());
    }
  }

  /** So that no two beats have the same time. */
  private static void nextMillisecond() {
    long now = System.currentTimeMillis();
    while (System.currentTimeMillis() <= now) {
      Thread.onSpinWait();
    }
  }

  /** When the samples in the history were taken. */
  private List<String> kept(PlayedMonitor monitor) {
    return server
        .admin()
        .get("/api/monitors/" + monitor.id() + "/samples?limit=500")
        .json()
        .getJsonArray("items")
        .stream()
        .map(s -> s.asJsonObject().getString("at"))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void monitors_are_told_when_they_come_change_and_go(StreamTransport transport)
      throws IOException {
    String id = name("configured");
    try (StreamClient client =
        transport.open(StreamRequest.of(server).filter("events", "monitor"))) {
      StreamEvent created;
      StreamEvent updated;
      try (PlayedMonitor monitor = PlayedMonitor.create(server, id)) {
        created = change(client, id, "created");
        monitor.rename("Other");
        updated = change(client, id, "updated");
      }
      StreamEvent deleted = change(client, id, "deleted");

      assertThat(created.json().keySet())
          .containsExactly("seq", "prev", "at", "change", "id", "monitor");
      JsonObject monitor = updated.json().getJsonObject("monitor");
      assertThat(monitor.getString("name")).isEqualTo("Other");
      assertThat(monitor.getInt("n")).isPositive();
      assertThat(monitor.getJsonObject("target")).doesNotContainKeys("url", "token");
      assertThat(deleted.json().isNull("monitor")).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_people_do_about_an_incident_is_told_to_all(StreamTransport transport)
      throws IOException {
    Api admin = server.admin();
    try (PlayedMonitor monitor = monitor("people")) {
      String path = "/api/incidents/" + monitor.incident();
      try (StreamClient client = transport.open(only(monitor).withoutSnapshot())) {
        admin.post(
            path + "/acknowledge", Json.createObjectBuilder().add("comment", "mine").build());
        admin.post(
            path + "/comments",
            Json.createObjectBuilder().add("text", "two\nlines \"quoted\" \u2028 ü").build());
        admin.delete(path + "/acknowledge");

        List<JsonObject> told = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          told.add(client.next("incident").json());
        }
        assertThat(told)
            .extracting(t -> t.getJsonObject("entry").getString("type"))
            .containsExactly("acknowledged", "comment", "unacknowledged");
        assertThat(told)
            .extracting(t -> t.getJsonObject("entry").getString("actor"))
            .containsOnly("admin");
        assertThat(told)
            .extracting(t -> t.getJsonObject("incident").getString("state"))
            .containsExactly("acknowledged", "acknowledged", "open");
        assertThat(told.get(1).getJsonObject("entry").getString("text"))
            .isEqualTo("two\nlines \"quoted\" \u2028 ü");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void fields_of_a_filter_narrow_and_values_of_one_widen(StreamTransport transport)
      throws IOException {
    String shop = name("shop");
    String bank = name("bank");
    JsonObjectBuilder warning = in(shop).add("severity", "warning");
    JsonObjectBuilder tagged = in(bank).add("tags", Json.createArrayBuilder().add("x").add("y"));
    try (PlayedMonitor a = PlayedMonitor.create(server, name("a"), in(shop));
        PlayedMonitor b = PlayedMonitor.create(server, name("b"), warning);
        PlayedMonitor c = PlayedMonitor.create(server, name("c"), tagged);
        StreamClient all =
            transport.open(StreamRequest.of(server).filter("group", shop + "," + bank));
        StreamClient one =
            transport.open(
                StreamRequest.of(server)
                    .filter("group", shop + "," + bank)
                    .filter("severity", "critical")
                    .filter("events", "state"));
        StreamClient byTag =
            transport.open(StreamRequest.of(server).filter("group", bank).filter("tag", "z,y"));
        StreamClient none =
            transport.open(StreamRequest.of(server).filter("group", shop).filter("tag", "y"))) {
      a.fail();
      b.fail();
      c.fail();
      all.next("the last state", e -> e.is("state") && e.about(c.id()));
      one.next("the last state", e -> e.is("state") && e.about(c.id()));
      byTag.next("the last state", e -> e.is("state") && e.about(c.id()));

      assertThat(monitors(all, "state")).containsExactly(a.id(), b.id(), c.id());
      assertThat(monitors(one, "state")).containsExactly(a.id(), c.id());
      assertThat(one.names()).doesNotContain("incident", "samples");
      assertThat(monitors(byTag, "state")).containsExactly(c.id());
      assertThat(none.names()).containsExactly("hello", "snapshot");
      assertThat(none.next("snapshot").json().getJsonArray("monitors")).isEmpty();
    }
  }

  private static List<String> monitors(StreamClient client, String event) {
    return client.events().stream()
        .filter(e -> e.is(event))
        .map(e -> e.json().getString("monitor"))
        .toList();
  }

  @Test
  void all_clients_of_a_filter_get_the_same_bytes() throws IOException {
    try (PlayedMonitor monitor = monitor("same");
        StreamClient first = StreamTransport.SSE.open(only(monitor));
        StreamClient second = StreamTransport.SSE.open(only(monitor));
        StreamClient socket = StreamTransport.WEB_SOCKET.open(only(monitor));
        StreamClient batch =
            StreamTransport.WEB_SOCKET.open(only(monitor).option("batch", "true"))) {
      monitor.fail();
      monitor.succeed();
      List<List<String>> told = new ArrayList<>();
      for (StreamClient client : List.of(first, second, socket, batch)) {
        client.next("recovery", e -> e.is("state") && e.data().contains("\"to\":\"UP\""));
        told.add(
            client.events().stream()
                .filter(e -> e.is("state") || e.is("incident"))
                .map(e -> e.id() + " " + e.name() + " " + e.data())
                .toList());
      }

      assertThat(told.get(0)).hasSize(4);
      assertThat(told).containsOnly(told.get(0));
    }
  }

  @Test
  void a_batch_is_an_array_and_so_is_all_else_from_then_on() throws IOException {
    try (PlayedMonitor monitor = monitor("batch");
        SocketClient client =
            (SocketClient) StreamTransport.WEB_SOCKET.open(only(monitor).option("batch", "true"))) {
      monitor.fail();
      client.next("state");

      List<String> messages = client.messages();
      assertThat(messages.get(0)).startsWith("{\"event\":\"hello\"");
      assertThat(messages.get(1)).startsWith("{\"ref\":");
      assertThat(messages.subList(2, messages.size()))
          .allMatch(m -> m.startsWith("[{\"event\":\"") && m.endsWith("}]"));
    }
  }

  @Test
  void samples_come_as_binary_frames_where_wanted() throws IOException {
    try (PlayedMonitor monitor = monitor("binary");
        StreamClient client =
            StreamTransport.WEB_SOCKET.open(only(monitor).option("samples", "\"binary\""));
        StreamClient text = StreamTransport.SSE.open(only(monitor))) {
      int n = number(client.next("snapshot").json().getJsonArray("monitors"));
      monitor.succeed();
      monitor.fail();
      StreamEvent frame = client.next("samples");
      StreamEvent same = text.next("samples");

      ByteBuffer bytes = frame.binary().duplicate();
      assertThat(bytes.get()).as("version").isEqualTo((byte) 1);
      assertThat(bytes.get()).as("kind").isEqualTo((byte) 1);
      int count = bytes.getShort();
      assertThat(bytes.getLong()).as("seq").isEqualTo(same.seq());
      assertThat(bytes.getLong()).as("prev").isEqualTo(same.prev());
      JsonArray samples = same.json().getJsonArray("samples");
      assertThat(count).isEqualTo(samples.size());
      assertThat(bytes.remaining()).isEqualTo(17 * count);
      for (JsonValue value : samples) {
        JsonObject sample = value.asJsonObject();
        assertThat(bytes.getInt()).as("number").isEqualTo(n);
        assertThat(bytes.getLong()).as("at").isEqualTo(Times.at(sample).toEpochMilli());
        assertThat(List.of("UP", "DEGRADED", "DOWN", "UNKNOWN").get(bytes.get()))
            .isEqualTo(sample.getString("outcome"));
        assertThat(bytes.getInt() / 1000.0)
            .isEqualTo(sample.getJsonNumber("latencyMs").doubleValue());
      }
    }
  }

  private static int number(JsonArray monitors) {
    return monitors.get(0).asJsonObject().getInt("n");
  }
}
