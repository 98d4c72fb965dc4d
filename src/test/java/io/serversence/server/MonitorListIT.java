package io.serversence.server;

import static io.serversence.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The list of monitors: its pages, its filters, and what is none of either. */
@ExtendWith(RunningServer.class)
class MonitorListIT {
  private static final String LIST = "/api/monitors?tag=listed";

  private final Server server;
  private final Api admin;
  private final Monitors monitors;

  MonitorListIT(Server server) {
    this.server = server;
    this.admin = server.admin();
    this.monitors = new Monitors(admin);
  }

  @BeforeEach
  void only_those_that_a_test_adds_are_listed() {
    ids(LIST + "&limit=500").forEach(monitors::remove);
  }

  private void add(String id) {
    monitors.add(
        Wanted.seldom(Wanted.tcp(id, server.port()))
            .add("tags", Json.createArrayBuilder().add("listed"))
            .build());
  }

  private List<String> ids(String path) {
    return monitors.items(path).stream().map(m -> m.getString("id")).toList();
  }

  @Test
  void pages_follow_each_other_by_key_until_there_are_no_more() {
    List<String> all = IntStream.range(0, 11).mapToObj(i -> "page-" + (char) ('a' + i)).toList();
    all.forEach(this::add);

    List<String> seen = new ArrayList<>();
    String next = "";
    int pages = 0;
    while (next != null) {
      JsonObject page = admin.get(LIST + "&limit=5" + next).json();
      page.getJsonArray("items").getValuesAs(JsonObject.class).stream()
          .map(m -> m.getString("id"))
          .forEach(seen::add);
      next = page.get("next") == JsonValue.NULL ? null : "&cursor=" + page.getString("next");
      pages++;
    }

    assertThat(seen).containsExactlyElementsOf(all);
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void a_page_that_is_just_full_and_the_last_has_no_next() {
    add("full-a");
    add("full-b");

    assertThat(admin.get(LIST + "&limit=2").json().get("next")).isEqualTo(JsonValue.NULL);
  }

  @Test
  void a_cursor_stays_right_while_monitors_come_and_go() {
    for (String id : List.of("stay-b", "stay-d", "stay-f", "stay-h")) {
      add(id);
    }
    JsonObject first = admin.get(LIST + "&limit=2").json();
    String rest = LIST + "&limit=500&cursor=" + first.getString("next");

    add("stay-a"); // before the cursor: not seen any more
    add("stay-e"); // after it: seen
    monitors.remove("stay-d"); // where the cursor stands
    monitors.remove("stay-h");

    assertThat(ids(rest)).containsExactly("stay-e", "stay-f");
  }

  @Test
  void a_cursor_of_another_filter_or_of_nobody_is_refused() {
    add("cursor-a");
    add("cursor-b");
    String cursor = admin.get(LIST + "&limit=1").json().getString("next");

    assertProblem(admin.get("/api/monitors?limit=1&cursor=" + cursor), 400, "cursor");
    assertProblem(admin.get(LIST + "&q=x&cursor=" + cursor), 400, "cursor");
    for (String wrong : List.of("x", "!", "AAAA", cursor + "x", "x".repeat(3_000))) {
      assertProblem(admin.get(LIST + "&cursor=" + wrong), 400, "cursor");
    }
    assertThat(admin.get(LIST + "&limit=2&cursor=" + cursor).status())
        .as("the limit is no part of the filter")
        .isEqualTo(200);
  }

  @Test
  void a_limit_is_from_1_to_500_and_50_if_none_is_given() {
    IntStream.range(0, 51).forEach(i -> add("limit-" + i));

    assertThat(ids(LIST)).hasSize(50);
    assertThat(ids(LIST + "&limit=500")).hasSize(51);
    for (String wrong : List.of("0", "501", "-1", "1.5", "many", "99999999999", "%00")) {
      assertProblem(admin.get(LIST + "&limit=" + wrong), 400, "limit");
    }
  }

  @Test
  void filters_narrow_and_their_values_widen() {
    monitors.add(
        Wanted.seldom(Wanted.tcp("shown-tcp", server.port()))
            .add("name", "Straße 7")
            .add("group", "north")
            .add("tags", Json.createArrayBuilder().add("listed").add("one"))
            .build());
    monitors.add(
        Wanted.heartbeat("shown-beat", "1h")
            .add("description", "Nightly STRASSE of backups")
            .add("group", "south")
            .add("enabled", false)
            .add("tags", Json.createArrayBuilder().add("listed").add("two"))
            .build());
    monitors.awaitState("shown-tcp", "UP");

    assertThat(ids(LIST)).containsExactly("shown-beat", "shown-tcp");
    assertThat(ids("/api/monitors?tag=one,two")).containsExactly("shown-beat", "shown-tcp");
    assertThat(ids("/api/monitors?tag=one")).containsExactly("shown-tcp");
    assertThat(ids(LIST + "&group=north,west")).containsExactly("shown-tcp");
    assertThat(ids(LIST + "&type=heartbeat")).containsExactly("shown-beat");
    assertThat(ids(LIST + "&type=heartbeat,tcp")).hasSize(2);
    assertThat(ids(LIST + "&state=PAUSED")).containsExactly("shown-beat");
    assertThat(ids(LIST + "&state=UP")).containsExactly("shown-tcp");
    assertThat(ids(LIST + "&state=UP&type=heartbeat")).isEmpty();
    assertThat(ids(LIST + "&q=nightly%20STR")).containsExactly("shown-beat");
    assertThat(ids(LIST + "&q=STRA%C3%9Fe")).containsExactly("shown-tcp");
    assertThat(ids(LIST + "&q=shown-")).hasSize(2);
    assertThat(ids(LIST + "&q=%25")).isEmpty();
  }

  @Test
  void what_no_filter_knows_is_refused_by_name() {
    assertProblem(admin.get(LIST + "&type=ftp"), 400, "type");
    assertProblem(admin.get(LIST + "&state=up"), 400, "state");
    assertProblem(admin.get(LIST + "&colour=red"), 400, "colour");
    assertProblem(admin.get(LIST + "&tag=again"), 400, "tag");
    assertProblem(admin.get(LIST + "&q=" + "x".repeat(201)), 400, "q");
    assertProblem(admin.get(LIST + "&group=%FF"), 400, "group");
  }
}
