package io.serversence.alert;

import io.serversence.document.Json;
import io.serversence.incident.Incident;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Opsgenie's Alert API: one alert for each incident, whose id is the alias. A message has at most
 * 130 characters there, a description 15,000.
 */
final class OpsgenieRequests {
  static final int MOST = 50;

  private static final int MESSAGE = 130;

  private OpsgenieRequests() {}

  static List<Request> of(ChannelSettings.Opsgenie settings, Message message, Vendors vendors) {
    URI base =
        settings.region() == ChannelSettings.Opsgenie.Region.EU
            ? vendors.opsgenieEu()
            : vendors.opsgenie();
    Map<String, String> headers = Map.of("Authorization", "GenieKey " + settings.apiKey());
    List<Request> requests = new ArrayList<>();
    if (message.incidents().isEmpty()) { // a test, which must not leave an alert behind
      String alias = message.id().toString();
      JsonObject alert =
          alert(alias, Wording.title(message), "P5").add("source", "ServerSence").build();
      requests.add(new Request(base.resolve("/v2/alerts"), headers, alert.toString()));
      requests.add(act(base, headers, alias, "close"));
    }
    message.incidents().stream()
        .sorted(Comparator.comparing(Incident::id))
        .limit(MOST)
        .forEach(incident -> requests.add(one(base, headers, message, incident)));
    return requests;
  }

  private static Request one(
      URI base, Map<String, String> headers, Message message, Incident incident) {
    String alias = incident.id().toString();
    return switch (message.event()) {
      case RESOLVED -> act(base, headers, alias, "close");
      case ACKNOWLEDGED -> act(base, headers, alias, "acknowledge");
      case OPENED, REMINDER, ESCALATED, FLAPPING, FLAPPING_ENDED, TEST ->
          new Request(base.resolve("/v2/alerts"), headers, create(message, incident).toString());
    };
  }

  private static Request act(URI base, Map<String, String> headers, String alias, String verb) {
    JsonObject body = Json.object().add("source", "ServerSence").build();
    URI url = base.resolve("/v2/alerts/" + alias + "/" + verb + "?identifierType=alias");
    return new Request(url, headers, body.toString());
  }

  private static JsonObject create(Message message, Incident incident) {
    String priority =
        switch (incident.severity()) {
          case CRITICAL -> "P1";
          case WARNING -> "P3";
          case INFO -> "P5";
        };
    String title = "DOWN: " + Wording.name(message, incident);
    return alert(incident.id().toString(), title, priority)
        .add("description", Wording.detail(message, incident) + "\n" + message.link())
        .add("entity", incident.monitor())
        .add("source", "ServerSence")
        .build();
  }

  private static JsonObjectBuilder alert(String alias, String title, String priority) {
    return Json.object()
        .add("message", Wording.cut(title, MESSAGE))
        .add("alias", alias)
        .add("priority", priority);
  }
}
