package io.serversence.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.document.FieldError;
import io.serversence.document.Refused;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written for others to read: problems and metrics. */
class WrittenTest {
  @Test
  void a_problem_has_the_members_of_rfc_9457() {
    JsonObject problem =
        Problem.document(400, "name: is required", List.of(new FieldError("name", "is required")));
    assertThat(problem)
        .hasToString(
            "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                + "\"detail\":\"name: is required\","
                + "\"errors\":[{\"field\":\"name\",\"message\":\"is required\"}]}");
    assertThat(Problem.document(404, "gone", List.of())).doesNotContainKey("errors");
    assertThat(Problem.document(499, "?", List.of()).getString("title")).isEqualTo("Error 499");
  }

  @Test
  void a_problem_does_not_repeat_at_length_what_was_sent() {
    String long_ = "x".repeat(1 << 20);
    JsonObject problem = Problem.document(400, long_, List.of(new FieldError(long_, long_)));
    assertThat(problem.toString()).hasSizeLessThan(4_000);
  }

  @ParameterizedTest
  @EnumSource(Refused.Reason.class)
  void a_refusal_is_a_problem_with_its_status(Refused.Reason reason) {
    try (var response = Problem.of(new Refused(reason, "no"))) {
      assertThat(response.getStatus()).isEqualTo(reason.status()).isBetween(400, 503);
      assertThat(response.getMediaType()).hasToString("application/problem+json");
      assertThat(response.getEntity()).isInstanceOf(byte[].class);
    }
  }

  @Test
  void metrics_are_grouped_by_name() {
    PrometheusText text = new PrometheusText();
    text.counter("a_total", "What a is.", 1, "k", "v");
    text.gauge("b", "What b is.", 0.5);
    text.counter("a_total", "What a is.", 2, "k", "w", "l", "x");
    assertThat(text)
        .hasToString(
            """
            # HELP a_total What a is.
            # TYPE a_total counter
            a_total{k="v"} 1
            a_total{k="w",l="x"} 2
            # HELP b What b is.
            # TYPE b gauge
            b 0.5
            """);
  }

  @Test
  void a_histogram_is_cumulated() {
    PrometheusText text = new PrometheusText();
    text.histogram("h", "h", new double[] {0.1, 1}, new long[] {3, 2, 1}, 4.5, "m", "x");
    assertThat(text)
        .hasToString(
            """
            # HELP h h
            # TYPE h histogram
            h_bucket{m="x",le="0.1"} 3
            h_bucket{m="x",le="1"} 5
            h_bucket{m="x",le="+Inf"} 6
            h_sum{m="x"} 4.5
            h_count{m="x"} 6
            """);
  }

  @Test
  void what_would_break_the_format_is_escaped() {
    PrometheusText text = new PrometheusText();
    text.gauge("g", "two\nlines \\", Double.NaN, "k", "a\"b\\c\nd");
    text.gauge("g", "two\nlines \\", Double.NEGATIVE_INFINITY);
    text.gauge("g", "two\nlines \\", -0.0);
    text.gauge("g", "two\nlines \\", 1e18);
    assertThat(text)
        .hasToString(
            """
            # HELP g two\\nlines \\\\
            # TYPE g gauge
            g{k="a\\"b\\\\c\\nd"} NaN
            g -Inf
            g 0
            g 1.0E18
            """);
  }
}
