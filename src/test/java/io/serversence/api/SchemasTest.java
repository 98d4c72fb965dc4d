package io.serversence.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serversence.document.FieldError;
import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import io.serversence.incident.Confirming;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentDocument;
import io.serversence.incident.IncidentState;
import io.serversence.incident.TimelineEntry;
import io.serversence.monitor.ConditionResult;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.ConfiguredMonitorDocument;
import io.serversence.monitor.Evidence;
import io.serversence.monitor.MonitorDocument;
import io.serversence.monitor.MonitorState;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import io.serversence.monitor.SampleDocument;
import io.serversence.monitor.Severity;
import io.serversence.probe.ProbeResult;
import io.serversence.stream.BoardDocument;
import io.serversence.stream.BoardEntry;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas of the OpenAPI document, held against what the code writes and takes. */
class SchemasTest {
  private static final Instant AT = Instant.parse("2026-11-22T10:15:30.123Z");
  private static final UUID ID = UUID.fromString("01932b6e-6e7b-7000-8000-000000000001");
  private static final String HTTP =
      "{'type':'http','url':'http://a','headers':{'Cookie':'c','A':'b'},'body':'x'";
  private static final List<String> TARGETS =
      List.of(
          "{'type':'http','url':'http://a'}",
          HTTP + ",'auth':{'basic':{'username':'u','password':'p'}}}",
          HTTP + ",'auth':{'bearer':'t'}}",
          "{'type':'tcp','host':'a','port':1}",
          "{'type':'tcp','host':'a','port':1,'send':'x','expect':'y'}",
          "{'type':'tls','host':'a','port':1}",
          "{'type':'tls','host':'a','port':1,'serverName':'b'}",
          "{'type':'sse','url':'http://a','headers':{'A':'b'}}",
          "{'type':'heartbeat','grace':'5m'}");

  private final Schemas schemas = new Schemas(OpenApiResource.schemas().getJsonObject("schemas"));

  private static JsonObject json(String singleQuoted) {
    return Json.parse(singleQuoted.replace('\'', '"')).asJsonObject();
  }

  private static ConfiguredMonitor configured(String target) {
    JsonObject document =
        json(
            "{'id':'x','name':'X','group':'g','tags':['t'],'degradedWhen':['[STATUS] > 1'],"
                + "'dependsOn':['y'],'target':"
                + target
                + "}");
    return new ConfiguredMonitor(7, MonitorDocument.read(document, null), 3, true, AT, AT);
  }

  private static Sample sample() {
    return new Sample(
        AT,
        Outcome.DOWN,
        1_500,
        new Phases(1, 2, 3, 4, 5),
        "no",
        List.of(new ConditionResult("[STATUS] == 1", "[STATUS] (2) == 1", false)));
  }

  private static Sample least() {
    return new Sample(AT, Outcome.UP, 0, Phases.UNREACHED, null, List.of());
  }

  private static Evidence evidence() {
    return new Evidence(
        "GET http://a",
        Map.of("A", "b"),
        "HTTP/1.1 500",
        Map.of("C", "d"),
        "body",
        List.of("10.0.0.1"),
        new Evidence.Certificate("CN=a", "CN=b", AT, AT, List.of("a")));
  }

  private static Incident incident(boolean over) {
    return new Incident(
        ID,
        7,
        "x",
        Severity.CRITICAL,
        over ? IncidentState.RESOLVED : IncidentState.OPEN,
        AT,
        AT,
        over ? AT : null,
        over ? "admin" : null,
        over ? AT : null,
        over ? AT : null,
        over ? AT : null,
        "no answer",
        over ? evidence() : Evidence.NONE,
        Phases.UNREACHED,
        over ? List.of("y") : List.of());
  }

  private static Stream<BoardEntry> entries() {
    return TARGETS.stream()
        .map(SchemasTest::configured)
        .flatMap(
            monitor ->
                Stream.of(
                    new BoardEntry(monitor, MonitorState.PENDING, AT, null, null, null, null),
                    new BoardEntry(
                        monitor,
                        MonitorState.DOWN,
                        AT,
                        sample(),
                        new Confirming(Outcome.UP, 1, 2),
                        "silence",
                        incident(true)),
                    new BoardEntry(
                        monitor, MonitorState.UP, AT, least(), null, "maintenance", null)));
  }

