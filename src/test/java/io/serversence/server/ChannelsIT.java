package io.serversence.server;

import static io.serversence.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Channels, silences and maintenance windows are made, changed, tried and removed. */
@ExtendWith(RunningServer.class)
class ChannelsIT {
  private final Server server;
  private final Api admin;

  ChannelsIT(Server server) {
    this.server = server;
    admin = server.admin();
  }

  private static JsonObject json(String text) {
    try (var reader = Json.createReader(new java.io.StringReader(text.replace('\'', '"')))) {
      return reader.readObject();
    }
  }

  @Test
  void a_channel_keeps_its_secret_and_can_be_tried() throws IOException {
    List<String> keys = new CopyOnWriteArrayList<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          keys.add(
              exchange.getRequestHeaders().getFirst("Idempotency-Key")
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-ServerSence-Signature"));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    try {
      String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
      Answer created =
          admin.post(
              "/api/channels",
              json(
                  "{'name':'Night shift','type':'webhook','secret':'s3cret','url':'" + url + "'}"));
      assertThat(created.status()).as(created.body()).isEqualTo(201);
      assertThat(created.header("ETag")).isEqualTo("\"1\"");
      assertThat(created.json().getString("id")).isEqualTo("night-shift");
      assertThat(created.json().getString("secret")).isEqualTo("***");
      Answer written = admin.send("PUT", "/api/channels/night-shift", created.json());
      assertThat(written.status()).as(written.body()).isEqualTo(200);
      JsonObject tried = admin.bare("POST", "/api/channels/night-shift/test").json();
      assertThat(tried.getBoolean("ok")).as("%s", tried).isTrue();
      assertThat(tried.getInt("status")).isEqualTo(204);
      assertThat(keys).hasSize(1);
      assertThat(keys.get(0)).contains("sha256=");
      assertProblem(admin.patch("/api/channels/night-shift", json("{'colour':1}")), 400);
      assertThat(admin.get("/api/channels?limit=1").json().getJsonArray("items")).hasSize(1);
    } finally {
      receiver.stop(0);
      admin.delete("/api/channels/night-shift");
    }
    assertThat(admin.get("/api/channels/night-shift").status()).isEqualTo(404);
  }

  @Test
  void what_a_channel_would_be_sent_of_a_past_incident_is_shown_in_its_own_words() {
    String id = "previewed";
    String url = "'url':'https://hooks.example/T/B/x'";
    String own = "'template':{'title':'{{name}} {{event}}','body':'*{{monitor}}* {{duration}}'}";
    Answer created =
        admin.post(
            "/api/channels",
            json("{'id':'" + id + "','name':'x','type':'slack'," + url + "," + own + "}"));
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    try (PlayedMonitor monitor = PlayedMonitor.create(server, "preview")) {
      String incident = monitor.incident();
      String path = "/api/channels/" + id + "/preview";
      JsonObject shown = admin.post(path, json("{'incident':'" + incident + "'}")).json();
      assertThat(shown.getString("event")).isEqualTo("opened");
      assertThat(shown.getString("title")).isEqualTo("Played preview opened");
      assertThat(shown.getString("text")).startsWith("*preview* ");
      String tried =
          "{'incident':'" + incident + "','event':'resolved','template':{'body':'{{state}}'}}";
      assertThat(admin.post(path, json(tried)).json().getString("text")).isEqualTo("open");
      Answer bad =
          admin.post(path, json("{'incident':'nonsense','template':{'body':'{{nobody}}'}}"));
      assertProblem(bad, 400);
      assertThat(bad.body()).contains("\"incident\"").contains("template.body", "{{nobody}}");
      Answer unknown =
          admin.patch("/api/channels/" + id, json("{'template':{'title':'{{nobody}}'}}"));
      assertProblem(unknown, 400);
      assertThat(unknown.body()).contains("template.title");
    } finally {
      admin.delete("/api/channels/" + id);
    }
  }

