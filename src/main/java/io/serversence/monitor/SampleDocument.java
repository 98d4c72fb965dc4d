package io.serversence.monitor;

import io.serversence.document.Json;
import io.serversence.document.Times;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Map;

/** The written form of a sample and its evidence (API.md, Samples and history). */
public final class SampleDocument {
  private SampleDocument() {}

  public static JsonObject write(Sample sample) {
    JsonArrayBuilder conditions = Json.array();
    for (ConditionResult result : sample.conditions()) {
      conditions.add(
          Json.object()
              .add("condition", result.condition())
              .add("shown", result.shown())
              .add("ok", result.ok()));
    }
    return Json.object()
        .add("at", Times.format(sample.at()))
        .add("outcome", sample.outcome().name())
        .add("latencyMs", micros(sample.latency()))
        .add("phases", write(sample.phases()))
        .add("message", Json.string(sample.message()))
        .add("conditions", conditions)
        .build();
  }

  public static JsonObject write(Phases phases) {
    return Json.object()
        .add("resolveMs", micros(phases.resolve()))
        .add("connectMs", micros(phases.connect()))
        .add("tlsMs", micros(phases.tls()))
        .add("processingMs", micros(phases.processing()))
        .add("transferMs", micros(phases.transfer()))
        .build();
  }

  /**
   * Writes evidence.
   *
   * @param full with headers and body, as operators see it
   */
  public static JsonObject write(Evidence evidence, Phases phases, boolean full) {
    JsonObjectBuilder document =
        Json.object()
            .add("request", Json.string(evidence.request()))
            .add("response", Json.string(evidence.response()));
    if (full) {
      document
          .add("requestHeaders", Json.object(headers(evidence.requestHeaders())))
          .add("responseHeaders", Json.object(headers(evidence.responseHeaders())))
          .add("bodyExcerpt", Json.string(evidence.bodyExcerpt()));
    }
    return document
        .add("addresses", Json.strings(evidence.addresses()))
        .add("certificate", certificate(evidence))
        .add("phases", write(phases))
        .build();
  }

  private static JsonObject headers(Map<String, String> headers) {
    JsonObjectBuilder document = Json.object();
    headers.forEach(document::add);
    return document.build();
  }

  private static JsonValue certificate(Evidence evidence) {
    Evidence.Certificate c = evidence.certificate();
    return c == null
        ? JsonValue.NULL
        : Json.object()
            .add("subject", c.subject())
            .add("issuer", c.issuer())
            .add("notBefore", Times.format(c.notBefore()))
            .add("notAfter", Times.format(c.notAfter()))
            .add("names", Json.strings(c.names()))
            .build();
  }

  private static JsonValue micros(long micros) {
    return micros < 0 ? JsonValue.NULL : Json.millis(micros / 1000.0);
  }
}
