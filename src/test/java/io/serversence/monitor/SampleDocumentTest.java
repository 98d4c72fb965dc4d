package io.serversence.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleDocumentTest {
  private static final Instant AT = Instant.parse("2026-11-22T10:15:30.123456Z");

  @Test
  void a_sample_has_the_fields_of_the_contract() {
    Sample sample =
        new Sample(
            AT,
            Outcome.DOWN,
            12_345,
            new Phases(1_000, 0, Phases.NONE, 1_500_400, 7),
            "connection refused",
            List.of(new ConditionResult("[STATUS] == 200", "[STATUS] (500) == 200", false)));
    assertThat(SampleDocument.write(sample))
        .hasToString(
            "{\"at\":\"2026-11-22T10:15:30.123Z\",\"outcome\":\"DOWN\",\"latencyMs\":12.345,"
                + "\"phases\":{\"resolveMs\":1.0,\"connectMs\":0.0,\"tlsMs\":null,"
                + "\"processingMs\":1500.4,\"transferMs\":0.007},"
                + "\"message\":\"connection refused\",\"conditions\":["
                + "{\"condition\":\"[STATUS] == 200\",\"shown\":\"[STATUS] (500) == 200\","
                + "\"ok\":false}]}");
  }

  @Test
  void what_there_is_not_is_null() {
    JsonObject written =
        SampleDocument.write(new Sample(AT, Outcome.UP, 0, Phases.UNREACHED, null, List.of()));
    assertThat(written.get("message")).isEqualTo(JsonValue.NULL);
    assertThat(written.getJsonObject("phases").values()).hasSize(5).containsOnly(JsonValue.NULL);
    assertThat(written.getJsonArray("conditions")).isEmpty();
  }

  @Test
  void only_operators_see_headers_and_body_of_evidence() {
    Evidence evidence =
        new Evidence(
            "GET http://a",
            Map.of("Accept", "*/*"),
            "HTTP/1.1 500",
            Map.of("Server", "x"),
            "oops",
            List.of("10.0.0.1"),
            new Evidence.Certificate("CN=a", "CN=ca", AT, AT.plusSeconds(60), List.of("a", "b")));
    JsonObject full = SampleDocument.write(evidence, Phases.UNREACHED, true);
    assertThat(full.getJsonObject("requestHeaders").getString("Accept")).isEqualTo("*/*");
    assertThat(full.getJsonObject("responseHeaders").getString("Server")).isEqualTo("x");
    assertThat(full.getString("bodyExcerpt")).isEqualTo("oops");
    assertThat(full.getJsonObject("certificate").getString("notAfter"))
        .isEqualTo("2026-11-22T10:16:30.123Z");
    JsonObject less = SampleDocument.write(evidence, Phases.UNREACHED, false);
    assertThat(less.keySet())
        .containsExactlyInAnyOrder("request", "response", "addresses", "certificate", "phases");
  }

  @Test
  void nothing_learned_is_written_as_nulls() {
    JsonObject written = SampleDocument.write(Evidence.NONE, Phases.UNREACHED, true);
    assertThat(written.get("request")).isEqualTo(JsonValue.NULL);
    assertThat(written.get("bodyExcerpt")).isEqualTo(JsonValue.NULL);
    assertThat(written.get("certificate")).isEqualTo(JsonValue.NULL);
    assertThat(written.getJsonArray("addresses")).isEmpty();
  }
}