  private void assertWritten(String schema, Stream<? extends JsonValue> documents) {
    documents.forEach(
        document -> assertThat(schemas.faults(schema, document)).as(document.toString()).isEmpty());
    assertThat(schemas.unseen(schema)).as("never written").isEmpty();
  }

  @Test
  void a_monitor_is_written_as_its_schema_says() {
    Stream<JsonObject> operators =
        entries()
            .map(
                entry ->
                    ConfiguredMonitorDocument.write(entry.monitor())
                        .add("state", BoardDocument.state(entry))
                        .build());
    JsonObject beat = ConfiguredMonitorDocument.write(configured("{'type':'heartbeat'}")).build();
    JsonObject withUrl =
        Json.object(beat)
            .add("target", Json.object(beat.getJsonObject("target")).add("url", "http://s/api/x"))
            .build();
    assertWritten("Monitor", Stream.concat(operators, Stream.of(withUrl)));
  }

  @Test
  void a_row_of_the_board_is_written_as_its_schema_says() {
    assertWritten("BoardRow", entries().map(BoardDocument::row));
  }

  @Test
  void a_sample_is_written_as_its_schema_says() {
    assertWritten("Sample", Stream.of(sample(), least()).map(SampleDocument::write));
  }

  @Test
  void the_result_of_a_probe_is_written_as_its_schema_says() {
    assertWritten(
        "ProbeResult",
        Stream.of(new ProbeResult(sample(), evidence()), new ProbeResult(least(), Evidence.NONE))
            .map(MonitorView::result));
  }

  @Test
  void an_incident_is_written_as_its_schema_says() {
    assertWritten(
        "Incident",
        Stream.of(incident(true), incident(false)).map(i -> IncidentDocument.write(i, AT).build()));
  }

  @Test
  void an_incident_with_all_that_is_known_is_written_as_its_schema_says() {
    JsonObject entry =
        IncidentDocument.write(new TimelineEntry(ID, ID, AT, "comment", "admin", "text"));
    JsonObject own = IncidentDocument.write(new TimelineEntry(ID, ID, AT, "opened", null, null));
    Stream<JsonObject> details =
        Stream.of(true, false)
            .map(
                full ->
                    IncidentDocument.write(incident(full), AT)
                        .add(
                            "evidence",
                            SampleDocument.write(incident(full).evidence(), Phases.UNREACHED, full))
                        .add("timeline", Json.array().add(entry).add(own))
                        .build());
    assertWritten("IncidentDetail", details);
    assertThat(schemas.faults("TimelineEntry", entry)).isEmpty();
  }

