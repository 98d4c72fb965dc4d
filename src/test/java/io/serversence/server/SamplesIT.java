package io.serversence.server;

import static io.serversence.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The samples of a monitor, by pages, windows and outcomes. */
@ExtendWith(RunningServer.class)
class SamplesIT {
  private static final int MANY = 7;

  private final Server server;
  private final Api admin;
  private final Monitors monitors;

  SamplesIT(Server server) {
    this.server = server;
    this.admin = server.admin();
    this.monitors = new Monitors(admin);
  }

  /** A job that has reported many times, each third time a failure. */
  private String reported(String id) {
    String url =
        monitors.add(Wanted.heartbeat(id, "1h").build()).getJsonObject("target").getString("url");
    String path = url.substring(server.base().toString().length() - 1);
    for (int i = 0; i < MANY; i++) {
      server.anyone().bare("GET", path + (i % 3 == 2 ? "/fail" : ""));
    }
    Await.until(
        "all are in the history",
        Duration.ofSeconds(10),
        () -> monitors.samples(id).size() == MANY);
    return "/api/monitors/" + id + "/samples";
  }

  private List<String> times(String path) {
    return monitors.items(path).stream().map(s -> s.getString("at")).toList();
  }

  @Test
  void they_come_newest_first_page_by_page_even_while_more_are_taken() {
    String path = reported("pages");
    List<String> all = times(path);
    assertThat(all).isSortedAccordingTo(Comparator.reverseOrder());

    List<String> seen = new ArrayList<>();
    String cursor = "";
    for (int page = 0; cursor != null; page++) {
      JsonObject answer = admin.get(path + "?limit=3" + cursor).json();
      answer.getJsonArray("items").getValuesAs(JsonObject.class).stream()
          .map(s -> s.getString("at"))
          .forEach(seen::add);
      cursor = answer.get("next") == JsonValue.NULL ? null : "&cursor=" + answer.getString("next");
      if (page == 0) {
        String url = monitors.get("pages").getJsonObject("target").getString("url");
        server.anyone().bare("GET", url.substring(server.base().toString().length() - 1));
      }
    }

    assertThat(seen).containsExactlyElementsOf(all);
  }

  @Test
  void only_those_of_the_wanted_outcomes_are_shown() {
    String path = reported("outcomes");

    assertThat(monitors.items(path + "?outcome=DOWN")).hasSize(MANY / 3);
    assertThat(monitors.items(path + "?outcome=DOWN,UP")).hasSize(MANY);
    assertThat(monitors.items(path + "?outcome=UNKNOWN")).isEmpty();
    assertThat(monitors.items(path + "?outcome=DOWN"))
        .allSatisfy(
            s -> assertThat(s.getString("message")).isEqualTo("the job reported a failure"));
  }

  @Test
  void a_window_includes_its_beginning_and_not_its_end() {
    String path = reported("window");
    List<String> all = times(path);
    Instant third = Instant.parse(all.get(2));
    Instant fifth = Instant.parse(all.get(4));

    List<String> inside = times(path + "?from=" + fifth + "&to=" + third);

    // what is shown is cut to milliseconds, so that the edges may lie within one
    assertThat(inside)
        .allSatisfy(at -> assertThat(Instant.parse(at)).isBetween(fifth, third))
        .isSubsetOf(all);
    assertThat(times(path + "?to=" + Instant.parse(all.get(MANY - 1)).minusSeconds(1))).isEmpty();
    assertThat(times(path + "?from=" + Instant.parse(all.get(0)).plusSeconds(60))).isEmpty();
    assertThat(times(path + "?from=" + fifth + "&to=" + fifth)).isEmpty();
  }

  @Test
  void a_wrong_question_is_named() {
    String path = reported("wrong");
    String cursor = admin.get(path + "?limit=1").json().getString("next");

    assertProblem(admin.get(path + "?outcome=up"), 400, "outcome");
    assertProblem(admin.get(path + "?from=now&to=never"), 400, "from", "to");
    assertProblem(admin.get(path + "?limit=0"), 400, "limit");
    assertProblem(admin.get(path + "?outcome=UP&cursor=" + cursor), 400, "cursor");
    assertProblem(admin.get(path + "?step=1m"), 400, "step");
    assertProblem(admin.get("/api/monitors/no-such/samples?limit=0"), 404);
  }
}
