package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.serversence.document.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A failing monitor is told to a webhook, and so is its recovery. */
@ExtendWith(PeopledServer.class)
class AlertsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static TargetFarm farm;
  private static HttpServer receiver;
  private static final List<JsonObject> RECEIVED = new CopyOnWriteArrayList<>();
  private static volatile int status = 200;

  private final Server server;
  private final Api admin;
  private final Monitors monitors;

  AlertsIT(People people) {
    server = people.server();
    admin = people.admin();
    monitors = new Monitors(admin);
  }

  @BeforeAll
  static void open() throws IOException {
    farm = new TargetFarm();
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          if (status == 200) {
            RECEIVED.add(Json.parseObject(body));
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterAll
  static void close() {
    receiver.stop(0);
    farm.close();
  }

  private void channel(String id) {
    Answer answer =
        admin.post(
            "/api/channels",
            Json.object()
                .add("id", id)
                .add("name", id)
                .add("type", "webhook")
                .add("url", "http://127.0.0.1:" + receiver.getAddress().getPort() + "/" + id)
                .build());
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  private void route(String id, String monitor, String channel) {
    JsonArrayBuilder channels = Json.array().add(channel);
    Answer answer =
        admin.post(
            "/api/routes",
            Json.object()
                .add("id", id)
                .add("name", id)
                .add("match", Json.object().add("monitor", Json.array().add(monitor)))
                .add("channels", channels)
                .add("groupWait", "0s")
                .build());
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  private static JsonObject await(String event, String monitor) {
    return Await.value(
        event + " of " + monitor,
        PATIENCE,
        () ->
            RECEIVED.stream()
                .filter(m -> m.getString("event").equals(event) && names(m).contains(monitor))
                .findFirst()
                .or(Optional::empty));
  }

  private static List<String> names(JsonObject message) {
    return message.getJsonArray("incidents").getValuesAs(JsonObject.class).stream()
        .map(i -> i.getString("monitor"))
        .toList();
  }

  private List<JsonObject> notifications(String query) {
    Answer answer = admin.get("/api/notifications?" + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().getJsonArray("items").getValuesAs(JsonObject.class);
  }

  @Test
  void an_outage_is_told_and_its_end_too_and_both_are_noted() {
    channel("hook");
    route("hooked", "told", "hook");
    farm.fail("/told");
    List<String> events = new CopyOnWriteArrayList<>();
    try (EventReader reader =
        new EventReader(
            server,
            "?events=notification&snapshot=false",
            event -> {
              if (event.name().equals("notification")) {
                JsonObject shown = event.json().getJsonObject("notification");
                events.add(shown.getString("event") + " " + shown.getString("state"));
              }
            })) {
      reader.greeted();
      tellOfAnOutage();
      Await.until(
          "both are on the stream",
          PATIENCE,
          () -> events.containsAll(List.of("opened sent", "resolved sent")));
    }
    assertThat(admin.delete("/api/channels/hook").status()).isEqualTo(409);
    assertThat(admin.delete("/api/channels/hook").body()).contains("the route hooked");
    monitors.remove("told");
    assertThat(admin.delete("/api/routes/hooked").status()).isEqualTo(204);
    assertThat(admin.delete("/api/channels/hook").status()).isEqualTo(204);
  }

  private void tellOfAnOutage() {
    monitors.add(Wanted.quick(Wanted.http("told", farm.url("/told"))));
    JsonObject opened = await("opened", "told");
    assertThat(opened.getString("idempotencyKey")).isNotBlank();
    String incident = opened.getJsonArray("incidents").getJsonObject(0).getString("id");
    farm.mend("/told");
    assertThat(await("resolved", "told").getJsonArray("incidents").getJsonObject(0).getString("id"))
        .isEqualTo(incident);
    Await.until(
        "both are noted as sent",
        PATIENCE,
        () -> notifications("state=sent&channel=hook&incident=" + incident).size() == 2);
    assertThat(
            admin
                .get("/api/incidents/" + incident)
                .json()
                .getJsonArray("timeline")
                .getValuesAs(JsonObject.class))
        .extracting(e -> e.getString("type"))
        .contains("notified");
  }

  @Test
  void a_route_is_checked() {
    Answer answer =
        admin.post(
            "/api/routes",
            Json.object()
                .add("name", "Bad")
                .add("channels", Json.array().add("nobody"))
                .add("groupInterval", "soon")
                .build());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("channels[0]", "groupInterval");
  }

  @Test
  void a_cycle_of_dependencies_is_refused_with_its_path() {
    monitors.add(Wanted.http("cycle-a", farm.url("/a")).build());
    monitors.add(
        Wanted.http("cycle-b", farm.url("/b"))
            .add("dependsOn", Json.array().add("cycle-a"))
            .build());
    Answer answer =
        admin.patch(
            "/api/monitors/cycle-a",
            Json.object().add("dependsOn", Json.array().add("cycle-b")).build());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("cycle-a -> cycle-b -> cycle-a");
  }
}