  @Test
  void mail_to_nobody_fails_in_words() {
    String smtp = "{'host':'127.0.0.1','port':" + Ports.free() + ",'security':'none'}";
    Answer created =
        admin.post(
            "/api/channels",
            json("{'name':'mail','type':'email','to':['ops@example.org'],'smtp':" + smtp + "}"));
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    JsonObject tried = admin.bare("POST", "/api/channels/mail/test").json();
    assertThat(tried.getBoolean("ok")).isFalse();
    assertThat(tried.getString("message")).contains("mail server did not take it");
    admin.delete("/api/channels/mail");
  }

  @Test
  void a_silence_has_its_author_and_an_end() {
    JsonObject body =
        json(
            "{'matchers':[{'name':'tag','op':'=~','value':'(a+)+'}],"
                + "'endsAt':'2099-01-01T00:00:00Z','comment':'x'}");
    Answer created = admin.post("/api/silences", body);
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    assertThat(created.json().getString("author")).isEqualTo("admin");
    String path = "/api/silences/" + created.json().getString("id");
    assertThat(admin.get(path).json()).isEqualTo(created.json());
    assertThat(admin.delete(path).status()).isEqualTo(204);
    Answer bad =
        admin.post(
            "/api/silences",
            json("{'matchers':[{'name':'tag','op':'=~','value':'('}],'endsAt':'x'}"));
    assertProblem(bad, 400);
    assertThat(bad.body()).contains("matchers[0].value").contains("endsAt");
  }

  @Test
  void a_monitor_shows_that_nobody_is_told_of_it() {
    Monitors monitors = new Monitors(admin);
    monitors.add(
        json(
            "{'id':'hushed','name':'Hushed','enabled':false,"
                + "'target':{'type':'tcp','host':'127.0.0.1','port':1}}"));
    Answer silence =
        admin.post(
            "/api/silences",
            json(
                "{'matchers':[{'name':'monitor','op':'=','value':'hushed'}],"
                    + "'endsAt':'2099-01-01T00:00:00Z','comment':'x'}"));
    assertThat(silence.status()).as(silence.body()).isEqualTo(201);
    awaitMuted(monitors, "\"silence\"");
    String window = "{'id':'hush','name':'Hush','match':{'monitor':['hushed']},'startsAt':";
    assertThat(
            admin
                .post(
                    "/api/maintenance-windows",
                    json(
                        window
                            + ("'" + Instant.now().minusSeconds(3_600) + "'")
                            + ",'duration':'2h','timezone':'UTC'}"))
                .status())
        .isEqualTo(201);
    awaitMuted(monitors, "\"maintenance\"");
    admin.delete("/api/maintenance-windows/hush");
    admin.delete("/api/silences/" + silence.json().getString("id"));
    awaitMuted(monitors, "null");
    monitors.remove("hushed");
  }

  private static void awaitMuted(Monitors monitors, String by) {
    Await.until(
        "muted is " + by,
        Duration.ofSeconds(20),
        () -> monitors.get("hushed").getJsonObject("state").get("muted").toString().equals(by));
  }

  @Test
  void a_window_names_the_part_of_a_rule_that_it_does_not_understand() {
    String window =
        "{'name':'Patch day','startsAt':'2026-11-24T22:00:00Z','duration':'2h',"
            + "'timezone':'Europe/Berlin','recurrence':'";
    Answer created =
        admin.post("/api/maintenance-windows", json(window + "FREQ=MONTHLY;BYDAY=2TU'}"));
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    assertThat(created.json().getString("id")).isEqualTo("patch-day");
    assertThat(admin.delete("/api/maintenance-windows/patch-day").status()).isEqualTo(204);
    Answer bad = admin.post("/api/maintenance-windows", json(window + "FREQ=DAILY;BYHOUR=3'}"));
    assertProblem(bad, 400);
    assertThat(bad.body()).contains("recurrence").contains("BYHOUR");
  }
}
