package io.serversence.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serversence.document.FieldError;
import io.serversence.document.InvalidDocument;
import io.serversence.incident.IncidentState;
import io.serversence.monitor.Outcome;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  private static final Set<String> KNOWN = Set.of("q", "tag", "from", "to", "limit", "cursor");
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private static Query of(String raw) {
    return new Query(raw, KNOWN);
  }

  private static List<FieldError> errors(Query query) {
    InvalidDocument thrown = catchThrowableOfType(InvalidDocument.class, query::finish);
    return thrown == null ? List.of() : thrown.errors();
  }

  @ParameterizedTest
  @MethodSource
  void a_faulty_parameter_is_refused_by_its_name(
      String raw, Consumer<Query> reading, String name, String message) {
    Query query = of(raw);
    reading.accept(query);
    assertThat(errors(query))
        .anySatisfy(
            error -> {
              assertThat(error.field()).isEqualTo(name);
              assertThat(error.message()).contains(message);
            })
        .extracting(FieldError::field)
        .containsOnly(name);
  }

  static Stream<Arguments> a_faulty_parameter_is_refused_by_its_name() {
    Consumer<Query> none = q -> {};
    Consumer<Query> text = q -> assertThat(q.text("q", 3)).isNull();
    Consumer<Query> texts = q -> q.texts("tag", 3);
    Consumer<Query> keys = q -> assertThat(q.keys("tag")).isEmpty();
    Consumer<Query> words = q -> q.words("tag", Outcome.values(), Outcome::name);
    Consumer<Query> window = q -> q.window(NOW);
    Consumer<Query> limit = q -> assertThat(q.limit()).isEqualTo(50);
    Consumer<Query> cursor = q -> assertThat(q.<String>cursor(p -> p)).isNull();
    return Stream.of(
        Arguments.of("x=1", none, "x", "not a known parameter"),
        Arguments.of("Q=1", none, "Q", "not a known parameter"),
        Arguments.of("q=1&q=1", none, "q", "given once"),
        Arguments.of("q=&q=1", none, "q", "given once"),
        Arguments.of("q=%", none, "q", "percent-encoded"),
        Arguments.of("q=%4", none, "q", "percent-encoded"),
        Arguments.of("q=%zz", none, "q", "percent-encoded"),
        Arguments.of("q=a%e9b", none, "q", "UTF-8"),
        Arguments.of("q=%ed%a0%80", none, "q", "UTF-8"),
        Arguments.of("%ff=1", none, "", ""),
        Arguments.of("q=abcd", text, "q", "at most 3"),
        Arguments.of("q=%00", text, "q", "control characters"),
        Arguments.of("q=a%0Ab", text, "q", "control characters"),
        Arguments.of("tag=abcd", texts, "tag", "at most 3 characters each"),
        Arguments.of("tag=" + "a,".repeat(300), texts, "tag", "at most"),
        Arguments.of("tag=No", keys, "tag", "must be a key"),
        Arguments.of("tag=a,-b", keys, "tag", "must be a key"),
        Arguments.of("tag=UP,up", words, "tag", "one of UP, DEGRADED, DOWN, UNKNOWN"),
        Arguments.of("from=yesterday", window, "from", "RFC 3339"),
        Arguments.of("from=0001-02-03T00:00:00Z", window, "from", "from 1970 to 9999"),
        Arguments.of("to=2026-11-22", window, "to", "RFC 3339"),
        Arguments.of(
            "from=2026-11-22T10:00:01Z&to=2026-11-22T10:00:00Z", window, "from", "not be after"),
        Arguments.of("limit=0", limit, "limit", "from 1 to 500"),
        Arguments.of("limit=501", limit, "limit", "from 1 to 500"),
        Arguments.of("limit=-1", limit, "limit", "from 1 to 500"),
        Arguments.of("limit=1e2", limit, "limit", "from 1 to 500"),
        Arguments.of("limit=99999999999", limit, "limit", "from 1 to 500"),
        Arguments.of("limit=%D9%A1", limit, "limit", "from 1 to 500"),
        Arguments.of("cursor=x", cursor, "cursor", "none of this list"),
        Arguments.of("cursor=!!!", cursor, "cursor", "none of this list"));
  }

  @Test
  void values_are_read_as_they_were_encoded() {
    Query query = of("q=caf%C3%A9+%2B%26%3d&tag=%20a%20,b,,a&limit=0500");
    assertThat(query.text("q", 100)).isEqualTo("caf\u00e9 +&=");
    assertThat(query.texts("tag", 5)).containsExactly("a", "b");
    assertThat(query.limit()).isEqualTo(500);
    assertThat(errors(query)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&", "&&", "q=", "q", "q=&tag=&limit=&cursor=&from=&to="})
  void an_empty_value_counts_as_absent(String raw) {
    Query query = of(raw);
    assertThat(query.text("q", 5)).isNull();
    assertThat(query.texts("tag", 5)).isEmpty();
    assertThat(query.limit()).isEqualTo(50);
    assertThat(query.<String>cursor(p -> p)).isNull();
    assertThat(query.window(NOW).to()).isEqualTo(NOW);
    assertThat(errors(query)).isEmpty();
  }

  @Test
  void words_are_what_they_name() {
    Query query = of("tag=open,resolved");
    assertThat(query.words("tag", IncidentState.values(), IncidentState::word))
        .containsExactly(IncidentState.OPEN, IncidentState.RESOLVED);
    assertThat(of("").words("tag", Outcome.values(), Outcome::name)).isEmpty();
  }

  @Test
  void the_window_is_the_last_24_hours_or_what_is_said() {
    assertThat(of("").window(NOW)).isEqualTo(new Query.Window(NOW.minusSeconds(86_400), NOW));
    assertThat(of("from=2026-11-22T09:00:00Z").window(NOW))
        .isEqualTo(new Query.Window(NOW.minusSeconds(3_600), NOW));
    assertThat(of("to=2026-11-22T09:00:00Z").window(NOW).from())
        .isEqualTo(NOW.minusSeconds(90_000));
    assertThat(of("from=2026-11-22T11:00:00%2B01:00").window(NOW).from()).isEqualTo(NOW);
    assertThat(of("from=2026-11-22T11:00:00+01:00").window(NOW).from()).isEqualTo(NOW);
    Query future = of("from=2027-01-01T00:00:00Z");
    assertThat(future.window(NOW).from()).isEqualTo(future.window(NOW).to());
    assertThat(errors(future)).isEmpty();
  }

  @Test
  void a_cursor_is_valid_for_the_filter_it_was_read_with() {
    String cursor = of("q=a&limit=5").next("here");
    assertThat(of("limit=7&q=a&tag=&cursor=" + cursor).<String>cursor(p -> p)).isEqualTo("here");
    Query other = of("q=b&cursor=" + cursor);
    assertThat(other.<String>cursor(p -> p)).isNull();
    assertThat(errors(other)).extracting(FieldError::field).containsExactly("cursor");
    Query strange = of("q=a&cursor=" + cursor);
    assertThat(strange.<Integer>cursor(p -> null)).isNull();
    assertThat(errors(strange)).hasSize(1);
  }

  @Property
  void a_cursor_is_read_as_it_was_written(@ForAll("positions") String position) {
    String cursor = Cursor.write(position, "f");
    assertThat(Cursor.read(cursor, "f")).isEqualTo(position);
    assertThat(cursor).matches("[A-Za-z0-9_-]+");
  }

  @Provide
  Arbitrary<String> positions() {
    return Arbitraries.strings().withCharRange(' ', '\u00ff').ofMaxLength(100);
  }

  @Property
  void any_text_is_a_cursor_or_not(@ForAll String cursor) {
    assertThat(Cursor.read(cursor, "a filter that nobody guesses")).isNull();
  }

  @Property
  void any_query_is_read_or_refused(@ForAll String raw) {
    Query query = of(raw);
    query.text("q", 10);
    query.keys("tag");
    query.window(NOW);
    query.limit();
    query.<String>cursor(p -> p);
    assertThat(errors(query)).hasSizeLessThanOrEqualTo(100);
  }

  @Property
  void any_value_is_found_as_it_was_sent(@ForAll String value) {
    String sent = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    Query query = of("q=" + URLEncoder.encode(sent, StandardCharsets.UTF_8));
    boolean plain = !sent.isEmpty() && sent.chars().noneMatch(Character::isISOControl);
    assertThat(query.text("q", 100_000)).isEqualTo(plain ? sent : null);
  }

  @Test
  void a_parameter_that_is_not_declared_is_a_fault_of_the_program() {
    assertThatIllegalStateException().isThrownBy(() -> of("").text("undeclared", 5));
  }
}