  @Test
  void a_problem_is_written_as_its_schema_says() {
    assertWritten(
        "Problem",
        Stream.of(
            Problem.document(400, "no", List.of(new FieldError("a", "b"))),
            Problem.document(404, "no", List.of())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Monitor", "HttpTarget", "TcpTarget", "TlsTarget", "SseTarget", "HeartbeatTarget"})
  void what_a_schema_forbids_is_refused_with_its_field(String name) {
    JsonObject schema = schemas.schema(name);
    schema
        .getJsonObject("properties")
        .forEach(
            (field, inner) -> {
              JsonObject rules = inner.asJsonObject();
              if (!rules.getBoolean("readOnly", false) && !rules.containsKey("const")) {
                forbidden(rules).forEach(value -> assertRefused(name, field, value));
              }
            });
    assertRefused(name, "unheardOf", Json.string("x"));
  }

  @ParameterizedTest
  @MethodSource
  void what_a_schema_allows_at_most_is_accepted(String name, String target) {
    JsonObject document = json(target);
    for (Map.Entry<String, JsonValue> property :
        schemas.schema(name).getJsonObject("properties").entrySet()) {
      JsonObject rules = property.getValue().asJsonObject();
      if (rules.containsKey("maximum")) {
        document = Json.object(document).add(property.getKey(), rules.get("maximum")).build();
      } else if (rules.containsKey("maxLength") && !rules.containsKey("pattern")) {
        String longest = "a".repeat(rules.getInt("maxLength"));
        boolean url = property.getKey().equals("url");
        String value = url ? ("http://a/" + longest).substring(0, longest.length()) : longest;
        document = Json.object(document).add(property.getKey(), value).build();
      }
    }
    assertThat(errors(name, document)).isEmpty();
  }

  static Stream<Arguments> what_a_schema_allows_at_most_is_accepted() {
    return Stream.of(
        Arguments.of("Monitor", "{'id':'x','name':'X','target':" + TARGETS.get(0) + "}"),
        Arguments.of("HttpTarget", TARGETS.get(0)),
        Arguments.of("TcpTarget", TARGETS.get(3)),
        Arguments.of("TlsTarget", TARGETS.get(5)),
        Arguments.of("SseTarget", TARGETS.get(7)),
        Arguments.of("HeartbeatTarget", TARGETS.get(8)));
  }

  /** Values just beyond what the rules allow. */
  private static Stream<JsonValue> forbidden(JsonObject rules) {
    Stream.Builder<JsonValue> values = Stream.builder();
    if (rules.containsKey("minimum")) {
      values.add(Json.number(rules.getInt("minimum") - 1L));
      values.add(Json.number(rules.getInt("maximum") + 1L));
    }
    if (rules.containsKey("maxLength")) {
      values.add(Json.string("a".repeat(rules.getInt("maxLength") + 1)));
    }
    if (rules.containsKey("pattern") || rules.containsKey("enum")) {
      values.add(Json.string("Not This!"));
    }
    if (rules.containsKey("maxItems")) {
      values.add(Json.strings(Collections.nCopies(rules.getInt("maxItems") + 1, "a")));
    }
    boolean text = !rules.containsKey("type") || !rules.get("type").toString().contains("string");
    values.add(text ? Json.string("a") : JsonValue.TRUE);
    return values.build();
  }

  private static void assertRefused(String schema, String field, JsonValue value) {
    String target =
        switch (schema) {
          case "TcpTarget" -> TARGETS.get(3);
          case "TlsTarget" -> TARGETS.get(5);
          case "SseTarget" -> TARGETS.get(7);
          case "HeartbeatTarget" -> TARGETS.get(8);
          default -> TARGETS.get(0);
        };
    boolean whole = schema.equals("Monitor");
    JsonObject start = json(whole ? "{'id':'x','name':'X','target':" + target + "}" : target);
    assertThat(errors(schema, Json.object(start).add(field, value).build()))
        .as(schema + "." + field + " = " + cut(value))
        .isNotEmpty()
        .allMatch(error -> error.field().startsWith(whole ? field : "target." + field));
  }

  private static List<FieldError> errors(String schema, JsonObject document) {
    JsonObject monitor =
        schema.equals("Monitor")
            ? document
            : Json.object(json("{'id':'x','name':'X'}")).add("target", document).build();
    InvalidDocument thrown =
        catchThrowableOfType(InvalidDocument.class, () -> MonitorDocument.read(monitor, null));
    return thrown == null ? List.of() : thrown.errors();
  }

  private static String cut(JsonValue value) {
    String text = value instanceof JsonString string ? string.getString() : value.toString();
    return text.length() > 50 ? text.substring(0, 50) + "\u2026" : text;
  }

  @Test
  void the_validator_itself_finds_faults() {
    JsonObject good = SampleDocument.write(sample());
    JsonArray none = Json.array().build();
    assertThat(schemas.faults("Sample", Json.object(good).remove("at").build())).hasSize(1);
    assertThat(schemas.faults("Sample", Json.object(good).add("x", 1).build())).hasSize(1);
    assertThat(schemas.faults("Sample", Json.object(good).add("outcome", "up").build())).hasSize(1);
    assertThat(schemas.faults("Sample", Json.object(good).add("phases", none).build())).hasSize(1);
    assertThat(schemas.faults("Sample", none)).hasSize(1);
  }
}
