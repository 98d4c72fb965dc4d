package io.serversence.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {
  private static Filter of(String name, String... values) {
    return Filter.of(Map.of(name, List.of(values)));
  }

  @Test
  void noParametersWantEverything() {
    assertThat(Filter.of(Map.of())).isEqualTo(Filter.ALL);
    assertThat(Filter.ALL.canonical()).isEmpty();
    assertThat(Filter.ALL.matches(Boards.monitor(1).monitor())).isTrue();
  }

  @Test
  void orderAndRepetitionMakeNoDifference() {
    Filter one = of("monitor", "b,a", "a");
    Filter other = of("monitor", "a", "b");

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one.canonical()).hasToString("{\"monitor\":[\"a\",\"b\"]}");
  }

  @Test
  void theCanonicalFormIsAFilterItself() {
    Filter filter =
        Filter.of(Map.of("events", List.of("state,incident"), "tag", List.of("eu", "prod")));

    assertThat(Filter.of(filter.canonical(), "filter.")).isEqualTo(filter);
  }

  @Test
  void aDocumentMayHaveTextsAsInAQuery() {
    JsonObject document = Json.parseObject("{\"tag\":\"a,b\",\"group\":[\"x,y\"]}".getBytes(UTF_8));

    assertThat(Filter.of(document, "filter.").canonical())
        .hasToString("{\"group\":[\"x,y\"],\"tag\":[\"a\",\"b\"]}");
  }

  @Test
  void valuesWidenAndFieldsNarrow() {
    Filter filter = Filter.of(Map.of("tag", List.of("t0,t1"), "group", List.of("g1")));

    assertThat(filter.matches(Boards.monitor(1).monitor())).isTrue();
    assertThat(filter.matches(Boards.monitor(4).monitor())).isTrue();
    assertThat(filter.matches(Boards.monitor(2).monitor())).isFalse();
  }

  @Test
  void severityAndKindOfEventAreChosen() {
    Filter filter = Filter.of(Map.of("severity", List.of("info"), "events", List.of("state")));

    assertThat(filter.matches(Boards.monitor(4).monitor())).isTrue();
    assertThat(filter.matches(Boards.monitor(5).monitor())).isFalse();
    assertThat(filter.matches(EventKind.STATE)).isTrue();
    assertThat(filter.matches(EventKind.SAMPLES)).isFalse();
  }

  @Test
  void withoutAKindNothingElseChanges() {
    Filter filter = Filter.ALL.without(EventKind.SAMPLES);

    assertThat(filter.matches(EventKind.SAMPLES)).isFalse();
    assertThat(filter.matches(EventKind.STATE)).isTrue();
    assertThat(filter.allMonitors()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "events, hello",
    "events, ''",
    "monitor, Not A Key",
    "severity, CRITICAL",
    "tag, ''",
    "colour, red"
  })
  void aWrongParameterIsNamed(String name, String value) {
    assertThatThrownBy(() -> of(name, value))
        .isInstanceOfSatisfying(
            InvalidDocument.class,
            e -> assertThat(e.errors()).singleElement().extracting("field").isEqualTo(name));
  }

  @Test
  void aWrongTypeInADocumentIsNamedWithItsPath() {
    JsonObject document = Json.parseObject("{\"tag\":[1],\"group\":7,\"x\":\"\"}".getBytes(UTF_8));

    assertThatThrownBy(() -> Filter.of(document, "filter."))
        .isInstanceOfSatisfying(
            InvalidDocument.class,
            e ->
                assertThat(e.errors())
                    .extracting("field")
                    .containsExactlyInAnyOrder("filter.tag", "filter.group", "filter.x"));
  }
}
