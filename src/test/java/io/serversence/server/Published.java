package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What the event stream has told, to be held against what is kept. Safe for use by two threads. */
final class Published implements Consumer<EventReader.Event> {
  private final Map<String, JsonObject> incidents = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> samples = new ConcurrentHashMap<>();
  private final List<JsonObject> states = new CopyOnWriteArrayList<>();

  @Override
  public void accept(EventReader.Event event) {
    switch (event.name()) {
      case "incident" -> {
        JsonObject incident = event.json().getJsonObject("incident");
        incidents.put(incident.getString("id"), incident);
      }
      case "samples" ->
          event
              .json()
              .getJsonArray("samples")
              .getValuesAs(JsonObject.class)
              .forEach(
                  s ->
                      samples
                          .computeIfAbsent(
                              s.getString("monitor"), m -> ConcurrentHashMap.newKeySet())
                          .add(s.getString("at")));
      case "state" -> states.add(event.json());
      default -> {} // of no interest here
    }
  }

  /** The changes of state so far. */
  List<JsonObject> states() {
    return List.copyOf(states);
  }

  /** The incidents of a monitor as they were last told, in any order. */
  List<JsonObject> incidents(String monitor) {
    return incidents.values().stream().filter(i -> i.getString("monitor").equals(monitor)).toList();
  }

  int incidents() {
    return incidents.size();
  }

  int samples() {
    return samples.values().stream().mapToInt(Set::size).sum();
  }

  /** Fails if anything that was told cannot be read over REST. */
  void assertKept(Api api) {
    incidents.forEach(
        (id, told) -> {
          Answer kept = api.get("/api/incidents/" + id);
          assertThat(kept.status()).as(told + kept.body()).isEqualTo(200);
          if (told.getString("state").equals("resolved")) {
            assertThat(kept.json().getString("state")).as(id).isEqualTo("resolved");
            assertThat(kept.json().getString("endedAt")).isEqualTo(told.getString("endedAt"));
          }
          assertThat(kept.json().getString("startedAt")).isEqualTo(told.getString("startedAt"));
        });
    samples.forEach(
        (monitor, times) -> {
          Set<String> told = Set.copyOf(times); // first: more are told while the history is read
          assertThat(kept(api, monitor)).as("samples of " + monitor).containsAll(told);
        });
  }

  private static Set<String> kept(Api api, String monitor) {
    Set<String> times = new HashSet<>();
    String cursor = "";
    while (cursor != null) {
      Answer answer = api.get("/api/monitors/" + monitor + "/samples?limit=500" + cursor);
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      JsonObject page = answer.json();
      page.getJsonArray("items").getValuesAs(JsonObject.class).stream()
          .map(s -> s.getString("at"))
          .forEach(times::add);
      cursor = page.get("next") == JsonValue.NULL ? null : "&cursor=" + page.getString("next");
    }
    return times;
  }
}
