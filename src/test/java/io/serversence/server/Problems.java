package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.regex.Pattern;

/** What every answer that is an error must be: RFC 9457, and silent about our insides. */
final class Problems {
  private static final String TYPE = "application/problem+json";
  private static final Pattern INSIDES =
      Pattern.compile("java\\.|jakarta\\.|javax\\.|org\\.|\\bat io\\.|Exception|\\n\\s*at ");

  private Problems() {}

  /** Fails unless the answer is that problem and names those fields, perhaps among others. */
  static void assertProblem(Answer answer, int status, String... fields) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).as(answer.body()).startsWith(TYPE);
    JsonObject problem = answer.json();
    assertThat(problem).containsKeys("type", "title", "status", "detail");
    assertThat(problem.getInt("status")).isEqualTo(status);
    assertThat(problem.getString("title")).isNotBlank();
    assertThat(problem.getString("detail")).isNotBlank();
    assertThat(fields(problem)).as(answer.body()).containsAll(List.of(fields));
    assertThat(tellsInsides(answer.body())).as(answer.body()).isFalse();
  }

  /** The fields that a problem names. */
  static List<String> fields(JsonObject problem) {
    JsonArray errors = problem.getJsonArray("errors");
    return errors == null
        ? List.of()
        : errors.getValuesAs(JsonObject.class).stream().map(e -> e.getString("field")).toList();
  }

  /** True if a text has what only a stack trace or a class name has. */
  static boolean tellsInsides(String text) {
    return INSIDES.matcher(text).find();
  }
}
