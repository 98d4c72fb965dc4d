package io.serversence.server;

import static io.serversence.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The stream of a status page: what it tells, what it never does, and how it ends. */
@ExtendWith(RunningServer.class)
class StatusStreamIT {
  private static final String EVENTS = "/status/live-shop/events";
  private static final String PAGE = "/api/status-pages/live-shop";

  private final Api admin;
  private final Api anyone;
  private final Monitors monitors;
  private TargetFarm farm;

  StatusStreamIT(Server server) {
    admin = server.admin();
    anyone = server.anyone();
    monitors = new Monitors(admin);
  }

  /**
   * All that is configured of it but its name and its key has a word in it that may not be told.
   */
  @BeforeEach
  void add() {
    farm = new TargetFarm();
    JsonObjectBuilder target =
        object()
            .add("type", "http")
            .add("url", farm.url("/canary-path?canary-query"))
            .add("headers", object().add("X-Canary", "canary-header"))
            .add("method", "POST")
            .add("body", "canary-body")
            .add("auth", object().add("bearer", "canary-token"));
    monitors.add(
        Wanted.quick(
            Wanted.monitor("live-shown", target)
                .add("description", "canary-description")
                .add("group", "canary-group")
                .add("tags", Json.createArrayBuilder().add("canary-tag"))
                .add("severity", "info")
                .add("conditions", Json.createArrayBuilder().add("[STATUS] == 200"))));
    monitors.add(
        Wanted.quick(Wanted.http("canary-hidden", farm.url("/hidden")).add("name", "canary-name")));
    monitors.add(Wanted.quick(Wanted.http("canary-gone", farm.url("/gone"))));
    monitors.awaitState("live-shown", "UP");
    page(true);
    monitors.remove("canary-gone");
  }

  @AfterEach
  void remove() {
    admin.delete(PAGE);
    monitors.remove("live-shown");
    monitors.remove("canary-hidden");
    farm.close();
  }

  private static JsonObjectBuilder object() {
    return Json.createObjectBuilder();
  }

  private void page(boolean published) {
    JsonObject page =
        object()
            .add("id", "live-shop")
            .add("title", "Live <shop>")
            .add("monitors", Json.createArrayBuilder().add("live-shown").add("canary-gone"))
            .add("published", published)
            .build();
    assertThat(admin.post("/api/status-pages", page).status()).isEqualTo(201);
  }

  private void does(String path, JsonObjectBuilder body) {
    Answer answer = admin.post(path, body.build());
    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
  }

  private static String state(PageStream stream) {
    List<JsonObject> changes = stream.events("change");
    for (int i = changes.size() - 1; i >= 0; i--) {
      if (changes.get(i).containsKey("state")) {
        return changes.get(i).getString("state");
      }
    }
    return stream.events("page").get(0).getString("state");
  }

  private static void await(PageStream stream, String state) {
    stream.await(
        "the page is " + state, t -> t.contains("event: page") && state(stream).equals(state));
  }

  @Test
  void it_tells_what_happens_on_the_page_and_nothing_that_is_not_on_it() {
    try (PageStream data = new PageStream(anyone, EVENTS);
        PageStream html = new PageStream(anyone, EVENTS + "?form=html")) {
      await(data, "UP");
      html.await("all is well", text -> text.contains("All systems are operational"));
      farm.fail("/canary-path?canary-query");
      farm.fail("/hidden");
      String incident = monitors.awaitIncident("live-shown");
      monitors.awaitIncident("canary-hidden");
      await(data, "DOWN");
      does("/api/incidents/" + incident + "/comments", object().add("text", "canary-comment"));
      does("/api/incidents/" + incident + "/acknowledge", object().add("comment", "canary-ack"));
      data.await("somebody is at work", text -> text.contains("\"acknowledged\":true"));
      does(
          "/api/silences",
          object()
              .add("comment", "canary-silence")
              .add("endsAt", Instant.now().plusSeconds(60).toString())
              .add(
                  "matchers",
                  Json.createArrayBuilder()
                      .add(object().add("name", "tag").add("op", "=").add("value", "canary-tag"))));
      farm.mend("/canary-path?canary-query");
      farm.mend("/hidden");
      await(data, "UP");
      html.await(
          "the incident is past",
          text ->
              text.contains("Incidents under way")
                  && text.contains("Somebody is at work on it.")
                  && text.lastIndexOf("Down from ") > text.lastIndexOf("Down since "));
      data.await("it has ended", text -> text.contains("\"endedAt\":\"2"));

      assertThat(data.text()).contains(incident, "\"name\":\"The live-shown\"", "Live <shop>");
      assertThat(html.text()).contains("Live &lt;shop&gt;").doesNotContain("<h1>Live <shop>");
      assertThat(data.events("hello").get(0))
          .containsOnlyKeys(
              "epoch", "version", "serverTime", "heartbeatMs", "lifetimeMs", "resumed");
      for (PageStream stream : List.of(data, html)) {
        assertThat(stream.text())
            .doesNotContain("canary", "Canary", "127.0.0.1", "localhost", farm.url("/"))
            .doesNotContain("[STATUS]", "(503)", "admin", "info", "muted", "silence", "evidence")
            .doesNotContain("cause", "severity", "group", "tags", "target", "notif", "actor");
      }
    }
  }

