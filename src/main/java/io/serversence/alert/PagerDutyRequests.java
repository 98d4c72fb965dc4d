package io.serversence.alert;

import io.serversence.document.Json;
import io.serversence.document.Times;
import io.serversence.incident.Incident;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * PagerDuty's Events API v2: one event for each incident, whose id is the dedup_key, so that a
 * repeat changes nothing and the same incident is resolved later. Beyond {@link #MOST} incidents
 * the rest is left out, since they would not arrive in time.
 */
final class PagerDutyRequests {
  static final int MOST = 50;

  private static final int SUMMARY = 1_024;

  private PagerDutyRequests() {}

  static List<Request> of(ChannelSettings.PagerDuty settings, Message message, Vendors vendors) {
    URI url = vendors.pagerDuty().resolve("/v2/enqueue");
    List<Request> requests = new ArrayList<>();
    if (message.incidents().isEmpty()) { // a test, which must not leave an incident behind
      String key = message.id().toString();
      requests.add(
          Request.of(
              url,
              event(settings, "trigger", key)
                  .add("payload", payload(Wording.title(message), "ServerSence", "info").build())
                  .build()));
      requests.add(Request.of(url, event(settings, "resolve", key).build()));
    }
    message.incidents().stream()
        .sorted(Comparator.comparing(Incident::id))
        .limit(MOST)
        .forEach(i -> requests.add(Request.of(url, event(settings, message, i))));
    return requests;
  }

  private static JsonObject event(
      ChannelSettings.PagerDuty settings, Message message, Incident incident) {
    String action =
        switch (message.event()) {
          case RESOLVED -> "resolve";
          case ACKNOWLEDGED -> "acknowledge";
          case OPENED, REMINDER, ESCALATED, FLAPPING, FLAPPING_ENDED, TEST -> "trigger";
        };
    JsonObjectBuilder event = event(settings, action, incident.id().toString());
    if (action.equals("trigger")) {
      String summary = Wording.name(message, incident) + ": " + Wording.oneLine(incident.cause());
      JsonObjectBuilder payload = payload(summary, incident.monitor(), severity(incident));
      payload.add("timestamp", Times.format(incident.startedAt()));
      payload.add("custom_details", Json.object().add("detail", Wording.detail(message, incident)));
      event.add("payload", payload);
    }
    return event.build();
  }

  private static JsonObjectBuilder event(
      ChannelSettings.PagerDuty settings, String action, String key) {
    return Json.object()
        .add("routing_key", settings.routingKey())
        .add("event_action", action)
        .add("dedup_key", key)
        .add("client", "ServerSence");
  }

  private static JsonObjectBuilder payload(String summary, String source, String severity) {
    return Json.object()
        .add("summary", Wording.cut(summary, SUMMARY))
        .add("source", source)
        .add("severity", severity);
  }

  private static String severity(Incident incident) {
    return incident.severity().word(); // the same words
  }
}
