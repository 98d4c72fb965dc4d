package io.serversence.history;

import io.serversence.document.Json;
import io.serversence.document.Times;
import io.serversence.incident.Incident;
import io.serversence.monitor.Evidence;
import io.serversence.monitor.Phases;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is kept of an incident and never asked for in a query. */
record IncidentDetail(Evidence evidence, Phases phases, List<String> suppressed) {
  static String write(Incident incident) {
    return document(incident.evidence(), incident.phases(), incident.suppressed()).toString();
  }

  static JsonObject document(Evidence evidence, Phases phases, List<String> suppressed) {
    JsonObjectBuilder document =
        Json.object()
            .add("request", Json.string(evidence.request()))
            .add("requestHeaders", headers(evidence.requestHeaders()))
            .add("response", Json.string(evidence.response()))
            .add("responseHeaders", headers(evidence.responseHeaders()))
            .add("bodyExcerpt", Json.string(evidence.bodyExcerpt()))
            .add("addresses", Json.strings(evidence.addresses()))
            .add(
                "phases",
                Json.array()
                    .add(phases.resolve())
                    .add(phases.connect())
                    .add(phases.tls())
                    .add(phases.processing())
                    .add(phases.transfer()))
            .add("suppressed", Json.strings(suppressed));
    Evidence.Certificate certificate = evidence.certificate();
    if (certificate != null) {
      document.add(
          "certificate",
          Json.object()
              .add("subject", certificate.subject())
              .add("issuer", certificate.issuer())
              .add("notBefore", Times.format(certificate.notBefore()))
              .add("notAfter", Times.format(certificate.notAfter()))
              .add("names", Json.strings(certificate.names())));
    }
    return document.build();
  }

  static IncidentDetail read(String text) {
    return read(Json.parseObject(text.getBytes(StandardCharsets.UTF_8)));
  }

  static IncidentDetail read(JsonObject document) {
    var phases = document.getJsonArray("phases");
    return new IncidentDetail(
        new Evidence(
            text(document, "request"),
            headers(document.getJsonObject("requestHeaders")),
            text(document, "response"),
            headers(document.getJsonObject("responseHeaders")),
            text(document, "bodyExcerpt"),
            strings(document, "addresses"),
            certificate(document.getJsonObject("certificate"))),
        new Phases(
            phases.getJsonNumber(0).longValue(),
            phases.getJsonNumber(1).longValue(),
            phases.getJsonNumber(2).longValue(),
            phases.getJsonNumber(3).longValue(),
            phases.getJsonNumber(4).longValue()),
        strings(document, "suppressed"));
  }

  private static Evidence.@Nullable Certificate certificate(@Nullable JsonObject document) {
    return document == null
        ? null
        : new Evidence.Certificate(
            document.getString("subject"),
            document.getString("issuer"),
            Instant.parse(document.getString("notBefore")),
            Instant.parse(document.getString("notAfter")),
            strings(document, "names"));
  }

  private static @Nullable String text(JsonObject document, String name) {
    return document.get(name) instanceof JsonString string ? string.getString() : null;
  }

  private static List<String> strings(JsonObject document, String name) {
    return document.getJsonArray(name).getValuesAs(JsonString::getString);
  }

  private static JsonObjectBuilder headers(Map<String, String> headers) {
    JsonObjectBuilder document = Json.object();
    headers.forEach(document::add);
    return document;
  }

  private static Map<String, String> headers(JsonObject document) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonValue> entry : document.entrySet()) {
      headers.put(entry.getKey(), ((JsonString) entry.getValue()).getString());
    }
    return headers;
  }
}