  @Test
  void a_reader_that_was_cut_off_goes_on_where_it_was() {
    String last;
    try (PageStream first = new PageStream(anyone, EVENTS)) {
      await(first, "UP");
      last = first.lastId();
    }
    farm.fail("/canary-path?canary-query");
    monitors.awaitState("live-shown", "DOWN");
    long version = Long.parseLong(last.substring(last.indexOf('-') + 1));

    for (String[] way :
        List.of(
            new String[] {EVENTS, "Last-Event-ID", last},
            new String[] {EVENTS + "?lastEventId=" + last})) {
      String[] headers = Arrays.copyOfRange(way, 1, way.length);
      try (PageStream second = new PageStream(anyone, way[0], headers)) {
        second.await("it is told", text -> second.events("change").size() > 0);
        assertThat(second.events("hello").get(0).getString("resumed")).isEqualTo("ok");
        assertThat(second.events("page")).isEmpty();
        assertThat(second.events("change").get(0).getInt("prev")).isEqualTo((int) version);
        second.await("it is down", text -> text.contains("\"DOWN\""));
      }
    }
    try (PageStream stranger = new PageStream(anyone, EVENTS, "Last-Event-ID", "aaaaaaaa-7")) {
      await(stranger, "DOWN");
      assertThat(stranger.events("hello").get(0).getString("resumed")).isEqualTo("reset");
    }
  }

  @Test
  void it_ends_for_good_with_the_page_and_when_that_is_published_no_longer() {
    try (PageStream stream = new PageStream(anyone, EVENTS)) {
      await(stream, "UP");
      admin.patch(PAGE, object().add("title", "Another title").build());
      stream.await("the title", text -> text.contains("Another title"));
      admin.patch(PAGE, object().add("published", false).build());
      assertThat(stream.ended()).contains("\"revoked\",\"reconnectMs\":null");
    }
    assertProblem(anyone.get(EVENTS), 404);
    try (PageStream stream = new PageStream(admin, EVENTS)) {
      await(stream, "UP");
      admin.delete(PAGE);
      assertThat(stream.ended()).contains("\"revoked\",\"reconnectMs\":null");
    }
    assertProblem(admin.get(EVENTS), 404);
  }

  @Test
  void it_is_there_as_the_page_is_and_asks_for_a_form_that_there_is() {
    assertThat(anyone.get("/status/no-such-page/events").body())
        .isEqualTo(anyone.get("/status/no-such-page").body());
    assertProblem(anyone.get(EVENTS + "?form=xml"), 400);
    Answer begun = anyone.begin(EVENTS);
    assertThat(begun.header("Content-Type")).startsWith("text/event-stream");
    assertThat(begun.header("Cache-Control")).isEqualTo("no-store, no-transform");
    assertThat(begun.header("Content-Security-Policy")).doesNotContain("unsafe");
    assertThat(anyone.bare("HEAD", EVENTS).status()).isEqualTo(200);
    String page = anyone.get("/status/live-shop").body();
    assertThat(page)
        .contains("<noscript><meta http-equiv=\"refresh\"")
        .containsOnlyOnce("http-equiv");
  }
}
