package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.alert.SlowReceiver;
import io.serversence.document.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The server is killed while it tells slow webhooks of ten changes a second, and loses none. */
class AlertCrashIT {
  private static final int MONITORS = 20;
  private static final int KILLS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(100);

  /** Beats of the same kind in a row, lest a monitor flaps. */
  private static final int BEATS = 3;

  private final Random dice = new Random(7);
  private final Map<String, String> addresses = new HashMap<>();
  private final boolean[] down = new boolean[MONITORS];
  private int next;

  @Test
  void kills_lose_nothing_and_repeat_only_what_was_under_way() throws IOException {
    try (SlowReceiver receiver = new SlowReceiver();
        Server server = ServerPlan.named("alert-crash").started()) {
      Monitors monitors = new Monitors(server.admin());
      for (int i = 0; i < MONITORS; i++) {
        prepare(server, monitors, "m" + i, receiver);
      }
      for (int kill = 0; kill < KILLS; kill++) {
        change(server, Duration.ofMillis(1_000 + dice.nextInt(1_500)));
        server.kill();
        Await.elapsed(Duration.ofMillis(300)); // what is on its way is the killed one's
        receiver.nextRun();
        server.start();
      }
      change(server, Duration.ofSeconds(1));
      for (int i = 0; i < MONITORS; i++) {
        beat(server, "m" + i, false);
        monitors.awaitState("m" + i, "UP");
      }
      Await.until(
          "all is told",
          PATIENCE,
          () -> monitors.items("/api/notifications?state=pending,failed").isEmpty());

      List<JsonObject> incidents = monitors.items("/api/incidents?limit=500");
      assertOneAtATime(incidents);
      Map<String, String> channels = new HashMap<>();
      incidents.forEach(i -> channels.put(i.getString("id"), i.getString("monitor")));
      receiver.assertAllTold(channels);
      assertThat(receiver.assertFewRepeats()).isLessThanOrEqualTo(KILLS * MONITORS);
      assertThat(server.log().faults()).isEmpty();
    }
  }

  private void prepare(Server server, Monitors monitors, String id, SlowReceiver receiver) {
    Api admin = server.admin();
    JsonObject channel =
        Json.object()
            .add("id", id)
            .add("name", id)
            .add("type", "webhook")
            .add("url", receiver.url(id))
            .build();
    assertThat(admin.post("/api/channels", channel).status()).isEqualTo(201);
    JsonObject route =
        Json.object()
            .add("id", id)
            .add("name", id)
            .add("match", Json.object().add("monitor", Json.array().add(id)))
            .add("channels", Json.array().add(id))
            .build();
    assertThat(admin.post("/api/routes", route).status()).isEqualTo(201);
    String url =
        monitors.add(Wanted.heartbeat(id, "1h").build()).getJsonObject("target").getString("url");
    addresses.put(id, url.substring(server.base().toString().length() - 1));
  }

  private void change(Server server, Duration time) {
    long begin = System.nanoTime();
    for (long steps = 1; System.nanoTime() - begin < time.toNanos(); steps++) {
      int i = next++ % MONITORS;
      down[i] = !down[i];
      beat(server, "m" + i, down[i]);
      long due = begin + steps * STEP.toNanos();
      Await.until("its time", STEP.multipliedBy(100), () -> System.nanoTime() - due >= 0);
    }
  }

  private void beat(Server server, String id, boolean fails) {
    for (int i = 0; i < BEATS; i++) {
      String path = addresses.get(id) + (fails ? "/fail" : "");
      assertThat(server.anyone().bare("POST", path).status()).isEqualTo(200);
    }
  }

  private static void assertOneAtATime(List<JsonObject> incidents) {
    assertThat(incidents).hasSizeBetween(MONITORS, 499);
    List<JsonObject> ordered = new ArrayList<>(incidents);
    ordered.sort(Comparator.comparing(i -> i.getString("openedAt")));
    Map<String, Instant> over = new HashMap<>();
    for (JsonObject incident : ordered) {
      assertThat(incident.getString("state")).isEqualTo("resolved");
      Instant before =
          over.put(incident.getString("monitor"), Instant.parse(incident.getString("resolvedAt")));
      if (before != null) {
        assertThat(Instant.parse(incident.getString("openedAt"))).isAfterOrEqualTo(before);
      }
    }
  }
}
